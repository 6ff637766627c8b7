"""เรียนเป็นกลุ่ม: begin on a lesson, or on a course's group activity."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courses.groups import centres_to_lead_at, start
from courses.models import CoursePage, GroupSession, LessonPage
from lms.accounts.ids import uuid_in
from lms.centres.signing_in import device_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request):
    """`?lesson=` or `?course=` (for its group activity) by key; with neither, there is all to choose from."""
    if not request.user.is_authenticated:
        return redirect("home")
    centre = _centre(request)
    courses = CoursePage.objects.offered_at(centre.pk)
    asked = request.POST if request.method == "POST" else request.GET
    lesson = _lesson(uuid_in(asked.get("lesson")))
    course = lesson.get_parent().specific if lesson else _course(courses, uuid_in(asked.get("course")))
    if course is None or not courses.filter(pk=course.pk).exists():
        return _choose(request, centre, courses)
    if request.method == "POST":
        mode = asked.get("mode", "")
        mode = mode if mode in GroupSession.Mode.values else GroupSession.Mode.ALL
        device = device_of(request)
        device = device if device and device.centre_id == centre.pk else None
        session = start(request.user, centre, course, lesson, mode, device)
        return redirect("together_people", session.pk)
    context = {"course": course, "lesson": lesson, "centre": centre, "centres": request.centres}
    return render(request, "together/new.html", context | {"modes": GroupSession.Mode.choices})


def _centre(request):
    request.centres = list(centres_to_lead_at(request.user).order_by("code"))
    asked = request.POST.get("centre") or request.GET.get("centre")
    home = getattr(getattr(request.user, "home", None), "centre_id", None)
    for centre in sorted(request.centres, key=lambda each: each.pk != home):
        if asked in (None, "", centre.code):
            return centre
    raise Http404


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
