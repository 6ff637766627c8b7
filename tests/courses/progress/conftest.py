"""What the recording tests share: a way to make events, and what they leave behind."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from courses.models import ActiveMonth, CourseCount, Enrolment, LastHeard, LessonCount, LessonOutline, LessonProgress
from courses.progress import Event
from lms.accounts.ids import uuid7

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)  # noon in Thailand


@pytest.fixture
def lessons(course):
    """The outlines of the course's lessons, in order."""
    return list(LessonOutline.objects.filter(course=course.key).order_by("position"))


def activity_of(outline, kind):
    """The id of a lesson's activity of a kind."""
    return next(UUID(id) for id, activity in outline.activities.items() if activity["kind"] == kind)


@pytest.fixture
def event(monkeypatch):
    """An event: event(somsri, lesson, "finished", minutes=5), five minutes after noon on 22 Nov 2026."""
    monkeypatch.setattr("courses.progress.recording.timezone.now", lambda: NOON + timedelta(days=1))

    def make(learner, outline, verb="started", minutes=0, kind=None, **fields):
        if kind:
            fields["activity"] = activity_of(outline, kind)
        defaults = {"id": uuid7(), "occurred_at": NOON + timedelta(minutes=minutes)}
        return Event(learner=learner.pk, lesson=outline.lesson, verb=verb, **defaults | fields)

    return make


def left_behind():
    """Everything kept but the events: state and counts, in a form that can be compared."""
    models = [LessonProgress, Enrolment, ActiveMonth, CourseCount, LessonCount, LastHeard]
    return {model.__name__: sorted(map(_plain, model.objects.order_by().values())) for model in models}


def _plain(row):
    return sorted((name, str(value)) for name, value in row.items())
