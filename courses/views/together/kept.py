"""A group's screen for a learner's own phone to keep, or for an open page to have ahead: a group begins there without
a line.

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


def to_begin(course, lesson, is_learner=True, centre=""):
    """What together/_begin.html takes. Who leads is there, if they learn there (`is_learner`). `centre` is a code."""
    group = GroupSession(pk=SESSION, mode=GroupSession.Mode.ALL)
    people = [{"pk": LEADER, "called": _("I who lead")}]
    steps = steps_of(course, lesson)
    all_told = [_told(steps, place, lesson, group, people) for place in range(len(steps))]
    known = {
        "definitions": {step.activity.id: step.activity.definition for step in steps if step.activity},
        "lock": public_lock(),
        "session": str(SESSION),
        "leader": str(LEADER),
        "is_learner": is_learner,
        "begun": ({"lesson": lesson.key} if lesson else {"course": course.key}) | {"led_at": centre},
    }
    here = {"people": people if is_learner else [], "gone": [], "coming": coming(at_centre=False)}
    shown = {"group": group, "told": all_told[0], "all_told": all_told, "who": _who_answered(group, people)}
    more = {"known": known, "is_copy": True, "idle_seconds": settings.SALA_GROUP_IDLE_SECONDS}
    return about(course, lesson) | here | shown | more


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
