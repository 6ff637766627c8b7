"""What learners have reached, in words and numbers, at the same few queries for one of them or for fifty."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from courses.models import CourseEdition, CoursePage, Enrolment, LessonPage, LessonProgress


@dataclass
class Reached:
    """How far somebody got in one course."""

    key: UUID
    heading: str
    finished: int
    total: int
    is_completed: bool
    last_at: datetime
    lessons: list


def reached_by(learners):
    """{learner's id: [Reached, ...]}, the latest course first."""
    enrolments = list(Enrolment.objects.filter(learner__in=[learner.pk for learner in learners]).order_by("-last_at"))
    courses = {enrolment.course for enrolment in enrolments}
    headings, editions = _headings(CoursePage, courses), _editions(courses)
    found = defaultdict(list)
    for enrolment in enrolments:
        total = len(editions.get(enrolment.course, ()))
        found[enrolment.learner_id].append(
            Reached(
                key=enrolment.course,
                heading=headings.get(enrolment.course, ""),
                finished=min(enrolment.lessons_finished, total),
                total=total,
                is_completed=enrolment.is_completed,
                last_at=enrolment.last_at,
                lessons=editions.get(enrolment.course, []),
            )
        )
    return found


def lessons_of(learner):
    """Everything the learner has begun: each course with its lessons as (key, heading, "done", "now", "stop" or "").

    "stop" is being stuck at a question.
    """
    courses = reached_by([learner])[learner.pk]
    headings = headings_of({key for course in courses for key in course.lessons})
    progress = LessonProgress.objects.filter(learner=learner.pk).values_list("lesson", "finished_at", "stuck_since")
    reached = {lesson: _state(*moments) for lesson, *moments in progress}
    for course in courses:
        course.lessons = [(key, headings[key], reached.get(key, "")) for key in course.lessons if key in headings]
    return courses


def _state(finished_at, stuck_since):
    if stuck_since:
        return "stop"
    return "done" if finished_at else "now"


def headings_of(lessons):
    """{key: heading} of lessons; of one that is gone there is none."""
    return _headings(LessonPage, lessons)


def _headings(pages, keys):
    found = pages.objects.filter(key__in=keys).only("key", "title", "title_en")
    return {page.key: page.heading for page in found}


def _editions(courses):
    """The lessons' keys, in order, that make up each course today."""
    in_force = CourseEdition.objects.filter(course__in=courses, until=None).order_by()
    return {edition.course: [UUID(key) for key in edition.lessons] for edition in in_force}
