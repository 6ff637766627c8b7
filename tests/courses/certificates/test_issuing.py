"""A certificate is given once; it is made anew when the name is put right; the key may change."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses import people
from courses.certificates import Locked, NoCourse, certificate_of, issuing, keys, pdf_of, revoke, rotate
from courses.models import Certificate, CertificateSheet, SigningKey
from courses.progress import rebuild
from tests.courses.certificates.conftest import OUTCOMES

SITE = "https://sala.example"


def test_it_says_what_was_learned_when_and_where(given, somsri, course, ban_nong_bua):
    assert given.number == f"32-{timezone.localdate().year + 543}-00001"
    assert (given.name, given.course_title, given.centre_name) == (somsri.name, course.title, ban_nong_bua.name_th)
    assert (given.minutes, given.outcomes) == (90, OUTCOMES)
    assert given.issuer == ban_nong_bua.name_th


def test_it_is_given_once(given, somsri, course, finish):
    again = certificate_of(finish(somsri, course))
    assert again.pk == given.pk
    assert Certificate.objects.count() == 1


def test_it_is_counted_once_whatever_the_name_is_later(given, somsri, course, finish, ban_nong_bua):
    somsri.name = "ป้าสมศรี ทอผ้า"
    somsri.save()
    assert certificate_of(finish(somsri, course)).pk != given.pk
    assert people.people([ban_nong_bua.pk]).certified == 1
    assert people.people([ban_nong_bua.pk], course=course.key).certified == 1
    assert rebuild(check=True) == []


def test_there_are_never_two_that_hold(given):
    twin = Certificate.objects.get(pk=given.pk)
    twin.pk, twin.number = None, "32-2569-99999"
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_two_pages_opened_at_once_give_one(finish, somsri, course, monkeypatch):
    """Both had looked before either had given it."""
    enrolment = finish(somsri, course)
    first = certificate_of(enrolment)
    seen = iter([None, first])
    monkeypatch.setattr(issuing, "_valid", lambda _enrolment: next(seen))
    assert certificate_of(enrolment).pk == first.pk
    assert Certificate.objects.count() == 1


def test_numbers_follow_each_other_in_a_province(finish, somsri, thongbai, fah, course):
    found = [certificate_of(finish(learner, course)).number for learner in (somsri, thongbai, fah)]
    assert [number.split("-")[0] for number in found] == ["32", "32", "55"]
    assert [number.split("-")[2] for number in found] == ["00001", "00002", "00001"]


def test_a_course_that_is_gone_gives_none(finish, somsri, course):
    enrolment = finish(somsri, course)
    course.delete()
    with pytest.raises(NoCourse):
        certificate_of(enrolment)


def test_what_was_given_stays_when_the_course_is_written_anew(given, finish, somsri, course):
    course.title = "ชื่อใหม่"
    course.save()
    assert certificate_of(finish(somsri, course)).course_title == "คิดทุนให้ครบ"


def test_the_paper_is_made_once_and_kept_with_its_hash(given):
    first = pdf_of(given, SITE)
    given.refresh_from_db()
    assert given.sha256 == hashlib.sha256(first).hexdigest()
    assert pdf_of(given, "https://elsewhere.example") == first


def test_of_two_that_make_the_paper_at_once_the_first_stays(given):
    assert bytes(issuing._keep(given, b"first").pdf) == b"first"
    assert bytes(issuing._keep(given, b"second").pdf) == b"first"
    given.refresh_from_db()
    assert given.sha256 == hashlib.sha256(b"first").hexdigest()


def test_a_new_name_makes_a_new_one(given, finish, somsri, course):
    pdf_of(given, SITE)
    somsri.family_name = "ใจดี"
    somsri.save()
    new = certificate_of(finish(somsri, course))
    given.refresh_from_db()
    assert new.name == "ป้าสมศรี ใจดี"
    assert (new.finished_at, new.outcomes) == (given.finished_at, given.outcomes)
    assert (given.is_revoked, given.reason, given.replaced_by_id) == (True, "renamed", new.pk)
    assert (given.name, given.statement) == ("", "")
    assert not CertificateSheet.objects.exists()
    assert len(given.sha256) == 64


def test_no_paper_is_kept_of_one_that_was_taken_back_meanwhile(given):
    revoke(Certificate.objects.get(pk=given.pk), Certificate.Reason.RENAMED)
    with pytest.raises(Certificate.DoesNotExist):
        pdf_of(given, SITE)
    assert not CertificateSheet.objects.exists()


def test_it_is_taken_back_once(given):
    assert revoke(given, Certificate.Reason.RENAMED)
    assert not revoke(given, Certificate.Reason.RENAMED)


# Keys


def test_the_private_key_is_kept_sealed(given, settings):
    key = SigningKey.objects.get()
    raw = keys.private_of(key).private_bytes_raw()
    assert raw not in bytes(key.sealed)
    settings.SALA_CODE_KEY = "another"
    with pytest.raises(Locked, match="rotate_certificate_key"):
        keys.private_of(key)


def test_there_is_one_key_in_use(given):
    with pytest.raises(IntegrityError), transaction.atomic():
        keys._make()
    assert keys._first_key() == SigningKey.objects.get()


def test_a_retired_key_signs_nothing_any_more(given, capsys):
    old = SigningKey.objects.get()
    call_command("rotate_certificate_key")
    new = SigningKey.objects.in_use().get()
    old.refresh_from_db()
    assert new.kid in capsys.readouterr().out
    assert bytes(old.sealed) == b""
    with pytest.raises(Locked):
        keys.private_of(old)


def test_a_new_key_is_made_where_the_old_one_cannot_be_unsealed(given, settings, finish, thongbai, course):
    settings.SALA_CODE_KEY = "another"
    with pytest.raises(Locked):
        certificate_of(finish(thongbai, course))
    assert Certificate.objects.count() == 1
    rotate()
    assert certificate_of(finish(thongbai, course)).key_id != given.key_id
