"""Erasing a learner leaves the counts as they were, and in the whole database nothing that leads back."""

import json
from datetime import date, timedelta

import msgspec
import pytest
from django.apps import apps
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.models import (
    CourseCount,
    GroupMember,
    GroupSession,
    LastHeard,
    LearningEvent,
    LessonCount,
    LessonOutline,
    LessonProgress,
    Oddity,
    RejectedEvent,
)
from courses.progress import Event, rebuild, record, set_aside
from lms.accounts import tries
from lms.accounts.ids import uuid7
from lms.accounts.models import ApiToken, User
from lms.centres.audit import Action, note
from lms.centres.models import (
    AuditEntry,
    Consent,
    DataRequest,
    Device,
    ImportedLearner,
    LearnerImport,
    Membership,
    PhoneInvite,
    SignIn,
)
from lms.network.erasing import HasARole, erase

NAME, HOUSE, OWN_WORDS = "ยายบัวคำหนึ่งเดียว", "บ้านริมห้วยหนึ่งเดียว", "ฉันทอผ้าขายที่ตลาดหนึ่งเดียว"


def did(learner, outline, verb="started", kind=None, **fields):
    if kind:
        fields["activity"] = next(key for key, value in outline.activities.items() if value["kind"] == kind)
    known = {"id": str(uuid7()), "learner": str(learner.pk), "lesson": str(outline.lesson), "verb": verb}
    return msgspec.convert(known | {"occurred_at": timezone.now().isoformat()} | fields, Event)


@pytest.fixture
def lesson(workshop):
    return LessonOutline.objects.get(lesson=workshop.lesson.key)


@pytest.fixture
def buakham(ban_nong_bua, learner_at):
    return learner_at(ban_nong_bua, NAME, family_name=HOUSE)


@pytest.fixture
def known(buakham, nok, somsri, ban_nong_bua, device, lesson, set_code):
    """A learner of whom everything is kept that can be kept, who helped others too."""
    ban_nong_bua.memberships.create(user=buakham, role="helper")
    record(
        [
            did(buakham, lesson, seconds=60),
            did(buakham, lesson, "answered", "reflection", answer=OWN_WORDS),
            did(buakham, lesson, "answered", "task", answer=[0, 1]),
            did(buakham, lesson, "finished"),
        ],
        by=buakham,
    )
    record([did(buakham, lesson, "checked", "task", answer={"done": [0, 1], "note": NAME})], by=nok)
    record([did(somsri, lesson, "answered", "task", answer=[0, 1])], by=somsri)
    record([did(somsri, lesson, "checked", "task", answer={"done": [0], "note": "ดี"})], by=buakham)
    set_aside([({"raw": f'{{"learner": "{buakham.pk}", "answer": "{OWN_WORDS}"'}, "malformed")], by=nok)
    set_aside([({"learner": buakham.pk.hex.upper(), "answer": OWN_WORDS}, "malformed")], by=nok)
    set_code(buakham, "fish-lotus-mango")
    buakham.keep_look({"letters": "larger"})  # nobody else does
    tries.note(f"code:{buakham.pk}")
    for leader in (buakham, nok):
        group = GroupSession.objects.create(
            centre=ban_nong_bua, facilitator=leader, course=lesson.course, lesson=lesson.lesson
        )
        for member in (buakham, somsri):
            GroupMember.objects.create(session=group, learner_id=member.pk)
    for day, words in ((1, ""), (2, NAME)):
        Oddity.objects.create(
            kind="fast",
            centre=ban_nong_bua,
            day=date(2026, 11, day),
            subject=buakham.pk,
            learner=buakham,
            answered_by=buakham,
            words=words,
            evidence={"times": 3},
        )
    _papers(buakham, nok, ban_nong_bua)
    _machines(buakham, nok, ban_nong_bua, device)
    return buakham


def _papers(learner, nok, centre):
    consents = Consent.objects
    consents.create(learner=learner, purpose="news", version="1", language="th", how="paper", guardian_name=NAME)
    consents.create(learner_id=somebody_of(centre, nok), purpose="news", version="1", language="th", how="paper")
    Consent.objects.exclude(learner=learner).update(helped_by=learner)
    DataRequest.objects.create(learner=learner, centre=centre, kind="erase", words=f"ลบ {NAME}")
    old = DataRequest.objects.create(learner=learner, centre=centre, kind="correct", words=f"{NAME} เขียนผิด")
    old.answer(nok, "refused", f"{NAME} เขียนถูกแล้ว")
    row = {"row": 2, "name": NAME, "family_name": HOUSE, "age_band": "60+", "subdistrict": "", "language": "th"}
    came = LearnerImport.objects.create(
        centre=centre,
        file_name="รายชื่อ.csv",
        rows=[row | {"same_as": None, "choice": "new"}, row | {"row": 3, "name": "อื่น", "family_name": ""}],
        problems=[{"row": 2, "column": "name", "value": NAME, "expected": ""}],
    )
    ImportedLearner.objects.create(batch=came, learner=learner, before={"name": NAME})
    LearnerImport.objects.create(centre=centre, file_name="x", rows=[row | {"same_as": str(learner.pk)}])
    ApiToken.objects.make(learner, NAME)
    note(nok, Action.LOOKED, learner)


def somebody_of(centre, nok):
    other = User.objects.create_user(name="คนอื่น")
    centre.welcome(other)
    return other.pk


def _machines(learner, nok, centre, device):
    phone = Device.objects.create(centre=centre, name=f"มือถือ {NAME}", owner=learner, bound_by=nok)
    PhoneInvite.objects.make(learner, nok)
    for machine in (phone, device):
        browser = Client()
        browser.force_login(learner, backend="lms.centres.backends.PeopleBackend")
        SignIn.objects.create(learner=learner, device=machine, session_key=browser.session.session_key)
    typed = Client()  # by a password: no sign-in at a machine tells of it
    typed.force_login(learner, backend="lms.centres.backends.PeopleBackend")
    caretakers = SessionStore()
    caretakers["taps"] = (f"code:{learner.pk}", ["fish"])
    caretakers.create()
    ModelLogEntry.objects.log_action(learner, "wagtail.edit", user=learner)
    ModelLogEntry.objects.log_action(Membership.objects.get(user=learner), "wagtail.create", user=nok)


def everything():
    """Every table as text, a line for a row: [(table, line)]. Sessions are read, not shown as they are packed."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        for row in model._base_manager.order_by().values_list(*[f.attname for f in model._meta.concrete_fields]):
            found.append(
                (model._meta.db_table, " | ".join(json.dumps(v, default=str, ensure_ascii=False) for v in row))
            )
    found += [("session", str(session.get_decoded())) for session in Session.objects.all()]
    return found


def traces(person_id):
    wanted = (str(person_id), person_id.hex, str(person_id).upper(), person_id.hex.upper(), NAME, HOUSE, OWN_WORDS)
    return [(table, line) for table, line in everything() if any(text in line for text in wanted)]


def counts():
    """What reports read."""
    tables = (CourseCount, LessonCount, LastHeard)
    return {model.__name__: sorted(map(str, model.objects.order_by().values_list())) for model in tables}


def test_the_search_sees_every_place_where_a_person_is_kept(known):
    tables = {table for table, _line in traces(known.pk)}
    assert {
        *("accounts_user", "accounts_secretcode", "accounts_wrongtry", "accounts_apitoken", "session"),
        *("centres_homecentre", "centres_signin", "centres_device", "centres_phoneinvite", "centres_membership"),
        *("centres_consent", "centres_datarequest", "centres_learnerimport", "centres_importedlearner"),
        *("centres_auditentry", "courses_learningevent", "courses_lessonprogress", "courses_enrolment"),
        *("courses_groupsession", "courses_groupmember", "courses_oddity"),
        *("courses_activemonth", "courses_rejectedevent", "wagtailcore_modellogentry"),
    } <= tables


def test_nothing_is_left_in_any_table_but_the_id_in_the_audit_log(known, nok):
    erase(known, nok)
    left = traces(known.pk)
    assert {table for table, _line in left} == {"centres_auditentry"}
    assert not [line for _table, line in left if NAME in line or HOUSE in line or OWN_WORDS in line]
    assert not User.objects.filter(pk=known.pk).exists()


def test_the_counts_stay_and_agree_with_what_is_left(known, nok):
    before = counts()
    assert rebuild(check=True) == []
    erase(known, nok)
    assert counts() == before
    assert rebuild(check=True) == []
    rebuild()
    assert counts() == before


def test_the_counts_stay_when_everybody_is_erased_one_by_one(known, somsri, nok):
    before = counts()
    for person in (somsri, known):
        erase(person, nok)
        assert rebuild(check=True) == []
    assert counts() == before
    assert not LearningEvent.objects.exists()


def test_who_learns_afterwards_is_counted_beside_the_erased(known, thongbai, lesson, nok):
    erase(known, nok)
    starters = CourseCount.objects.get().starters
    record([did(thongbai, lesson)], by=thongbai)
    assert CourseCount.objects.get().starters == starters + 1
    assert rebuild(check=True) == []


def test_what_a_helper_recorded_for_others_stays_without_them(known, somsri, nok):
    erase(known, nok)
    look = LearningEvent.objects.get(learner=somsri.pk, verb="checked")
    assert look.recorder is None
    (entry,) = LessonProgress.objects.get(learner=somsri.pk).answers.values()
    assert (entry["check"]["by"], entry["check"]["done"], entry["check"]["note"]) == (None, [0], "ดี")
    assert Consent.objects.get(helped_by=None).purpose == "news"


def test_others_keep_that_they_learned_in_a_group_with_them(known, somsri, nok):
    erase(known, nok)
    assert {(session.facilitator, session.is_open) for session in GroupSession.objects.all()} == {
        (None, False),
        (nok, True),
    }
    assert [member.learner_id for member in GroupMember.objects.all()] == [somsri.pk, somsri.pk]


def test_what_their_centre_was_asked_about_them_stays_with_its_counts_only(known, nok):
    erase(known, nok)
    told = Oddity.objects.values_list("learner", "answered_by", "words", "evidence")
    assert list(told) == [(None, None, "", {"times": 3})] * 2


def test_open_requests_are_answered_and_kept_without_the_person(known, nok):
    erase(known, nok)
    asked = {request.kind: request for request in DataRequest.objects.all()}
    assert (asked["erase"].outcome, asked["erase"].answered_by, asked["erase"].words) == ("done", nok, "")
    assert (asked["correct"].outcome, asked["correct"].reason, asked["correct"].learner) == ("refused", "", None)


def test_that_somebody_was_erased_stands_in_the_audit_log_by_id_only(known, nok, ban_nong_bua):
    erase(known, nok)
    entry = AuditEntry.objects.get(action=Action.ERASED)
    assert (entry.actor, entry.subject, entry.centre, entry.detail) == (nok.pk, known.pk, ban_nong_bua, "")


def test_others_in_the_same_list_stay(known, nok):
    erase(known, nok)
    came = LearnerImport.objects.get(file_name="รายชื่อ.csv")
    assert [row["name"] for row in came.rows] == ["", "อื่น"]
    assert came.problems == []


def test_erasing_twice_erases_once(known, nok):
    erase(known, nok)
    erase(known, nok)
    assert AuditEntry.objects.filter(action=Action.ERASED).count() == 1


def test_a_machine_that_still_holds_their_learning_does_not_bring_it_back(known, lesson, nok):
    event = did(known, lesson, "answered", "reflection", answer=OWN_WORDS)
    erase(known, nok)
    assert record([event], by=nok)[0].reason == "unknown_learner"
    assert not RejectedEvent.objects.exists()
    stranger = Event(id=uuid7(), learner=uuid7(), lesson=lesson.lesson, verb="started", occurred_at=timezone.now())
    record([stranger], by=nok)
    assert RejectedEvent.objects.count() == 1  # of others it is kept, as ever


@pytest.mark.parametrize("role", ["caretaker", "core", "ministry", "superuser", "not yet"])
def test_whoever_works_for_the_network_is_not_erased_here(role, known, nok, regions, ban_nong_bua):
    if role == "core":
        known.appointments.create(region=regions["NE"])
    elif role == "ministry":
        known.ministry_posts.create()
    elif role == "superuser":
        User.objects.filter(pk=known.pk).update(is_superuser=True)
    else:
        begins = timezone.localdate() + timedelta(days=9 if role == "not yet" else 0)
        ban_nong_bua.appoint_caretaker(known, started_on=begins)
    with pytest.raises(HasARole):
        erase(known, nok)
    assert LearningEvent.objects.filter(learner=known.pk).exists()


def test_who_once_worked_for_the_network_is_erased(known, nok, ban_nong_bua):
    past = timezone.localdate() - timedelta(days=9)
    ban_nong_bua.appoint_caretaker(known, started_on=past, ended_on=past)
    erase(known, nok)
    assert {table for table, _line in traces(known.pk)} == {"centres_auditentry"}


def test_pages_of_an_author_stay_by_nobody(known, nok, workshop):
    page = workshop.lesson
    page.owner = known
    page.save_revision(user=known, log_action=True).publish(log_action=False)
    assert "wagtailcore_revision" in {table for table, _line in traces(known.pk)}
    erase(known, nok)
    assert {table for table, _line in traces(known.pk)} == {"centres_auditentry"}
    assert type(page).objects.get(pk=page.pk).get_latest_revision_as_object().owner is None


def test_when_one_step_fails_nothing_is_erased(known, nok, monkeypatch):
    monkeypatch.setattr("lms.network.erasing.note", lambda *args: 1 / 0)
    before = everything()
    with pytest.raises(ZeroDivisionError):
        erase(known, nok)
    assert everything() == before
