"""Courses as cards: what each holds, and how far its reader is in it."""

from dataclasses import dataclass
from functools import cached_property

from courses.models import CourseEdition, CoursePage, Enrolment, LessonProgress

CARD_FIELDS = "title", "title_en", "slug", "key", "minutes", "topic", "centre", "picture", "path", "depth"
PICTURE_FIELDS = "picture__file", "picture__width", "picture__height", "picture__title"


@dataclass
class Card:
    """One course. `lessons` are the keys of its lessons, as text and in order."""

    course: CoursePage
    lessons: list
    finished: set
    enrolment: Enrolment | None

    @property
    def count(self):
        return len(self.lessons)

    @property
    def done(self):
        return sum(key in self.finished for key in self.lessons)

    @property
    def is_completed(self):
        return bool(self.enrolment and self.enrolment.is_completed)

    @cached_property
    def next_lesson(self):
        """The key of the lesson to go on with: the one left open, else the next not finished, else None."""
        last = str(self.enrolment.last_lesson) if self.enrolment else None
        start = self.lessons.index(last) if last in self.lessons else 0
        in_turn = self.lessons[start:] + self.lessons[:start]
        return next((key for key in in_turn if key not in self.finished), None)

    @property
    def stitches(self):
        """For courses/_stitches.html: one lesson, one stitch."""
        now = self.next_lesson if self.enrolment else None
        return ["done" if key in self.finished else "now" if key == now else "" for key in self.lessons]


def cards(reader, courses):
    """The courses of a queryset as cards, with four queries however many there are."""
    pages = list(courses.only(*CARD_FIELDS, *PICTURE_FIELDS).select_related("picture"))
    lessons = dict(CourseEdition.objects.filter(until=None).order_by().values_list("course", "lessons"))
    enrolments, finished = {}, {}
    if reader.is_learner:
        enrolments = {row.course: row for row in Enrolment.objects.of(reader.user)}
        for course, lesson in _finished(reader.user).values_list("course", "lesson"):
            finished.setdefault(course, set()).add(str(lesson))
    return [
        Card(page, lessons.get(page.key, []), finished.get(page.key, set()), enrolments.get(page.key)) for page in pages
    ]


def _finished(learner):
    return LessonProgress.objects.of(learner).exclude(finished_at=None)
