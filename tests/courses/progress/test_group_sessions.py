"""What may be recorded in a group session: by whom, for whom and when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import GroupMember, GroupSession, LearningEvent, LessonOutline, RejectedEvent
from courses.progress import rebuild, record
from lms.accounts.ids import uuid7
from tests.courses.progress.conftest import NOON


@pytest.fixture
def lesson(lessons):
    return lessons[0]


@pytest.fixture
def group(somsri, thongbai, ban_nong_bua, lesson):
    """Somsri leads from noon to one; ทองใบ is there from ten past to half past."""
    ended = NOON + timedelta(minutes=60)
    session = GroupSession.objects.create(
        centre=ban_nong_bua,
        facilitator=somsri,
        course=lesson.course,
        lesson=lesson.lesson,
        started_at=NOON,
        touched_at=ended,
        ended_at=ended,
    )
    joins(session, somsri, 0)
    joins(session, thongbai, 10, 30)
    return session


def joins(session, learner, came, left=None):
    moments = {"joined_at": at(came), "left_at": left and at(left)}
    return GroupMember.objects.create(session=session, learner_id=learner.pk, **moments)


def at(minutes):
    return NOON + timedelta(minutes=minutes)


def reasons(events, by):
    return [verdict.reason or verdict.status for verdict in record(events, by=by)]


def test_who_leads_records_for_a_member_and_is_the_recorder(group, event, somsri, thongbai, lesson, ban_nong_bua):
    told = event(thongbai, lesson, "answered", 15, kind="single_choice", answer=1, session=group.pk)
    assert reasons([told, told], somsri) == ["accepted", "duplicate"]
    kept = LearningEvent.objects.get()
    assert (kept.recorder_id, kept.session, kept.centre, kept.correct) == (somsri.pk, group.pk, ban_nong_bua, True)
    assert rebuild(check=True) == []


@pytest.mark.parametrize(
    ("minutes", "verdict"),
    [
        (7, "not_present"),
        (9, "accepted"),
        (10, "accepted"),
        (31, "accepted"),
        (33, "not_present"),
        (63, "session_over"),
    ],
)
def test_a_member_is_recorded_for_while_they_are_there(minutes, verdict, group, event, somsri, thongbai, lesson):
    told = event(thongbai, lesson, "answered", minutes, kind="single_choice", answer=1, session=group.pk)
    assert reasons([told], somsri) == [verdict]
    assert RejectedEvent.objects.count() == (verdict != "accepted")


def test_a_session_gives_no_right_over_who_was_never_in_it(group, event, somsri, learner_at, ban_nong_bua, lesson):
    other = learner_at(ban_nong_bua, "ป้าบัวลอย")
    assert reasons([event(other, lesson, minutes=15, session=group.pk)], somsri) == ["unknown_learner"]


def test_without_the_session_there_is_no_right_at_all(group, event, somsri, thongbai, lesson):
    assert reasons([event(thongbai, lesson, minutes=15)], somsri) == ["unknown_learner"]


def test_another_lesson_than_the_sessions_is_refused(group, event, somsri, thongbai, lessons):
    assert reasons([event(thongbai, lessons[1], minutes=15, session=group.pk)], somsri) == ["other_lesson"]


def test_a_session_of_somebody_else_gives_no_right(group, event, thongbai, somsri, kham, lesson):
    told = event(somsri, lesson, minutes=15, session=group.pk)
    assert reasons([told], thongbai) == ["unknown_learner"]  # a member, but not the one who leads
    assert reasons([told], kham) == ["unknown_learner"]


def test_who_leads_checks_no_tasks(group, event, somsri, thongbai, hands_on):
    outline = LessonOutline.objects.get(lesson=hands_on.key)
    GroupSession.objects.update(lesson=outline.lesson)
    look = event(thongbai, outline, "checked", 15, kind="task", answer={"done": [0, 1, 2]}, session=group.pk)
    assert reasons([look], somsri) == ["unknown_learner"]


def test_a_child_whose_parents_took_their_word_back_is_not_recorded_for(group, event, somsri, thongbai, lesson):
    thongbai.age_band = "0-10"
    thongbai.save()
    assert reasons([event(thongbai, lesson, minutes=15, session=group.pk)], somsri) == ["guardian_missing"]


def test_a_session_of_another_installation_is_only_a_mark(event, somsri, thongbai, nok, lesson):
    elsewhere = uuid7()
    told = [event(somsri, lesson, session=elsewhere), event(thongbai, lesson, session=elsewhere)]
    assert reasons(told, nok) == ["accepted"] * 2
    assert reasons([event(thongbai, lesson, session=elsewhere)], somsri) == ["unknown_learner"]


@pytest.fixture
def forgotten(group):
    """Nobody has touched it since noon."""
    GroupSession.objects.update(touched_at=NOON, ended_at=NOON, is_forgotten=True)
    return GroupSession.objects.get()


def test_nothing_counts_after_the_last_touch_of_a_forgotten_session(forgotten, event, somsri, lesson):
    told = event(somsri, lesson, "answered", 33, kind="single_choice", answer=1, session=forgotten.pk)
    assert reasons([told], somsri) == ["session_over"]
    assert GroupSession.objects.get().ended_at == NOON


def test_without_a_line_each_answer_is_a_touch(forgotten, event, somsri, thongbai, lesson):
    """The server heard nothing and closed it; the machine's outbox comes later, in any order within its batch."""
    told = [event(somsri, lesson, minutes=at, session=forgotten.pk) for at in (55, 25, 80)]
    assert reasons(told, somsri) == ["accepted"] * 3
    forgotten.refresh_from_db()
    assert (forgotten.touched_at, forgotten.ended_at) == (at(80), at(80))
    assert reasons([event(somsri, lesson, minutes=115, session=forgotten.pk)], somsri) == ["session_over"]


def test_who_had_left_is_back_with_started(group, event, somsri, thongbai, lesson):
    """So that coming back works without a line: `started` by who leads says that they are there again."""
    answer = {"kind": "single_choice", "answer": 1, "session": group.pk}
    told = [
        event(thongbai, lesson, "answered", 45, **answer),
        event(thongbai, lesson, "started", 40, session=group.pk),
        event(thongbai, lesson, "answered", 35, **answer),
    ]
    assert reasons(told, somsri) == ["accepted", "accepted", "not_present"]
    spans = list(
        GroupMember.objects.filter(learner=thongbai.pk).order_by("joined_at").values_list("joined_at", "left_at")
    )
    assert spans == [(at(10), at(30)), (at(40), None)]
    assert reasons(told[:2], somsri) == ["duplicate"] * 2
    assert GroupMember.objects.filter(learner=thongbai.pk).count() == 2


def test_events_without_a_session_cost_no_query_more(event, somsri, lesson):
    with CaptureQueriesContext(connection) as asked:
        record([event(somsri, lesson)], by=somsri)
    assert not [query for query in asked if "courses_group" in query["sql"]]
