"""Counts of answers to each question, and of what came after its month was over."""

from datetime import timedelta

from courses.models import Enrolment, ErasedLateCount, LateCount, MovedAway, QuestionCount
from courses.progress import rebuild, record
from lms.network.erasing import erase
from tests.courses.progress.conftest import NOW, activity_of
from tests.courses.progress.stories import DAY


def test_answers_are_counted_by_question_and_those_that_missed(somsri, lessons, event, nok):
    for answer in (0, 1, 1):
        record([event(somsri, lessons[0], "answered", kind="single_choice", answer=answer)], by=somsri)
    found = QuestionCount.objects.get(activity=activity_of(lessons[0], "single_choice"))
    assert (found.month, found.province_id, found.course, found.lesson) == (
        *(202611, "32"),
        *(lessons[0].course, lessons[0].lesson),
    )
    assert found.answers == 3
    assert found.missed == somsri.learning_events.filter(correct=False).count() in (1, 2)
    erase(somsri, nok)
    assert QuestionCount.objects.get(activity=found.activity).answers == 3
    assert rebuild(check=True) == []


def test_what_belongs_to_a_month_that_is_over_is_counted_as_late(somsri, lessons, event, ban_nong_bua, nok):
    record([event(somsri, lesson, minutes=days * DAY) for lesson in lessons for days in (0, -30)], by=somsri)
    late = LateCount.objects.get()
    assert (late.month, late.centre_id, late.events, late.last_at) == (202610, ban_nong_bua.pk, len(lessons), NOW)
    erase(somsri, nok)
    assert ErasedLateCount.objects.get().events == LateCount.objects.get().events == len(lessons)
    assert rebuild(check=True) == []


def moved():
    return sorted(MovedAway.objects.values_list("month", "centre"))


def test_a_month_that_a_beginning_leaves_is_marked(somsri, lessons, event, ban_nong_bua, monkeypatch):
    """Known first as begun in October; in December an old phone tells of September."""
    first, second = lessons
    record([event(somsri, first, minutes=-30 * DAY), event(somsri, second, minutes=-30 * DAY)], by=somsri)
    assert moved() == [], "what comes late, but for the first time, takes nothing from anywhere"
    later = NOW + timedelta(days=20)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    record([event(somsri, first, minutes=-70 * DAY)], by=somsri)
    assert Enrolment.objects.get().started_at.month == 9
    mark = MovedAway.objects.get()
    assert (mark.month, mark.centre_id, mark.at) == (202610, ban_nong_bua.pk, later)
    assert rebuild(check=True) == []


def test_an_end_that_moves_marks_its_month_too_and_what_is_later_nothing(
    somsri, lessons, event, ban_nong_bua, monkeypatch
):
    first = lessons[0]
    record([event(somsri, first, minutes=-70 * DAY), event(somsri, first, "finished", minutes=-30 * DAY)], by=somsri)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=20))
    record([event(somsri, first, "finished", minutes=-20 * DAY), event(somsri, first, minutes=-1 * DAY)], by=somsri)
    assert moved() == []
    record([event(somsri, first, "finished", minutes=-69 * DAY)], by=somsri)
    assert moved() == [(202610, ban_nong_bua.pk)]


def test_what_leaves_the_month_that_runs_marks_nothing(somsri, lessons, event):
    record([event(somsri, lessons[0])], by=somsri)
    record([event(somsri, lessons[0], minutes=-30 * DAY)], by=somsri)
    assert LateCount.objects.exists() and moved() == []


def test_within_a_month_but_to_another_centre_its_figures_change_too(
    somsri, lessons, event, ban_nong_bua, ban_pua, nok, monkeypatch
):
    ban_pua.appoint_caretaker(nok)
    record([event(somsri, lessons[0], minutes=-30 * DAY)], by=nok)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + timedelta(days=20))
    record([event(somsri, lessons[0], minutes=-31 * DAY, centre=ban_pua.code)], by=nok)
    assert moved() == [(202610, ban_nong_bua.pk)]
