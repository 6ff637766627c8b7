"""Joining from one's own phone: six digits that the group's screen shows, and one button."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses.groups import Joined, admit
from courses.models import CoursePage, GroupMember, GroupSession, LessonPage
from courses.readers import reader_of
from lms.accounts import tries
from lms.accounts.codes import pin_code
from lms.accounts.views import please_wait


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request):
    """`?number=` comes from the QR. Only the button joins: chat programs look at addresses before people do."""
    reader = reader_of(request)
    if not reader.is_learner:
        return render(request, "together/join.html", {"state": "nobody"}, status=403)
    if wait := _wait(reader.user):
        return please_wait(request, wait)
    typed = (request.POST if request.method == "POST" else request.GET).get("number", "")
    group = _group(reader, typed) if typed else None
    if typed and group is None:
        tries.note(_tried(reader.user))
        return render(request, "together/join.html", {"state": "number", "is_wrong": True}, status=404)
    if group is None:
        return render(request, "together/join.html", {"state": "number"})
    if request.method == "POST" and "join" in request.POST:
        joined = admit(group, reader.user)
        if joined is Joined.COME_IN:
            tries.forget(_tried(reader.user))
            return redirect("together_joined", group.pk)
        return render(request, "together/join.html", {"state": joined.name}, status=409)
    return render(request, "together/join.html", {"state": "found", "number": typed} | _about(group))


@require_http_methods(["GET", "HEAD"])
@never_cache
def joined(request, session):
    """What a member's phone shows meanwhile."""
    group = get_object_or_404(_mine(request), pk=session)
    here = group.is_open and GroupMember.objects.of(request.user).filter(session=group).present().exists()
    return render(request, "together/joined.html", {"group": group, "is_here": here} | _about(group))


@require_POST
@never_cache
def left(request, session):
    """They go before the others do."""
    group = get_object_or_404(_mine(request), pk=session)
    if group.is_open:
        GroupMember.objects.of(request.user).filter(session=group).present().update(left_at=timezone.now())
    return redirect("together_joined", group.pk)


def _mine(request):
    """The sessions in which this person is or was a member."""
    if not request.user.is_authenticated:
        return GroupSession.objects.none()
    joined = GroupMember.objects.of(request.user).values("session")
    return GroupSession.objects.visible_to(request.user).filter(pk__in=joined).select_related("centre", "facilitator")


def _group(reader, typed):
    """The session at the reader's own centre that has this number now, or None."""
    number = pin_code(typed)
    valid = GroupSession.objects.open().filter(number=number, number_until__gt=timezone.now())
    return number and valid.filter(centre_id=reader.home.centre_id).select_related("centre", "facilitator").first()


def _about(group):
    """What it is about, and whose it is."""
    course = CoursePage.objects.filter(key=group.course).first()
    lesson = group.lesson and LessonPage.objects.filter(key=group.lesson).first()
    return {"group": group, "course": course, "lesson": lesson}


def _tried(user):
    return f"group-number:{user.pk}"


def _wait(user):
    return tries.seconds_to_wait(_tried(user), settings.SALA_CODE_TRIES, settings.SALA_CODE_WINDOW)
