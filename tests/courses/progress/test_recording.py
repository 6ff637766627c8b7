"""courses.progress.record, one rule at a time."""

import uuid
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import (
    CourseCount,
    CourseEdition,
    Enrolment,
    LastHeard,
    LearningEvent,
    LessonCount,
    LessonPage,
    LessonProgress,
    RejectedEvent,
)
from courses.progress import record, set_aside
from courses.progress.events import LARGEST_OFFSET
from lms.centres.consents import Guardian, Purpose, give, withdraw
from tests.courses.progress.conftest import NOON

OF_A_LATER_FORM = msgspec.msgpack.encode([9])
NOON_BEFORE = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)


def finish_all(event, learner, lessons, **fields):
    return [event(learner, lesson, "finished", minutes=10 * n, **fields) for n, lesson in enumerate(lessons, 1)]


def test_what_is_learned_is_stored_with_its_time_and_place(somsri, lessons, event, ban_nong_bua):
    sent = event(somsri, lessons[0], "answered", kind="single_choice", answer=1, seconds=40)
    [verdict] = record([sent], by=somsri)
    stored = LearningEvent.objects.get()
    assert (verdict.status, verdict.correct, verdict.score) == ("accepted", True, 1.0)
    assert (stored.id, stored.centre, stored.answer, stored.seconds) == (sent.id, ban_nong_bua, 1, 40)
    assert (stored.occurred_at, stored.claimed_at, stored.recorder) == (sent.occurred_at, None, None)


def test_sending_again_changes_nothing_and_tells_the_first_verdict(somsri, lessons, event):
    sent = event(somsri, lessons[0], "answered", kind="single_choice", answer=0)
    record([sent], by=somsri)
    before = LessonProgress.objects.values().get()
    [verdict] = record([sent], by=somsri)
    assert (verdict.status, verdict.correct) == ("duplicate", False)
    assert LessonProgress.objects.values().get() == before
    assert LearningEvent.objects.count() == 1


def test_answers_of_another_lesson_that_this_release_cannot_read_hold_nothing_up(somsri, lessons, event):
    record([event(somsri, lessons[0], "answered", kind="single_choice", answer=1)], by=somsri)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {LessonProgress._meta.db_table} SET answers = %s", [OF_A_LATER_FORM])
    [verdict] = record([event(somsri, lessons[1], "finished", minutes=5)], by=somsri)
    assert verdict.status == "accepted"
    assert Enrolment.objects.get().lessons_finished == 1
    with pytest.raises(ValueError, match="form 9"):
        record([event(somsri, lessons[0], "finished", minutes=9)], by=somsri)
    kept = LessonProgress.objects.values_list("answers", flat=True)
    with pytest.raises(ValueError, match="form 9"):
        list(kept)


def test_the_same_event_twice_in_one_batch_counts_once(somsri, lessons, event):
    sent = event(somsri, lessons[0])
    assert [verdict.status for verdict in record([sent, sent], by=somsri)] == ["accepted", "duplicate"]
    assert CourseCount.objects.get().starters == 1


def test_nothing_is_recorded_of_a_child_whom_no_guardian_allows(ban_nong_bua, learner_at, nok, lessons, event):
    nid = learner_at(ban_nong_bua, "น้องนิด", age_band="0-10")
    for by in (nid, nok):
        assert [verdict.reason for verdict in record([event(nid, lessons[0])], by=by)] == ["guardian_missing"]
    receipt = give(nid, Purpose.LEARNING, by=nok, guardian=Guardian("แม่สมใจ", "แม่"))
    assert [verdict.status for verdict in record([event(nid, lessons[0])], by=nid)] == ["accepted"]
    withdraw(receipt, by=nok)
    assert [verdict.reason for verdict in record([event(nid, lessons[1])], by=nid)] == ["guardian_missing"]
    assert LearningEvent.objects.count() == 1


def test_one_bad_event_does_not_spoil_its_batch(somsri, lessons, event):
    bad = event(somsri, lessons[0], "answered", kind="single_choice", answer="nonsense")
    good = event(somsri, lessons[0], minutes=1)
    verdicts = record([bad, good], by=somsri)
    assert [(v.status, v.reason) for v in verdicts] == [("rejected", "malformed_answer"), ("accepted", "")]
    kept = RejectedEvent.objects.get()
    assert (kept.reason, kept.payload["answer"], kept.recorder_id) == ("malformed_answer", "nonsense", somsri.pk)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"lesson": uuid.uuid4()}, "unknown_lesson"),
        ({"verb": "answered", "activity": uuid.uuid4(), "answer": 1}, "unknown_activity"),
        ({"verb": "answered"}, "unknown_activity"),
        ({"centre": "TH-99-9999"}, "unknown_centre"),
        ({"id": uuid.uuid4()}, "id_not_uuid7"),
        ({"learner": uuid.uuid4()}, "unknown_learner"),
    ],
)
def test_what_cannot_be_counted_is_refused_with_a_reason(somsri, lessons, event, change, reason):
    sent = event(somsri, lessons[0])
    wrong = type(sent)(**{name: getattr(sent, name) for name in sent.__struct_fields__} | change)
    assert [verdict.reason for verdict in record([wrong], by=somsri)] == [reason]
    assert not LearningEvent.objects.exists()
    assert not CourseCount.objects.exists()


def test_a_refused_event_is_kept_aside_once_however_often_it_comes(somsri):
    set_aside([({"id": "x"}, "malformed")] * 2, by=somsri)
    set_aside([({"id": "x"}, "malformed")], by=somsri)
    assert RejectedEvent.objects.count() == 1


def test_nobody_records_for_people_they_may_not_see(somsri, fah, nok, kham, lessons, event):
    assert record([event(fah, lessons[0])], by=somsri)[0].reason == "unknown_learner"
    assert record([event(somsri, lessons[0])], by=kham)[0].reason == "unknown_learner"
    assert record([event(somsri, lessons[0])], by=nok)[0].status == "accepted"
    assert LearningEvent.objects.get().recorder == nok


def test_a_centre_that_the_sender_may_not_see_is_unknown(somsri, nok, ban_pua, lessons, event):
    assert record([event(somsri, lessons[0], centre=ban_pua.code)], by=nok)[0].reason == "unknown_centre"


def test_an_event_that_names_no_centre_happened_where_the_caller_says(somsri, ban_pua, lessons, event):
    record([event(somsri, lessons[0])], by=somsri, centre=ban_pua.pk)
    assert LearningEvent.objects.get().centre == ban_pua


def test_a_course_is_finished_with_its_last_lesson_in_any_order(somsri, lessons, event, course):
    later, earlier = finish_all(event, somsri, reversed(lessons))[::-1]
    record([later], by=somsri)
    assert Enrolment.objects.get().completed_at is None
    record([earlier], by=somsri)
    enrolment = Enrolment.objects.get()
    assert enrolment.completed_at == later.occurred_at
    assert (enrolment.lessons_finished, enrolment.course) == (2, course.key)


def test_the_first_finish_counts_when_an_earlier_one_arrives_late(somsri, lessons, event):
    record([event(somsri, lessons[0], "finished", minutes=60)], by=somsri)
    early = event(somsri, lessons[0], "finished", minutes=5)
    record([early], by=somsri)
    assert LessonProgress.objects.get().finished_at == early.occurred_at


def test_a_late_event_moves_the_counts_to_its_own_month(somsri, lessons, event, ban_nong_bua):
    record([event(somsri, lessons[0])], by=somsri)
    record([event(somsri, lessons[0], minutes=-40 * 24 * 60)], by=somsri)
    months = dict(CourseCount.objects.values_list("month", "starters"))
    assert months == {202610: 1, 202611: 0}
    assert dict(LessonCount.objects.values_list("month", "reached")) == {202610: 1, 202611: 0}


def test_months_are_those_of_thai_clocks(somsri, lessons, event):
    eight_in_the_evening_utc = event(somsri, lessons[0], minutes=-22 * 24 * 60 + 15 * 60)
    record([eight_in_the_evening_utc], by=somsri)
    assert eight_in_the_evening_utc.occurred_at.month == 10
    assert CourseCount.objects.get().month == 202611


def test_counts_follow_a_learner_through_a_course(somsri, thongbai, lessons, event, ban_nong_bua):
    record([event(somsri, lessons[0], seconds=60), *finish_all(event, somsri, lessons, seconds=30)], by=somsri)
    record([event(thongbai, lessons[0])], by=thongbai)
    count = CourseCount.objects.get()
    assert (count.month, count.centre, count.starters, count.active) == (202611, ban_nong_bua, 2, 2)
    assert (count.lessons_finished, count.finishers, count.seconds) == (2, 1, 120)
    reached = LessonCount.objects.order_by("-reached").values_list("province_id", "reached", "finished")
    assert list(reached) == [("32", 2, 1), ("32", 1, 1)]


def test_the_last_moment_a_centre_was_heard_from_is_kept(somsri, lessons, event, ban_nong_bua):
    sent = event(somsri, lessons[0])
    record([sent], by=somsri)
    assert LastHeard.objects.get().centre == ban_nong_bua
    assert LastHeard.objects.get().at == sent.occurred_at + timedelta(days=1)


@pytest.mark.parametrize("days", [-20_000, -401, 2, 5_000])
def test_a_clock_that_cannot_be_right_is_not_believed_but_remembered(somsri, lessons, event, days):
    sent = event(somsri, lessons[0], minutes=days * 24 * 60)
    record([sent], by=somsri)
    stored = LearningEvent.objects.get()
    assert stored.occurred_at == stored.recorded_at
    assert stored.claimed_at == sent.occurred_at


@pytest.mark.parametrize("days", [-20_000, -2, 3, 5_000])
def test_a_wrong_clock_that_is_known_is_put_right(somsri, lessons, event, days):
    sent = event(somsri, lessons[0], minutes=days * 24 * 60, clock_offset=-days * 86_400 + 1)
    record([sent], by=somsri)
    stored = LearningEvent.objects.get()
    assert stored.occurred_at == NOON + timedelta(seconds=1)
    assert stored.claimed_at == sent.occurred_at


@pytest.mark.parametrize("offset", [None, 0, 60, -60])
def test_a_minute_between_two_clocks_means_nothing(somsri, lessons, event, offset):
    sent = event(somsri, lessons[0], clock_offset=offset)
    record([sent], by=somsri)
    stored = LearningEvent.objects.get()
    assert (stored.occurred_at, stored.claimed_at) == (sent.occurred_at, None)


@pytest.mark.parametrize("offset", [LARGEST_OFFSET, -LARGEST_OFFSET])
@pytest.mark.parametrize("claimed", [datetime.min, NOON, datetime.max])
def test_an_offset_that_cannot_be_is_not_believed(somsri, lessons, event, offset, claimed):
    sent = event(somsri, lessons[0], occurred_at=claimed.replace(tzinfo=UTC), clock_offset=offset)
    record([sent], by=somsri)
    stored = LearningEvent.objects.get()
    assert (stored.occurred_at, stored.claimed_at) == (stored.recorded_at, sent.occurred_at)


@pytest.mark.parametrize("claimed, kept", [(True, True), (False, None), (None, None)])
def test_what_a_device_told_otherwise_than_we_is_kept_and_our_verdict_stands(somsri, lessons, event, claimed, kept):
    wrong = event(somsri, lessons[0], "answered", kind="single_choice", answer=0, claimed_correct=claimed)
    [verdict] = record([wrong], by=somsri)
    stored = LearningEvent.objects.get()
    assert (verdict.correct, stored.correct, stored.claimed_correct) == (False, False, kept)


def test_the_latest_answer_shows_and_the_first_right_one_stays(somsri, lessons, event):
    answers = [(30, 0), (10, 1), (20, 0)]  # minutes and answers, as they arrive
    for minutes, answer in answers:
        record([event(somsri, lessons[0], "answered", minutes, kind="single_choice", answer=answer)], by=somsri)
    [kept] = LessonProgress.objects.get().answers.values()
    assert (kept["tries"], kept["answer"], kept["correct"]) == (3, 0, False)
    assert kept["solved_at"].startswith("2026-11-22T05:10")


def test_a_lesson_added_later_takes_nothing_from_those_who_had_finished(somsri, lessons, event, course, shelf):
    record(finish_all(event, somsri, lessons), by=somsri)
    course.add_child(instance=LessonPage(title="บทใหม่", slug="new")).save_revision().publish()
    assert CourseEdition.objects.filter(course=course.key).count() == 2
    record([event(somsri, lessons[0], minutes=90)], by=somsri)
    assert Enrolment.objects.get().is_completed


def test_who_begins_after_a_lesson_was_added_does_all_of_it(somsri, lessons, event, course, monkeypatch):
    editions = CourseEdition.objects.filter(course=course.key)
    course.add_child(instance=LessonPage(title="บทใหม่", slug="new")).save_revision().publish()
    editions.filter(until=None).update(since=NOON_BEFORE)
    editions.exclude(until=None).update(until=NOON_BEFORE)
    record(finish_all(event, somsri, lessons), by=somsri)
    assert not Enrolment.objects.get().is_completed


def test_taking_a_lesson_away_finishes_the_course_for_those_who_did_the_rest(somsri, lessons, event, course):
    record([event(somsri, lessons[0], "finished")], by=somsri)
    course.lessons().last().unpublish()
    assert Enrolment.objects.get().is_completed
    assert sum(CourseCount.objects.values_list("finishers", flat=True)) == 1


def test_an_answer_to_an_activity_that_was_edited_away_still_counts(somsri, lessons, event, course):
    on_its_way = event(somsri, lessons[0], "answered", kind="single_choice", answer=1)
    lesson = course.lessons().first()
    lesson.body = [{"type": "text", "value": "แก้ใหม่"}]
    lesson.save_revision().publish()
    assert record([on_its_way], by=somsri)[0].status == "accepted"


def test_the_number_of_queries_does_not_grow_with_the_batch(somsri, learner_at, nok, lessons, event, ban_nong_bua):
    with CaptureQueriesContext(connection) as one:
        record([event(somsri, lessons[0])], by=nok)
    people = [learner_at(ban_nong_bua, f"คนที่ {n}") for n in range(30)]  # what fits one statement of SQLite's
    batch = [event(person, lesson, "finished") for person in people for lesson in lessons]
    with CaptureQueriesContext(connection) as many:
        record(batch, by=nok)
    assert len(many) == len(one)
