"""What the recording tests share: a way to make events, and what they leave behind."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from courses.models import ActiveMonth, CourseCount, Enrolment, LastHeard, LessonCount, LessonOutline, LessonProgress
from courses.progress import Event
from courses.progress.recording import COURSE_MEASURES, LESSON_MEASURES
from lms.accounts.ids import uuid7

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # noon in Thailand
NOW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _the_clock_stands_still(monkeypatch):
    """For the cast too: a caretaker appointed on the real day would not be one yet on this day."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def lessons(course):
    """The outlines of the course's lessons, in order."""
    return list(LessonOutline.objects.filter(course=course.key).order_by("position"))


def activity_of(outline, kind):
    """The id of a lesson's activity of a kind."""
    return next(UUID(id) for id, activity in outline.activities.items() if activity["kind"] == kind)


@pytest.fixture
def event():
    """An event: event(somsri, lesson, "finished", minutes=5), five minutes after noon on 22 Nov 2026."""

    def make(learner, outline, verb="started", minutes=0, kind=None, **fields):
        if kind:
            fields["activity"] = activity_of(outline, kind)
        defaults = {"id": uuid7(), "occurred_at": NOON + timedelta(minutes=minutes)}
        return Event(learner=learner.pk, lesson=outline.lesson, verb=verb, **defaults | fields)

    return make


def left_behind():
    """Everything kept but the events: state and counts, in a form that can be compared.

    A count that went back to nothing may have left a row of zeros: it says the same as no row.
    """
    models = [LessonProgress, Enrolment, ActiveMonth, LastHeard]
    counts = {CourseCount: COURSE_MEASURES, LessonCount: LESSON_MEASURES}
    kept = {model.__name__: model.objects.order_by().values() for model in models}
    for model, measures in counts.items():
        nothing = dict.fromkeys(measures, 0)
        kept[model.__name__] = model.objects.order_by().exclude(**nothing).values()
    return {name: sorted(map(_plain, rows)) for name, rows in kept.items()}


def _plain(row):
    """Texts can be sorted; the keys inside a dict have no order that counts."""
    return sorted((name, json.dumps(value, default=str, sort_keys=True)) for name, value in row.items())
