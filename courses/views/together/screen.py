"""The group's screen: one thing at a time, in large letters."""

import time
from uuid import UUID

from django.http import Http404, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courses.activities import State, judged, refused
from courses.grading import Malformed, read_form
from courses.group_shares import finish, latest_answer, shares, who_answered
from courses.group_steps import steps_of
from courses.groups import gone, note, present
from courses.models import GroupSession
from courses.models.group import MOST
from courses.rendering import draw_activity, version_of
from courses.views.answers import event_id
from courses.views.lesson import see_other
from courses.views.together.access import (
    group_page,
    is_at_centre,
    keep_awake,
    leading,
    pages_of,
    session_led,
)
from lms.accounts import thai
from lms.accounts.codes import PICTURES, TAPS


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def together(request, session):
    """Where the group is, and by POST one step on or back; afterwards, who was there and what each takes home."""
    request.group = group = session_led(request, session)
    if not group.is_open:
        if "look" in request.GET:
            raise Http404  # the page that looks by itself is to be asked for anew
        return _over(request, group)
    keep_awake(request, group)
    course, lesson = pages_of(group)
    steps = steps_of(course, lesson)
    if request.method == "POST":
        step = request.POST.get("step", "")
        group.touch(step=min(int(step), len(steps) - 1) if step.isdecimal() and len(step) < 5 else group.step)
        return see_other(reverse("together", args=[group.pk]))
    return screen(request, course, lesson, steps)


def screen(request, course, lesson, steps, shown=None, status=200):
    group = request.group
    people = present(group)
    told = tell(request, lesson, steps, min(group.step, len(steps) - 1), people, shown)
    context = about(course, lesson) | {"told": told, "people": people, "gone": gone(group)}
    context["coming"] = coming(is_at_centre(request))
    return group_page(request, "together/screen.html", context, status=status)


def coming(at_centre):
    """What together/_coming.html takes."""
    keys = {"thai": thai.THAI_KEYS, "english": thai.ENGLISH_KEYS}
    return {"most": MOST, "at_centre": at_centre, "pictures": PICTURES, "dots": [False] * TAPS, "keys": keys}


def about(course, lesson):
    return {"course": course, "lesson": lesson, "activity": None if lesson else course.group_activity}


def tell(request, lesson, steps, place, people, shown=None):
    """One step, as together/_step.html takes it."""
    step, told = steps[place], where(steps, place)
    if step.activity:
        state = shown or _state(request, step.activity)
        told["asked"] = draw_activity(step.activity, state, frame(request, lesson, people, step.activity))
        told["again"] = request.group.mode == GroupSession.Mode.ONE_BY_ONE and state.is_settled
    return told


def where(steps, place):
    last = len(steps) - 1
    told = {"step": steps[place], "place": place, "number": place + 1, "count": last + 1, "is_last": place == last}
    return told | {"before": place - 1, "after": place + 1}


def frame(request, lesson, people, activity):
    """What courses.views.lesson.frame is to a learner's page, for a group."""
    group = request.group
    return {
        "lesson_url": reverse("together", args=[group.pk]),
        "csrf_token": get_token(request),
        "opened": int(time.time()),
        "version": version_of(lesson),
        "mix": 0,
        "is_kept": bool(people),
        "is_preview": False,
        "is_english": get_language() == "en",
        "group": group,
        "people": people,
        "answered": who_answered(group, UUID(activity.id)),
    }


def _state(request, activity):
    """As the group left it: what was said last, by whomever; with `?again=1` as it was before."""
    event = None if "again" in request.GET else latest_answer(request.group, UUID(activity.id))
    try:
        return judged(activity, event.answer) if event else State()
    except Malformed:  # its author has changed it since
        return State()


@require_http_methods(["GET", "HEAD", "POST"])
@leading
def answers(request, activity):
    """Kept for all who are there or, one by one, for the one whose name was touched."""
    group = request.group
    course, lesson = pages_of(group)
    steps = steps_of(course, lesson)
    at, asked = _find(steps, str(activity))
    back = reverse("together", args=[group.pk])
    if request.method != "POST":
        return redirect(back)
    group.touch(step=at)
    state, verdicts = _answer(request, asked)
    status = 422 if state.name == "fix" else 200
    if "X-Fragment" in request.headers:
        drawn = draw_activity(asked, state, frame(request, lesson, present(group), asked))
        return HttpResponse(drawn, status=status, headers={"X-Verdicts": _in_words(verdicts)})
    if status == 200 and present(group):
        return see_other(back)
    return screen(request, course, lesson, steps, shown=state, status=status)


def _in_words(verdicts):
    """`<event>=<status>:<reason>` of each, with commas: for the screen's outbox."""
    return ",".join(f"{each.id}={each.status}:{each.reason}" for each in verdicts)


def _find(steps, activity_id):
    for at, step in enumerate(steps):
        if step.activity and step.activity.id == activity_id:
            return at, step.activity
    raise Http404


def _answer(request, asked):
    """The activity's new state, and what became of each member's event."""
    values = dict(request.POST.lists())
    people = _who(request)
    try:
        answer = read_form(asked.definition, values)
        state = judged(asked, answer)
    except Malformed as problem:
        return refused(values, problem.code), []
    if people is None:
        return refused(values, "nobody_named"), []
    facts = {"base": event_id(request), "activity": UUID(asked.id), "answer": answer}
    verdicts = note(request.group, people, "answered", **facts)
    is_kept = all(each.status != "rejected" for each in verdicts)
    return state if is_kept else refused(values, "not_kept"), verdicts


def _who(request):
    """Those for whom the answer is; None where a name has to be touched first."""
    people = present(request.group)
    if request.group.mode == GroupSession.Mode.ALL or not people:
        return people
    named = [person for person in people if str(person.pk) == request.POST.get("who")]
    return named or None


@require_POST
@leading
def end(request):
    """The group parts. With `finish` it has come to the end of its lesson."""
    group = request.group
    if "finish" in request.POST:
        finish(group)
    group.end()
    request.session.pop("idle_seconds", None)
    return redirect("together", group.pk)


@require_POST
@leading
def touch(request):
    """Somebody is there: `leading` has noted it."""
    return HttpResponse(status=204)


def _over(request, group):
    request.session.pop("idle_seconds", None)
    course, lesson = pages_of(group)
    context = {"group": group, "course": course, "lesson": lesson, "shares": shares(group)}
    return render(request, "together/over.html", context)
