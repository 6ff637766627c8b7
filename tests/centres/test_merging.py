"""Two centres become one: people and machines go on, figures and dates stay what they were."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.models import CourseCount, CoursePage
from courses.progress.rebuilding import rebuild
from lms.accounts.models import ApiToken
from lms.centres.merging import CannotMerge, merge
from lms.centres.models import AuditEntry, Centre, DataRequest, Device, Learner, Programme


@pytest.fixture
def refreshed(ban_nong_bua, ban_pua):
    """Ban Nong Bua becomes a part of Ban Pua: both as they are then."""

    def make():
        merge(ban_nong_bua, ban_pua)
        return Centre.objects.get(pk=ban_nong_bua.pk), Centre.objects.get(pk=ban_pua.pk)

    return make


def test_the_old_centre_is_closed_and_says_where_it_went(refreshed):
    old, new = refreshed()
    assert (old.status, old.status_reason, old.merged_into) == ("closed", "รวมเข้ากับ TH-55-0001", new)
    assert old.merged_at <= timezone.now()
    old.full_clean()
    assert new.status == "open"


def test_learners_go_on_at_the_new_centre(refreshed, somsri, fah, nok, kham, device, sits_at):
    phone = Device.objects.create(centre=somsri.home.centre, name="มือถือ", owner=somsri)
    old, new = refreshed()
    assert set(Learner.objects.visible_to(kham)) == {somsri, fah}
    somsri.home.refresh_from_db()
    assert (somsri.home.centre, somsri.home.since) == (new, timezone.localdate())
    device.refresh_from_db()
    phone.refresh_from_db()
    assert (device.centre, device.name) == (new, "เครื่อง 1 (TH-32-0001)")
    assert (phone.centre, phone.name) == (new, "มือถือ")
    assert sits_at(somsri, device)


def test_roles_end_and_a_core_member_keeps_the_closed_centre(refreshed, ban_nong_bua, somsri, nok, ek, kham):
    ban_nong_bua.memberships.create(user=somsri, role="helper", ended_on=timezone.localdate() + timedelta(days=30))
    lease = Programme.objects.create(code="LEASE", name_th="เช่า", name_en="Lease")
    ban_nong_bua.programmes.create(programme=lease, started_on="2023-01-01")
    old, new = refreshed()
    today = timezone.localdate()
    assert {held.ended_on for held in [*old.memberships.all(), *old.programmes.all()]} == {today}
    tomorrow = today + timedelta(days=1)
    assert not nok.memberships.in_force(on=tomorrow).exists()
    assert list(Centre.objects.cared_for_by(ek)) == [old]
    assert list(Centre.objects.cared_for_by(kham)) == [new]


def test_requests_that_wait_are_answered_at_the_new_centre_and_tokens_end(refreshed, ban_nong_bua, somsri, nok):
    asked = DataRequest.objects.create(learner=somsri, centre=ban_nong_bua, kind="copy")
    token, _text = ApiToken.objects.make(nok, "รายงาน", centre=ban_nong_bua.code)
    _old, new = refreshed()
    asked.refresh_from_db()
    token.refresh_from_db()
    assert asked.centre == new
    assert token.revoked_at


def test_the_centres_own_courses_go_along_with_their_drafts(refreshed, ban_nong_bua, write_course, somsri):
    course = write_course("ทอผ้าบ้านเรา", centre=ban_nong_bua)
    course.save_revision()
    _old, new = refreshed()
    course = CoursePage.objects.get(pk=course.pk)
    assert course.centre == new
    course.get_latest_revision().publish()
    assert CoursePage.objects.get(pk=course.pk).centre == new
    assert course in CoursePage.objects.offered_at(Learner.objects.get(pk=somsri.pk).home.centre_id)


def test_figures_stay_where_they_were_made(refreshed, somsri, hands_on, did):
    did(somsri, hands_on, "started", ago=5)
    before = list(CourseCount.objects.values())
    old, new = refreshed()
    assert list(CourseCount.objects.values()) == before
    assert before[0]["centre_id"] == old.pk
    assert rebuild(check=True) == []
    did(Learner.objects.get(pk=somsri.pk), hands_on, "single_choice", 1)
    assert CourseCount.objects.get(centre=new).active == 1


def test_both_centres_find_it_in_their_audit_log(refreshed):
    old, new = refreshed()
    entries = AuditEntry.objects.filter(action="merged").order_by("pk")
    assert [(entry.centre, entry.detail) for entry in entries] == [
        (old, "TH-32-0001 > TH-55-0001"),
        (new, "TH-32-0001 > TH-55-0001"),
    ]


def test_what_cannot_be_merged_is_refused_and_changes_nothing(ban_nong_bua, ban_pua, somsri):
    with pytest.raises(CannotMerge):
        merge(ban_nong_bua, ban_nong_bua)
    Centre.objects.filter(pk=ban_pua.pk).update(status="closed", status_reason="หมดสัญญา")
    with pytest.raises(CannotMerge, match="TH-55-0001"):
        merge(ban_nong_bua, ban_pua)
    Centre.objects.filter(pk=ban_pua.pk).update(status="open", status_reason="")
    merge(ban_pua, ban_nong_bua)
    for old, new in [(ban_pua, ban_nong_bua), (ban_nong_bua, ban_pua)]:
        with pytest.raises(CannotMerge, match="TH-55-0001"):
            merge(old, new)
    assert Learner.objects.at(ban_nong_bua).get() == somsri


def test_the_command_takes_codes_old_ones_too(ban_nong_bua, ban_pua, capsys):
    Centre.objects.filter(pk=ban_nong_bua.pk).update(code="TH-32-0901")
    call_command("merge_centres", "th-32-0001", "TH-55-0001")
    assert "TH-55-0001" in capsys.readouterr().out
    ban_nong_bua.refresh_from_db()
    assert ban_nong_bua.merged_into == ban_pua
    for codes in [("TH-32-0001", "TH-55-0001"), ("TH-00-0000", "TH-55-0001")]:
        with pytest.raises(CommandError, match=codes[0][:5]):
            call_command("merge_centres", *codes)
