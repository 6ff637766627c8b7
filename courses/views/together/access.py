"""The group session of a page: only for the one who leads it."""

from functools import wraps

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from courses.groups import centres_to_lead_at, knows_its_people
from courses.models import CoursePage, GroupSession, LessonPage
from lms.centres.outbox import sealed_for
from lms.centres.signing_in import device_of, people_with_codes, place_of


def leading(view):
    """A page of `request.group`, which goes on and counts this request as a touch; else see what became of it."""

    @wraps(view)
    @never_cache
    def opened(request, session, *args, **kwargs):
        group = session_led(request, session)
        if not group.is_open:
            request.session.pop("idle_seconds", None)
            return redirect("together", group.pk)
        keep_awake(request, group)
        request.group = group
        return view(request, *args, **kwargs)

    return opened


def session_led(request, pk):
    """The session if this person leads it and still may; one that was forgotten is closed by looking at it."""
    mine = GroupSession.objects.visible_to(request.user).led_by(request.user).filter(pk=pk)
    mine.close_forgotten()
    group = get_object_or_404(mine.select_related("centre"))
    if not centres_to_lead_at(request.user).filter(pk=group.centre_id).exists():
        raise Http404
    return group


def keep_awake(request, group):
    """A touch, unless the page only looks by itself for who has joined (`?look=1`, see live.js).

    While a group talks nobody touches the machine: its own limit counts, and not that of a lone learner.
    """
    if "look" not in request.GET:
        group.touch()
    if "seen" in request.session:
        request.session["idle_seconds"] = settings.SALA_GROUP_IDLE_SECONDS


def pages_of(group):
    """The course and the lesson (None for a group activity)."""
    course = get_object_or_404(CoursePage.objects.live(), key=group.course)
    return course, group.lesson and get_object_or_404(LessonPage.objects.live(), key=group.lesson)


def group_page(request, template, context=None, status=200):
    """A page of the group, which is looked at for long without a touch."""
    shared = {"group": request.group, "idle_seconds": settings.SALA_GROUP_IDLE_SECONDS} | sealed_for(request)
    return render(request, template, shared | (context or {}), status=status)


def people_offered(request):
    """Whose names may be touched here: those of the centre, on its own machine or before who looks after them."""
    people = people_with_codes(request.group.centre_id)
    return people if is_at_centre(request) else people.none()


def is_at_centre(request):
    device = device_of(request)
    shared = device and not device.owner_id and device.centre_id == request.group.centre_id
    return bool(shared) or knows_its_people(request.user, request.group.centre_id)


def place_of_codes(request):
    """What wrong codes are counted against: the machine, or who leads where there is none."""
    device = device_of(request)
    return place_of(device) if device else f"group:{request.user.pk}"
