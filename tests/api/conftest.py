"""Programs that call the API in somebody's name, and learners with something to tell."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Enrolment, LessonProgress
from courses.progress import Event, record
from lms.accounts.ids import uuid7
from lms.accounts.models import ApiToken, User
from lms.centres.models import HomeCentre


@pytest.fixture
def api():
    """A program with a token of this person's: api(nok).get("/api/v1/learners/"), api(nok, scopes=[READ_PROGRESS])."""

    def make(user, language="en", **token):
        _token, text = ApiToken.objects.make(user, "tests", **token)
        return Client(headers={"Authorization": f"Bearer {text}", "Accept-Language": language})

    return make


@pytest.fixture
def learn():
    """Let a learner finish some lessons: learn(somsri, lesson, lesson)."""

    def make(learner, *lessons, verb="finished", ago=timedelta(0)):
        events = [
            Event(
                id=uuid7(),
                learner=learner.pk,
                lesson=lesson.key,
                verb=verb,
                occurred_at=timezone.now() - ago - timedelta(seconds=1),
            )
            for lesson in lessons
        ]
        verdicts = record(events, by=learner)
        assert {verdict.status for verdict in verdicts} == {"accepted"}
        return verdicts

    return make


@pytest.fixture
def crowd(course):
    """Many learners at once, who all began the course: crowd(ban_nong_bua, 300)."""

    def make(centre, size):
        numbered = User.objects.filter(home__centre=centre).count()
        people = User.objects.bulk_create(
            User(name=f"คนที่ {numbered + place % max(size - 5, 1)}", password="!") for place in range(size)
        )
        HomeCentre.objects.bulk_create(HomeCentre(learner=person, centre=centre) for person in people)
        now, lessons = timezone.now(), list(course.lessons())
        Enrolment.objects.bulk_create(
            Enrolment(
                learner=person,
                course=course.key,
                started_at=now,
                centre=centre,
                last_at=now,
                last_lesson=lessons[0].key,
                lessons_finished=1,
            )
            for person in people
        )
        LessonProgress.objects.bulk_create(
            LessonProgress(
                learner=person,
                lesson=lesson.key,
                course=course.key,
                started_at=now,
                centre=centre,
                last_at=now,
                finished_at=now,
                finish_centre=centre,
            )
            for person in people
            for lesson in lessons
        )
        return people

    return make


@pytest.fixture
def event_of():
    """An event as a program sends it: event_of(somsri, lesson, verb="finished")."""

    def make(learner, lesson, **fields):
        return {
            "id": str(uuid7()),
            "learner": str(learner.pk),
            "lesson": str(lesson.key if hasattr(lesson, "key") else uuid.UUID(str(lesson))),
            "verb": "started",
            "occurred_at": timezone.now().isoformat(),
        } | fields

    return make
