"""A group's screen for a learner's own phone to keep, so that a group can begin there without a line.

Nobody is in it: where the session's id and the leader's belong there are stand-ins, which js/together/begin.js fills.
"""

from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.activities import State
from courses.group_lock import public_lock
from courses.group_steps import steps_of
from courses.models import GroupSession
from courses.rendering import draw_activity, version_of
from courses.views.together.screen import about, coming, where

SESSION, LEADER = UUID(int=1), UUID(int=2)  # the stand-ins


def to_begin(course, lesson):
    """What together/begin.html takes."""
    group = GroupSession(pk=SESSION, mode=GroupSession.Mode.ALL)
    people = [{"pk": LEADER, "called": _("I who lead")}]
    steps = steps_of(course, lesson)
    all_told = [_told(steps, place, lesson, group, people) for place in range(len(steps))]
    shared = about(course, lesson) | {"group": group, "is_copy": True}
    known = {
        "definitions": {step.activity.id: step.activity.definition for step in steps if step.activity},
        "lock": public_lock(),
        "session": str(SESSION),
        "leader": str(LEADER),
    }
    more = {"all_told": all_told, "who": _who_answered(group, people)}
    more |= {"told": all_told[0], "people": people, "gone": [], "coming": coming(at_centre=False), "known": known}
    return shared | more | {"idle_seconds": settings.SALA_GROUP_IDLE_SECONDS}


def _told(steps, place, lesson, group, people):
    told = where(steps, place)
    if activity := steps[place].activity:
        told["asked"] = draw_activity(activity, State(), _frame(lesson, group, people))
    return told


def _who_answered(group, people):
    """The buttons of a group that answers one by one."""
    one_by_one = GroupSession(pk=group.pk, mode=GroupSession.Mode.ONE_BY_ONE)
    return render_to_string("together/_who.html", {"group": one_by_one, "people": people, "answered": set()})


def _frame(lesson, group, people):
    """What courses.views.together.screen.frame is with a line. Nobody's token."""
    return {
        "lesson_url": reverse("together", args=[group.pk]),
        "csrf_token": "",
        "opened": "",
        "version": version_of(lesson),
        "mix": 0,
        "is_kept": True,
        "is_preview": False,
        "is_copy": True,
        "is_english": get_language() == "en",
        "group": group,
        "people": people,
        "answered": set(),
    }
