"""Counts of answers to each question, and of what came after its month was over."""

from courses.models import ErasedLateCount, LateCount, QuestionCount
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
