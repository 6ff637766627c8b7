"""What the recording tests share: a way to make events, and what they leave behind."""

import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import UUID

import pytest

from courses.models import (
    ActiveMonth,
    CountedPerson,
    Enrolment,
    GroupMember,
    GroupSession,
    LastHeard,
    LateCount,
    LessonOutline,
    LessonProgress,
)
from courses.progress import Event
from courses.progress.tables import TABLES
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


@pytest.fixture
def world(somsri, thongbai, fah, nok, ban_nong_bua, ban_pua, write_course, hands_on):
    """Three learners of two centres, a course of two lessons, one of a lesson with a task, and a caretaker of both."""
    ban_pua.appoint_caretaker(nok)
    course = write_course("วิชาหนึ่ง")
    lessons = list(LessonOutline.objects.filter(course=course.key).order_by("position"))
    lessons.append(LessonOutline.objects.get(lesson=hands_on.key))
    group = GroupSession.objects.create(
        centre=ban_nong_bua,
        facilitator=nok,
        course=lessons[0].course,
        lesson=lessons[0].lesson,
        started_at=NOON,
        touched_at=NOON + timedelta(minutes=20),
        ended_at=NOON + timedelta(minutes=20),
    )
    for person, came, left in ((somsri, 0, None), (thongbai, 5, 15), (fah, -20, -10)):
        moments = {"joined_at": NOON + timedelta(minutes=came), "left_at": left and NOON + timedelta(minutes=left)}
        GroupMember.objects.create(session=group, learner_id=person.pk, **moments)
    return SimpleNamespace(
        people=[somsri, thongbai, fah],
        lessons=lessons,
        centres=[ban_nong_bua.code, ban_pua.code, None],
        sender=nok,
        group=group,
    )


def left_behind():
    """Everything kept but the events: state and counts, in a form that can be compared.

    A count that went back to nothing may have left a row of zeros: it says the same as no row.
    """
    models = [LessonProgress, Enrolment, ActiveMonth, LastHeard, LateCount, CountedPerson]
    kept = {model.__name__: model.objects.order_by().values() for model in models}
    for table in TABLES:
        nothing = dict.fromkeys(table.measures, 0)
        kept[table.model.__name__] = table.model.objects.order_by().exclude(**nothing).values()
    return {name: sorted(map(_plain, rows)) for name, rows in kept.items()}


def _plain(row):
    """Texts can be sorted; the keys inside a dict have no order that counts."""
    return sorted((name, json.dumps(value, default=str, sort_keys=True)) for name, value in row.items())
