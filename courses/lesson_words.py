"""What lessons are called and what they ask, for pages about learners: by one query however many there are."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.db.models import OuterRef, Subquery, TextField
from django.utils.translation import get_language

from courses.models import LessonOutline, LessonPage
from courses.progress.checks import to_be_seen

ASKED_BY = ("question", "statement", "title")  # a block's words that say what it asks


@dataclass(frozen=True)
class LessonWords:
    """A lesson in words. It may have gone from the site; its outline is kept."""

    title: str
    title_en: str
    activities: dict  # {id: definition}, the removed ones too
    body: str  # as it is in the database

    @property
    def heading(self):
        return (self.title_en if get_language() == "en" else self.title) or self.title

    @cached_property
    def blocks(self):
        """The lesson's raw blocks as they are today, by id."""
        return {block.get("id"): block for block in json.loads(self.body or "[]")}

    @cached_property
    def tasks(self):
        """{activity's id: number of things to do} of the tasks that a caretaker is to see."""
        return to_be_seen(self.activities)

    def asked(self, activity):
        """What an activity asks; empty if its author has taken it away."""
        value = self.blocks.get(activity, {}).get("value", {})
        return next((value[name] for name in ASKED_BY if value.get(name)), "")


def lesson_words(lessons):
    """{lesson's key: LessonWords} of every key that was ever a lesson's."""
    pages = LessonPage.objects.filter(key=OuterRef("lesson")).order_by()
    found = LessonOutline.objects.filter(lesson__in=lessons).values_list(
        "lesson",
        Subquery(pages.values("title")),
        Subquery(pages.values("title_en")),
        "activities",
        Subquery(pages.values("body"), output_field=TextField()),
    )
    return {
        lesson: LessonWords(title or "", title_en or "", activities, body)
        for lesson, title, title_en, activities, body in found
    }
