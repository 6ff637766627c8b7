"""The learners of a centre: who was here, and how far each has got."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.models import Enrolment, LessonProgress
from lms.centres.models import Centre, Learner
from lms.network.desk.access import chosen_centre, desk
from lms.network.desk.phones import phones_of
from lms.network.desk.reached import lessons_of, reached_by

ON_A_PAGE = 50
COURSES_IN_A_ROW = 3
WEEK, LONG_AGO = timedelta(days=7), timedelta(days=14)
LONGEST_SEARCH = 60


@require_safe
@desk
def learners(request):
    centre = chosen_centre(request)
    of_centre = Learner.objects.visible_to(request.user).at(centre).active()
    words, show = request.GET.get("q", "")[:LONGEST_SEARCH], request.GET.get("show", "")
    found = shown(of_centre, show).named(words).in_name_order()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    courses = reached_by(page)
    for learner in page:
        tell(learner, courses[learner.pk])
    context = {
        "section": "desk",
        "tab": "learners",
        "centre": centre,
        "centres": request.centres,
        "figures": figures(of_centre),
        "page": page,
        "words": words,
        "show": show if show in ("week", "away") else "",
    }
    return render(request, "desk/learners.html", context)


@require_safe
@desk
def learner(request, learner):
    people = Learner.objects.visible_to(request.user).filter(home__centre__in=request.centres)
    learner = get_object_or_404(people.select_related("home__centre", "code"), pk=learner)
    context = {
        "section": "desk",
        "tab": "learners",
        "learner": learner,
        "centre": learner.home.centre,
        "may_change": Centre.objects.run_by(request.user).filter(pk=learner.home.centre_id).exists(),
        "code": getattr(learner, "code", None),
        "courses": lessons_of(learner),
        "phones": phones_of(learner),
        "sign_ins": learner.sign_ins.select_related("device").order_by("-started_at")[:10],
    }
    return render(request, "desk/learner.html", context)


def shown(learners, show):
    """All of them, those who learned in the last 7 days, or those who have not for 14 and longer."""
    if show == "week":
        return learners.filter(learned_within(WEEK))
    if show == "away":
        return learners.filter(~learned_within(LONG_AGO), date_joined__lt=timezone.now() - LONG_AGO)
    return learners


def learned_within(time):
    return Exists(Enrolment.objects.filter(learner=OuterRef("pk"), last_at__gte=timezone.now() - time))


def figures(learners):
    lessons = LessonProgress.objects.filter(learner__in=learners.order_by().values("pk"))
    return {
        "learners": learners.count(),
        "active": learners.filter(learned_within(WEEK)).count(),
        "lessons": lessons.filter(finished_at__gte=timezone.now() - WEEK).count(),
    }


def tell(learner, courses):
    """What a row says about a learner."""
    learner.courses = courses[:COURSES_IN_A_ROW]
    learner.more_courses = len(courses[COURSES_IN_A_ROW:])
    learner.started = len(courses)
    learner.finished = sum(course.is_completed for course in courses)
    learner.last_at = courses[0].last_at if courses else None
