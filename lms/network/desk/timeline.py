"""What a learner did here, the newest first: visits, lessons, and tasks that were seen."""

from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Subquery, TextField, UUIDField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce

from courses.models import CoursePage, LearningEvent, LessonProgress
from lms.network.desk.reached import headings_of

ON_A_PAGE = 15
NO_LESSON = Cast(Value(None), UUIDField())
OF_COURSE = CoursePage.objects.filter(key=OuterRef("session__course"))  # of a group activity, which has no lesson
TITLE = Cast(KeyTextTransform("title", "group_activity"), TextField())
ACTIVITY = Coalesce(Subquery(OF_COURSE.values(named=TITLE)[:1]), Value(""), output_field=TextField())


def timeline(learner, number):
    """A page of (moment, what, lesson's heading or machine's name), by three queries however much there is."""
    lessons = LessonProgress.objects.filter(learner=learner.pk)
    looks = LearningEvent.objects.filter(learner=learner.pk, verb="checked")
    found = _rows(lessons, "started", "started_at").union(
        _rows(lessons.exclude(finished_at=None), "finished", "finished_at"),
        _rows(looks.filter(correct=True), "passed", "occurred_at"),
        _rows(looks.filter(correct=False), "again", "occurred_at"),
        _rows(learner.sign_ins.all(), "visit", "started_at", lesson=NO_LESSON, place=F("device__name")),
        _rows(learner.group_memberships.all(), "together", "joined_at", lesson=F("session__lesson"), place=ACTIVITY),
        all=True,
    )
    page = Paginator(found.order_by("-at", "what", "lesson_key"), ON_A_PAGE).get_page(number)
    headings = headings_of({row["lesson_key"] for row in page})
    page.entries = [(row["at"], row["what"], headings.get(row["lesson_key"], row["place_name"])) for row in page]
    return page


def _rows(found, what, at, lesson=None, place=None):
    return found.order_by().values(
        at=F(at),
        what=Value(what, output_field=TextField()),
        lesson_key=lesson or F("lesson"),
        place_name=place or Value("", output_field=TextField()),
    )
