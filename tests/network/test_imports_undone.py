"""A list of learners is taken back within a day, but for those who have begun."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses import people
from courses.progress import rebuild
from lms.accounts.models import User
from lms.centres.models import AuditEntry, Consent, Learner, LearnerImport, SignIn

IMPORT = "/desk/import/"


def names_at(centre):
    return sorted(Learner.objects.at(centre).values_list("name", flat=True))


def test_for_a_day_the_list_can_be_taken_back(desk, sent, put_in, ban_nong_bua, somsri):
    batch = sent("ป้าสมศรี,ใจดี,,2520,ในเมือง,\nป้าแก้ว,,60+,,,\n")
    User.objects.filter(pk=somsri.pk).update(age_band="")
    put_in(batch)
    somsri.refresh_from_db()
    assert (somsri.family_name, somsri.age_band) == ("ใจดี", "40-59")
    assert people.people([ban_nong_bua.pk]).joined == 2
    desk.post(f"{IMPORT}{batch.pk}/undo/")
    assert people.people([ban_nong_bua.pk]).joined == 1
    assert rebuild(check=True) == []
    somsri = Learner.objects.get()
    assert (somsri.family_name, somsri.age_band, somsri.home.subdistrict_id) == ("", "", None)
    assert AuditEntry.objects.get(action="undone").detail == f"{batch.pk} removed 1, restored 1, stayed 0"
    assert "ถอนรายชื่อนี้แล้ว" in desk.get(f"{IMPORT}{batch.pk}/").content.decode()


@pytest.mark.parametrize("begun", ["code", "consent", "visit", "helper", "learned"])
def test_who_has_begun_stays_and_is_listed(desk, sent, put_in, ban_nong_bua, device, set_code, course, begun):
    batch = sent("ป้าแก้ว,,60+,,,\nลุงดำ,,60+,,,\n")
    put_in(batch)
    stays = Learner.objects.get(name="ป้าแก้ว")
    if begun == "code":
        set_code(stays, "fish-lotus-mango")
    elif begun == "consent":
        Consent.objects.create(learner_id=stays.pk, purpose="news", version="1", language="th", how="paper")
    elif begun == "visit":
        SignIn.objects.create(learner_id=stays.pk, device=device, session_key="x", ended_at=timezone.now())
    elif begun == "helper":
        stays.memberships.create(centre=ban_nong_bua, role="helper", started_on=timezone.localdate())
    else:
        browser = Client()
        browser.force_login(stays)
        browser.post(f"{course.lessons()[0].url}finish/")
    desk.post(f"{IMPORT}{batch.pk}/undo/")
    assert names_at(ban_nong_bua) == ["ป้าแก้ว"]
    page = desk.get(f"{IMPORT}{batch.pk}/").content.decode()
    assert "ป้าแก้ว" in page
    assert "ลุงดำ" not in page


def test_what_was_mended_since_is_not_emptied(desk, sent, put_in, somsri):
    batch = sent("ป้าสมศรี,ใจดี,40-59,,,\n")
    put_in(batch)
    Learner.objects.get(pk=somsri.pk).save()
    somsri.family_name = "ใจงาม"
    somsri.save()
    desk.post(f"{IMPORT}{batch.pk}/undo/")
    somsri.refresh_from_db()
    assert somsri.family_name == "ใจงาม"


def test_after_a_day_it_stays(desk, sent, put_in, ban_nong_bua):
    batch = sent("ป้าแก้ว,,60+,,,\n")
    put_in(batch)
    LearnerImport.objects.update(finished_at=timezone.now() - timedelta(hours=25))
    assert desk.post(f"{IMPORT}{batch.pk}/undo/").status_code == 409
    assert "เลยเวลาถอน" in desk.get(f"{IMPORT}{batch.pk}/").content.decode()
    assert names_at(ban_nong_bua) == ["ป้าแก้ว"]


def test_taking_back_twice_is_once(desk, sent, put_in):
    batch = sent("ป้าแก้ว,,60+,,,\n")
    put_in(batch)
    for _press in range(2):
        assert desk.post(f"{IMPORT}{batch.pk}/undo/").status_code == 302
    assert AuditEntry.objects.filter(action="undone").count() == 1


def test_what_is_not_in_yet_cannot_be_taken_back(desk, sent):
    batch = sent("ป้าแก้ว,,60+,,,\n")
    assert desk.post(f"{IMPORT}{batch.pk}/undo/").status_code == 409
