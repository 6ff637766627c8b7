"""What becomes of certificates when a name is put right, and when somebody is erased."""

import hashlib

import pytest
from django.test import Client

from courses.certificates import certificate_of, pdf_of, rotate
from courses.models import Certificate, CertificateSheet, Enrolment
from lms.accounts.models import User
from lms.network.correcting import correct
from lms.network.erasing import erase


@pytest.fixture
def given(somsri, hands_on, did):
    """ป้าสมศรี's certificate, and its paper."""
    did(somsri, hands_on, "finished")
    certificate = certificate_of(Enrolment.objects.completed().get(learner=somsri))
    pdf_of(certificate, "https://sala.example")
    certificate.refresh_from_db()
    return certificate


def test_a_name_put_right_makes_a_new_one_and_takes_the_old_one_back(given, somsri, nok):
    home = somsri.home
    correct(somsri, {"family_name": "ใจดี", "subdistrict": home.subdistrict}, by=nok)
    given.refresh_from_db()
    new = Certificate.objects.valid().get()
    assert (new.name, given.replaced_by_id) == ("ป้าสมศรี ใจดี", new.pk)
    assert not CertificateSheet.objects.exists()
    assert Client().get(f"/check/{new.statement}/").context["found"].state == "valid"


def test_what_else_is_put_right_leaves_it_alone(given, somsri, nok):
    correct(somsri, {"age_band": "60+", "subdistrict": somsri.home.subdistrict}, by=nok)
    assert Certificate.objects.get() == given
    assert not Certificate.objects.get().is_revoked


def test_a_name_is_put_right_even_when_nothing_can_be_signed(given, somsri, nok, settings):
    settings.SALA_CODE_KEY = "another"
    correct(somsri, {"family_name": "ใจดี", "subdistrict": somsri.home.subdistrict}, by=nok)
    assert User.objects.get(pk=somsri.pk).family_name == "ใจดี"
    assert not Certificate.objects.get().is_revoked
    rotate()
    assert certificate_of(Enrolment.objects.get(learner=somsri)).name == "ป้าสมศรี ใจดี"


def test_after_erasing_the_number_and_hash_stay_and_nothing_that_says_who(given, somsri, nok):
    number, sha256, statement = given.number, given.sha256, given.statement
    paper = bytes(given.sheet.pdf)
    erase(somsri, nok)
    assert not User.objects.filter(pk=somsri.pk).exists()
    kept = Certificate.objects.get(number=number)
    assert kept.sha256 == sha256 == hashlib.sha256(paper).hexdigest()
    assert (kept.learner_id, kept.name, kept.statement) == (None, "", "")
    assert not CertificateSheet.objects.exists()
    assert kept.erased_at
    page = Client().get(f"/check/{statement}/").content.decode()
    assert number in page
    assert "ป้าสมศรี" not in page


def test_nobody_but_a_superuser_sees_what_is_left(given, somsri, nok, wipha):
    erase(somsri, nok)
    for person in (nok, wipha):
        assert not Certificate.objects.visible_to(person).exists()
