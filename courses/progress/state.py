"""Reading and writing the state tables, as the plain objects of fold."""

from dataclasses import fields
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from courses.models import CourseEdition, Enrolment, LessonProgress
from courses.models.answers import unpack
from courses.progress import sql
from courses.progress.fold import CourseState, LessonState

LESSON_FIELDS = [field.name for field in fields(LessonState)]
COURSE_FIELDS = [field.name for field in fields(CourseState)]


class Edition(NamedTuple):
    lessons: tuple  # hex keys
    since: object  # None: from the beginning
    until: object  # None: still in force


def lessons_of(touched=None, **filters):
    """Lesson states by (learner, lesson): lessons_of(learner=[...], course=[...]).

    With `touched`, only those (learner, lesson) have their answers, and the others None: where one lesson goes on, to
    unpack those of the whole course was a third of recording.
    """
    found = {}
    for row in sql.select(LessonProgress, LESSON_FIELDS, **filters):
        state = LessonState(*row)
        key = state.learner, state.lesson
        state.answers = unpack(state.answers) if touched is None or key in touched else None
        found[key] = state
    return found


def courses_of(**filters):
    """Course states by (learner, course)."""
    found = (CourseState(*row) for row in sql.select(Enrolment, COURSE_FIELDS, **filters))
    return {(state.learner, state.course): state for state in found}


def editions_of(**filters):
    """Editions by course key."""
    found = {}
    for course, lessons, since, until in sql.select(CourseEdition, ["course", "lessons", "since", "until"], **filters):
        found.setdefault(course, []).append(Edition(tuple(UUID(key).hex for key in lessons), since, until))
    return found


def keep_lessons(states):
    sql.upsert(LessonProgress, LESSON_FIELDS, [attrgetter(*LESSON_FIELDS)(state) for state in states])


def keep_courses(states):
    sql.upsert(Enrolment, COURSE_FIELDS, [attrgetter(*COURSE_FIELDS)(state) for state in states])
