"""เรียนเป็นกลุ่ม: begin on a lesson, or on a course's group activity."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.groups import centres_to_lead_at, may_lead, start
from courses.models import CoursePage, GroupSession, LessonPage
from lms.accounts.ids import uuid_in
from lms.centres.outbox import sealed_for
from lms.centres.signing_in import device_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request):
    """`?lesson=` or `?course=` (for its group activity) by key; with neither, there is all to choose from."""
    if not request.user.is_authenticated:
        return redirect("home")
    centre = centre_asked(request)
    course, lesson = what_is_asked(request, centre)
    if course is None:
        return _choose(request, centre, CoursePage.objects.offered_at(centre.pk))
    if request.method == "POST":
        mode = request.POST.get("mode", "")
        mode = mode if mode in GroupSession.Mode.values else GroupSession.Mode.ALL
        device = device_of(request)
        device = device if device and device.centre_id == centre.pk else None
        session = start(request.user, centre, course, lesson, mode, device)
        return redirect("together_people", session.pk)
    context = {"course": course, "lesson": lesson, "centre": centre, "centres": request.centres}
    context |= {"modes": GroupSession.Mode.choices, "ahead": ahead_of(request, centre, course, lesson)}
    context |= sealed_for(request)  # what waits of a group that this person led is sent from here too
    return render(request, "together/new.html", context)


def ahead_of(request, centre, course, lesson):
    """Where this page fetches ahead what a group needs to begin on it without a line; nothing on an own phone."""
    if sealed_for(request)["outbox"]["own_phone"]:  # kept pages do it there
        return ""
    return reverse("together_ahead", query=_named(course, lesson) | {"centre": centre.code})


def ahead_at_home(request, reader, course, lesson=None):
    """The same on the page of a course or a lesson, from which a group begins where one learns, or leads first."""
    if not may_lead(reader) or sealed_for(request)["outbox"]["own_phone"]:
        return ""
    return reverse("together_ahead", query=_named(course, lesson))


def _named(course, lesson):
    return {"lesson": lesson.key} if lesson else {"course": course.key}


def centre_asked(request):
    """The one that is named among those where they lead, or the first of these, their home before all; else 404."""
    request.centres = list(centres_to_lead_at(request.user).order_by("code"))
    asked = request.POST.get("centre") or request.GET.get("centre")
    home = getattr(getattr(request.user, "home", None), "centre_id", None)
    for centre in sorted(request.centres, key=lambda each: each.pk != home):
        if asked in (None, "", centre.code):
            return centre
    raise Http404


def what_is_asked(request, centre):
    """The course and the lesson (None for the course's group activity); neither where it is not offered there."""
    courses = CoursePage.objects.offered_at(centre.pk)
    asked = request.POST if request.method == "POST" else request.GET
    lesson = _lesson(uuid_in(asked.get("lesson")))
    course = lesson.get_parent().specific if lesson else _course(courses, uuid_in(asked.get("course")))
    return (course, lesson) if course and courses.filter(pk=course.pk).exists() else (None, None)


def _lesson(key):
    return key and LessonPage.objects.live().filter(key=key).first()


def _course(courses, key):
    found = key and courses.filter(key=key).first()
    return found if found and found.group_activity else None


def _choose(request, centre, courses):
    if "lesson" in request.GET or "course" in request.GET:
        messages.info(request, _("That is not offered here. Choose from these."))
    shelves = [(course, list(course.lessons().defer("body"))) for course in courses.order_by("topic__position", "path")]
    context = {"shelves": shelves, "centre": centre, "centres": request.centres}
    return render(request, "together/choose.html", context)
