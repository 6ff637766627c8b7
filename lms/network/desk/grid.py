"""A course at a centre: each learner and each lesson, in shapes and words."""

from collections import defaultdict
from urllib.parse import urlencode
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.models import CourseEdition, CoursePage, Enrolment, LessonPage, LessonProgress
from lms.centres.audit import note_listed
from lms.centres.models import Learner
from lms.network.desk.access import chosen_centre, desk
from lms.network.desk.learners import LONGEST_SEARCH, ON_A_PAGE

SHOWS = ["learning", "stuck", "finished", "none"]
IN_THE_API = {"": "all", "learning": "started"}  # what /api/v1/progress/ calls otherwise


@require_safe
@desk
def grid(request):
    centre = chosen_centre(request)
    courses = list(CoursePage.objects.offered_at(centre.pk).order_by("path").only("key", "title", "title_en"))
    course = chosen_course(request, courses)
    note_listed(request.user, centre, f"course {course.key}" if course else "course")
    words, show = request.GET.get("q", "")[:LONGEST_SEARCH], request.GET.get("show", "")
    context = {
        "section": "desk",
        "tab": "learners",
        "centre": centre,
        "centres": request.centres,
        "courses": courses,
        "course": course,
        "words": words,
        "show": show if show in SHOWS else "",
        "sort": "progress" if request.GET.get("sort") == "progress" else "name",
    }
    if course:
        context |= filled(request, context)
    return render(request, "desk/grid.html", context)


def chosen_course(request, courses):
    """The course named by `?course=`, or the first; None where there is no course at all."""
    key = request.GET.get("course", "")
    for course in courses:
        if key in ("", str(course.key)):
            return course
    if key:
        raise Http404
    return None


def filled(request, asked):
    """A page of learners, each with a state for every lesson of the course as it is today."""
    course, centre = asked["course"], asked["centre"]
    lessons = lessons_of(course)
    people = Learner.objects.visible_to(request.user).at(centre).active().named(asked["words"])
    people = shown(people, asked["show"], course)
    if asked["sort"] == "progress":
        own = Enrolment.objects.filter(learner=OuterRef("pk"), course=course.key)
        most = Coalesce(Subquery(own.values("lessons_finished")), -1)
        people = people.order_by(most.desc(), "sort_key", "pk")
    else:
        people = people.in_name_order()
    page = Paginator(people.only("name", "family_name"), ON_A_PAGE).get_page(request.GET.get("page"))
    kept = {"centre": centre.code, "course": course.key, "q": asked["words"], "show": asked["show"]}
    return {
        "lessons": lessons,
        "page": page,
        "rows": rows(page, lessons),
        "kept": [*kept.items(), ("sort", asked["sort"])],
        "sheet": sheet_of(asked),
    }


def sheet_of(asked):
    """The question to /api/v1/progress/ that the same people answer, in the order of their names."""
    show, words = asked["show"], asked["words"].strip()
    question = {
        "course": asked["course"].key,
        "centre": asked["centre"].code,
        "state": IN_THE_API.get(show, show),
    }
    return urlencode(question | ({"q": words} if words else {}))


def lessons_of(course):
    """The lessons that make up the course today, in order: (key, heading)."""
    edition = CourseEdition.objects.filter(course=course.key, until=None).first()
    keys = [UUID(key) for key in edition.lessons] if edition else []
    headings = {page.key: page.heading for page in LessonPage.objects.filter(key__in=keys).only(*WORDS)}
    return [(key, headings.get(key, "")) for key in keys]


WORDS = ("key", "title", "title_en")


def shown(people, show, course):
    own = Enrolment.objects.filter(learner=OuterRef("pk"), course=course.key)
    if show == "learning":
        return people.filter(Exists(own.filter(completed_at=None)))
    if show == "finished":
        return people.filter(Exists(own.completed()))
    if show == "none":
        return people.filter(~Exists(own))
    if show == "stuck":
        stuck = LessonProgress.objects.filter(learner=OuterRef("pk"), course=course.key).exclude(stuck_since=None)
        return people.filter(Exists(stuck))
    return people


def rows(people, lessons):
    """(learner, [state of each lesson], number of those finished), by one query for all of them."""
    keys = [key for key, _heading in lessons]
    found = LessonProgress.objects.filter(learner__in=[person.pk for person in people], lesson__in=keys)
    states = defaultdict(dict)
    for learner, lesson, finished_at, stuck_since in found.values_list(
        "learner_id", "lesson", "finished_at", "stuck_since"
    ):
        states[learner][lesson] = state_of(finished_at, stuck_since)
    return [_row(person, [states[person.pk].get(key, "none") for key in keys]) for person in people]


def _row(person, marks):
    return person, marks, marks.count("done")


def state_of(finished_at, stuck_since):
    """Who is stuck wants help, even where the lesson was finished without that question."""
    if stuck_since:
        return "help"
    return "done" if finished_at else "now"
