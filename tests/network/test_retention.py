"""`manage.py keep_to_retention`: each thing goes on its day and not before, and a dry run says the same."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from courses.models import (
    Certificate,
    Enrolment,
    GroupMember,
    GroupSession,
    LessonImport,
    Oddity,
    RejectedEvent,
    SigningKey,
)
from lms.accounts.models import User, WrongTry
from lms.centres.audit import Action, note
from lms.centres.models import (
    AuditEntry,
    Consent,
    DataRequest,
    HomeCentre,
    ImportedLearner,
    LearnerImport,
    PhoneInvite,
    SignIn,
    VisitCount,
)
from lms.network.erasing import erase
from lms.network.retention import keep_to
from tests.network.test_erasing import everything


def ago(days):
    return timezone.now() - timedelta(days=days)


def found(dry_run=False):
    """{rule: how many}, without those that found nothing."""
    return {line.name: line.count for line in keep_to(dry_run) if line.count}


@pytest.fixture
def last_here(ban_nong_bua):
    """last_here(somsri, 800): came 900 days ago, and for the last time 800 days ago."""

    def make(learner, days, **home):
        User.objects.filter(pk=learner.pk).update(date_joined=ago(days + 100), last_login=ago(days))
        since = timezone.localdate() - timedelta(days=days + 100)
        HomeCentre.objects.filter(learner=learner).update(since=since, **home)

    return make


@pytest.fixture
def aged(somsri, thongbai, nok, device, ban_nong_bua):
    """Of each kind one thing past its day and one that is not."""
    told = {"centre": ban_nong_bua, "course": uuid4()}
    for days, member in ((0, somsri), (2, somsri), (2, None)):
        ended_at = ago(days) if member is None else None
        group = GroupSession.objects.create(**told, touched_at=ago(days), ended_at=ended_at)
        if member:
            GroupMember.objects.create(learner_id=member.pk, session=group)
    for days in (364, 366):
        SignIn.objects.create(learner=somsri, device=device, session_key="x", started_at=ago(days))
    common = {"learner": somsri, "version": "1", "language": "th", "how": "paper"}
    Consent.objects.create(purpose="news", withdrawn_at=ago(5 * 365 + 1), **common)
    Consent.objects.create(purpose="calls", withdrawn_at=ago(5 * 365 - 1), **common)
    Consent.objects.create(purpose="learning", guardian_name="แม่แดง", given_at=ago(400), **common)
    Consent.objects.create(purpose="publicity", **common)
    for days in (3 * 365 - 1, 3 * 365 + 1):
        DataRequest.objects.create(learner=somsri, centre=ban_nong_bua, kind="copy", answered_at=ago(days))
    DataRequest.objects.create(learner=somsri, centre=ban_nong_bua, kind="copy", asked_at=ago(9999))  # never answered
    for days in (89, 91):
        LessonImport.objects.create(centre=ban_nong_bua, file_name="x", made_at=ago(days))
    for hours in (23, 25):
        moment = timezone.now() - timedelta(hours=hours)
        batch = LearnerImport.objects.create(
            centre=ban_nong_bua, file_name="x", rows=[{"name": "ก"}], finished_at=moment, made_at=moment
        )
        ImportedLearner.objects.create(batch=batch, learner=somsri, before={"name": "ก"})
        PhoneInvite.objects.create(learner=somsri, digest=str(hours), expires_at=moment)
    for asked, answered in ((364, None), (366, None), (900, 364), (900, 366)):
        Oddity.objects.create(
            kind="closed",
            centre=ban_nong_bua,
            day=ago(asked).date(),
            subject=uuid4(),
            found_at=ago(asked),
            answered_at=answered and ago(answered),
        )
    WrongTry.objects.create(subject="code:x", at=ago(8))
    WrongTry.objects.create(subject="code:x")
    for days in (89, 91):
        RejectedEvent.objects.create(digest=str(days), payload={}, reason="malformed", recorded_at=ago(days))

    key = SigningKey.objects.create(kid="1", public=b"", sealed=b"", made_at=ago(9999))
    printed = {
        "course": uuid4(),
        "minutes": 9,
        "centre": ban_nong_bua,
        "finished_at": ago(9999),
        "issued_at": ago(9999),
    }
    for number, days in (("kept", 3649), ("over", 3651), ("revoked", 3651)):
        Certificate.objects.create(number=number, key=key, erased_at=ago(days), **printed)
    over = Certificate.objects.get(number="over")
    Certificate.objects.filter(number="revoked").update(revoked_at=ago(4000), replaced_by=over)


OF_ROWS = {
    "sign-ins, counted and dropped": 1,
    "withdrawn consents": 1,
    "guardians' names": 1,
    "answered data requests": 1,
    "rows of imported lists": 1,
    "files that became lessons": 1,
    "phone invitations": 1,
    "wrong tries": 1,
    "groups that nobody ended": 1,
    "groups of nobody": 1,
    "questions about figures": 2,
    "numbers of certificates": 1,
    "events that could not be counted": 1,
}


def test_each_thing_goes_on_its_day_and_not_before(aged):
    assert found() == OF_ROWS
    assert SignIn.objects.count() == PhoneInvite.objects.count() == WrongTry.objects.count() == 1
    assert {consent.purpose for consent in Consent.objects.all()} == {"calls", "learning", "publicity"}
    assert DataRequest.objects.count() == 2
    assert [bool(batch.rows) for batch in LearnerImport.objects.order_by("made_at")] == [False, True]
    assert ImportedLearner.objects.filter(before__isnull=True).count() == 1
    assert RejectedEvent.objects.get().digest == "89"
    assert {row.number for row in Certificate.objects.all()} == {"kept", "revoked"}


def test_the_next_day_finds_nothing_more(aged):
    keep_to()
    assert found() == {}


def test_a_dry_run_says_the_same_and_changes_nothing(aged, somsri, thongbai, last_here):
    last_here(somsri, 800)
    last_here(thongbai, 900, asked_to_stay_on=timezone.localdate() - timedelta(days=61))
    before = everything()
    dry = keep_to(dry_run=True)
    assert everything() == before
    assert keep_to() == dry
    assert {line.name for line in dry if line.count} >= {"unused accounts, to be asked", "asked and silent, erased"}


def test_the_report_names_each_rule_with_the_oldest(aged):
    said = io.StringIO()
    call_command("keep_to_retention", "--dry-run", stdout=said)
    lines = said.getvalue().splitlines()
    assert f"sign-ins, counted and dropped: 1, the oldest of {str(ago(366))[:10]}" in lines
    assert "left long ago, erased: 0" in lines
    assert len(lines) == 17


def test_periods_are_settings(aged, settings):
    settings.SALA_RETENTION_SIGN_INS = 1
    assert found(dry_run=True)["sign-ins, counted and dropped"] == 2


def test_after_two_years_somebody_is_asked_and_stays_when_they_say_so(somsri, thongbai, nok, last_here):
    last_here(somsri, 731)
    last_here(thongbai, 729)
    assert found() == {"unused accounts, to be asked": 1}
    desk = Client()
    desk.force_login(nok)
    html = desk.get("/desk/staying/").content.decode()
    assert somsri.name in html and thongbai.name not in html
    assert desk.post("/desk/staying/", {"learner": str(somsri.pk)}).status_code == 302
    assert (
        somsri.name
        not in desk.get("/desk/staying/?centre=TH-32-0001").content.decode().split("</h1>")[1].split("Nobody")[0]
    )
    assert found() == {}  # not asked again tomorrow
    assert AuditEntry.objects.filter(subject=somsri.pk, detail="stays").exists()


@pytest.mark.parametrize("odd", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_answer_for_nobody_is_not_found(nok, odd):
    desk = Client()
    desk.force_login(nok)
    assert desk.post("/desk/staying/", {"learner": odd}).status_code == 404


def test_without_an_answer_they_are_erased_sixty_days_later(somsri, last_here):
    last_here(somsri, 800, asked_to_stay_on=timezone.localdate() - timedelta(days=60))
    assert found() == {}
    HomeCentre.objects.update(asked_to_stay_on=timezone.localdate() - timedelta(days=61))
    assert found() == {"asked and silent, erased": 1}
    assert not User.objects.filter(pk=somsri.pk).exists()
    entry = AuditEntry.objects.get(action="erased")
    assert (entry.actor, entry.subject, entry.detail) == (None, somsri.pk, "retention")


def test_who_comes_back_in_time_is_asked_no_more(somsri, last_here):
    last_here(somsri, 20, asked_to_stay_on=timezone.localdate() - timedelta(days=61))
    assert found() == {"came back after being asked": 1}
    assert HomeCentre.objects.get(learner=somsri).asked_to_stay_on is None


def test_whoever_stayed_is_asked_again_when_the_time_has_gone_by_once_more(somsri, last_here):
    last_here(somsri, 1500, asked_to_stay_on=timezone.localdate() + timedelta(days=1))
    assert found() == {}
    HomeCentre.objects.update(asked_to_stay_on=timezone.localdate())
    assert found() == {}  # asked from today on: on the caretaker's list, not yet erased


def test_learning_counts_as_being_here(somsri, course, last_here, ban_nong_bua):
    last_here(somsri, 800)
    Enrolment.objects.create(
        learner=somsri,
        course=course.key,
        started_at=ago(9),
        last_at=ago(9),
        last_lesson=course.key,
        centre=ban_nong_bua,
    )
    assert found() == {}


def test_who_left_is_erased_after_five_years(somsri, thongbai, last_here):
    last_here(somsri, 5 * 365 + 1)
    last_here(thongbai, 5 * 365 - 1)
    User.objects.filter(pk__in=[somsri.pk, thongbai.pk]).update(is_active=False)
    assert found() == {"left long ago, erased": 1}
    assert not User.objects.filter(pk=somsri.pk).exists()


def test_who_works_for_the_network_is_never_erased_for_being_away(somsri, last_here, ban_pua):
    ban_pua.appoint_caretaker(somsri)
    last_here(somsri, 9999, asked_to_stay_on=timezone.localdate() - timedelta(days=900))
    assert found() == {}


def test_a_guardian_stays_named_while_the_learner_may_be_twenty(somsri, nok, aged):
    note(nok, Action.CORRECTED, somsri, detail="age_band")  # 20 since a moment ago
    assert "guardians' names" not in found()
    User.objects.filter(pk=somsri.pk).update(age_band="11-19")
    Consent.objects.filter(purpose="learning").update(given_at=ago(22 * 366))  # 21 at least, whatever the band says
    assert found()["guardians' names"] == 1


def test_the_audit_log_is_kept(aged, somsri, nok):
    AuditEntry.objects.create(at=ago(9999), actor=nok.pk, action="looked", subject=somsri.pk)
    keep_to()
    assert AuditEntry.objects.filter(at__lt=ago(9000)).exists()


def test_who_came_is_forgotten_and_how_many_is_kept(somsri, thongbai, device):
    """ป้าสมศรี twice on one day, ป้าทองใบ on the same and on another: two people, and one."""
    day = timezone.localtime(ago(400)).replace(hour=9, minute=0)
    for learner, moment in [
        (somsri, day),
        (somsri, day + timedelta(hours=5)),
        (thongbai, day),
        (thongbai, day + timedelta(days=2)),
    ]:
        SignIn.objects.create(learner=learner, device=device, session_key="x", started_at=moment)
    keep_to()
    keep_to()
    counts = VisitCount.objects.order_by("day").values_list("day", "people")
    assert list(counts) == [(day.date(), 2), ((day + timedelta(days=2)).date(), 1)]
    assert SignIn.objects.count() == 0


def test_an_erased_visitor_is_still_counted(somsri, thongbai, device):
    day = timezone.localtime(ago(400)).replace(hour=9, minute=0)
    for learner in (somsri, thongbai):
        SignIn.objects.create(learner=learner, device=device, session_key="x", started_at=day)
    erase(somsri, None)
    keep_to()
    assert list(VisitCount.objects.values_list("day", "people")) == [(day.date(), 2)]
