"""The learners of a centre: who was here, and how far each has got."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.models import Enrolment, LessonProgress
from lms.centres.audit import Action, note_listed, note_look
from lms.centres.consents import guardians_consent, is_minor
from lms.centres.models import Learner
from lms.centres.models.learner import YEAR
from lms.network.desk.access import chosen_centre, desk, learner_to_look_at
from lms.network.desk.forms import HelperForm
from lms.network.desk.phones import phones_of
from lms.network.desk.reached import lessons_of, reached_by
from lms.network.desk.timeline import timeline

ON_A_PAGE = 50
COURSES_IN_A_ROW = 3
WEEK, LONG_AGO = timedelta(days=7), timedelta(days=14)
USUALLY = timedelta(days=90)  # how long somebody is a helper
HELPED_SHOWN = 5
LONGEST_SEARCH = 60
SHOWS = ["week", "away", "locked", "no_code", "guardian", "papers"]


@require_safe
@desk
def learners(request):
    centre = chosen_centre(request)
    note_listed(request.user, centre, "learners")
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
        "show": show if show in SHOWS else "",
    }
    return render(request, "desk/learners.html", context)


@require_safe
@desk
def learner(request, learner):
    learner = learner_to_look_at(request, learner)
    note_look(request.user, Action.LOOKED, learner, learner.home.centre_id)
    return learner_page(request, learner)


def learner_page(request, learner, helper_form=None, status=200):
    centre = next(centre for centre in request.centres if centre.pk == learner.home.centre_id)
    helping = learner.memberships.filter(role="helper", centre=centre).order_by("-started_on", "-pk")[:HELPED_SHOWN]
    today = timezone.localdate()
    context = {
        "section": "desk",
        "tab": "learners",
        "learner": learner,
        "centre": centre,
        "may_change": centre.is_run,
        "code": getattr(learner, "code", None),
        "waits_for_guardian": is_minor(learner) and not guardians_consent(learner),
        "papers": papers_of(learner),
        "courses": lessons_of(learner),
        "phones": phones_of(learner),
        "timeline": timeline(learner, request.GET.get("page")),
        "helping": helping,
        "is_helper": any(role.ended_on is None or role.ended_on >= today for role in helping),
        "helper_form": helper_form or HelperForm(initial={"started_on": today, "ended_on": today + USUALLY}),
    }
    return render(request, "desk/learner.html", context, status=status)


def papers_of(learner):
    """Why the papers of somebody want a new look: their "age", or who allows their "extras"; or nothing."""
    if not Learner.objects.filter(pk=learner.pk).with_papers_to_look_at().exists():
        return ""
    asked = learner.home.age_checked_on or learner.home.since
    return "age" if is_minor(learner) and asked <= timezone.localdate() - YEAR else "extras"


def shown(learners, show):
    """All of them, or those of one of SHOWS: `away` is not to have learned for 14 days and longer."""
    if show == "week":
        return learners.filter(learned_within(WEEK))
    if show == "away":
        return learners.filter(~learned_within(LONG_AGO), date_joined__lt=timezone.now() - LONG_AGO)
    if show == "locked":
        return learners.exclude(code__locked_at=None)
    if show == "no_code":
        return learners.filter(code=None)
    if show == "guardian":
        return learners.waiting_for_guardian()
    if show == "papers":
        return learners.with_papers_to_look_at()
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
