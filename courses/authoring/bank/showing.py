"""A question as a learner meets it, for its author."""

from django.middleware.csrf import get_token
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override

from courses.activities import State
from courses.outlines import definition
from courses.rendering import WORDS, Activity, draw_activity
from lms.accounts.ids import uuid7


def drawn(request, kind, value, state=None):
    """HTML of the question, filled in however little. Texts that are still missing are empty."""
    value = {name: value[name] for name in value}
    if kind == "number":
        value |= {name: value[name] or 0 for name in ("answer", "tolerance")}
    words = {name: value[name] or "" for name in WORDS if name in value}
    activity = Activity(str(uuid7()), kind, 1, words, _said(definition(kind, value)))
    frame = {
        "lesson_url": "/",
        "csrf_token": get_token(request),
        "opened": 0,
        "version": "",
        "mix": 0,
        "is_kept": False,
        "is_preview": True,
        "is_copy": True,
        "is_english": get_language() == "en",
    }
    with override("th"):  # as learners have it
        return mark_safe(draw_activity(activity, state or State(), frame))


def _said(value):
    """The same with nothing said where nothing is written yet."""
    if isinstance(value, dict):
        return {name: _said(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_said(part) for part in value]
    return "" if value is None else value
