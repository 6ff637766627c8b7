"""Where people stop in a course, and which question they miss most. Counted by province, and not below."""

from dataclasses import dataclass

from django.db.models import Sum

from courses.models import CoursePage, LessonCount, LessonPage, QuestionCount
from courses.places_in_time import in_language

FEWEST = 5  # answers: of fewer nothing is said about a question
WORDS = ("question", "statement", "title")  # the field in which each kind of activity asks


@dataclass
class Lesson:
    title: str
    url: str
    reached: int = 0
    finished: int = 0
    share: int = 0  # of those who reached the first lesson

    @property
    def lost(self):
        """How many more reached it than finished it: in a period these may be other people."""
        return max(self.reached - self.finished, 0)

    @property
    def percent(self):
        return round(100 * self.finished / self.reached) if self.reached else None


def dropoff(scope, asked):
    """Lesson by lesson of the scope's course, in its provinces; None before anybody reached one. Four queries."""
    pages = pages_of(scope)
    rows = _in(LessonCount, scope).values_list("lesson").annotate(Sum("reached"), Sum("finished"))
    counts = {lesson: numbers for lesson, *numbers in rows}
    lessons = [
        Lesson(in_language(page.title, page.title_en), asked.lesson(page.key), *counts.get(page.key, (0, 0)))
        for page in pages
        if page.live or page.key in counts  # one that nobody reaches is where all have stopped
    ]
    most = max((lesson.reached for lesson in lessons), default=0)
    if not most:
        return None
    for lesson in lessons:
        lesson.share = round(100 * lesson.finished / most)
    return {
        "lessons": lessons,
        "widest": max(lessons, key=lambda lesson: lesson.lost),
        "missed": most_missed(scope, pages),
    }


def pages_of(scope):
    path = CoursePage.objects.filter(key=scope.course).values_list("path", flat=True).first() or "-"
    return list(LessonPage.objects.filter(path__startswith=path).order_by("path"))


def most_missed(scope, pages):
    """The question that was answered wrong in the largest part of its answers: its text, lesson and numbers."""
    rows = _in(QuestionCount, scope).values("activity", "lesson")
    rows = rows.annotate(all=Sum("answers"), wrong=Sum("missed")).filter(all__gte=FEWEST, wrong__gt=0)
    by_key = {page.key: page for page in pages}
    for row in sorted(rows, key=lambda row: (-row["wrong"] / row["all"], str(row["activity"]))):
        page = by_key.get(row["lesson"])
        if page and (text := _text(page, row["activity"])):
            percent = round(100 * row["wrong"] / row["all"])
            title = in_language(page.title, page.title_en)
            return {"text": text, "lesson": title, "answers": row["all"], "missed": row["wrong"], "percent": percent}
    return None


def _text(page, activity):
    """What an activity asks, as long as it is in the lesson."""
    for block in page.body:
        if block.id == str(activity):
            return next((str(block.value[name]) for name in WORDS if block.value.get(name)), "")
    return ""


def _in(model, scope):
    return scope.of_the_provinces(model.objects.filter(course=scope.course)).order_by()
