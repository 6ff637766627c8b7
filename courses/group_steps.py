"""A lesson, or a course's group activity, one thing at a time for a screen that is read from far away."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.grading import KINDS
from courses.rendering import KEEP_SECONDS, Activity, activities_in, kept_together, parts_of, version_of

LETTERS = 300  # as many are read on one screen from the back of a room
ALONE = {"audio": "listen", "video": "listen", "picture": "look", "table": "look", "steps": "do", "example": "read"}
CHOOSING = {"single_choice", "multiple_choice", "true_false"}


@dataclass(frozen=True)
class Step:
    """One screen: HTML to read, or an activity to answer."""

    kind: str
    html: str = ""
    activity: Activity | None = None

    @property
    def card(self):
        """What the one who leads says and does."""
        return CARDS[self.kind]


# (what to say, what to do)
CARDS = {
    "open": (
        _("Today we learn this together. Nobody has to know it beforehand."),
        _("Let everybody say their name. Ask who has met this before."),
    ),
    "read": (
        _("Who would like to read this out for us?"),
        _("Let one read aloud. Then ask: is it so at our place too?"),
    ),
    "listen": (
        _("Let us listen first, and talk afterwards."),
        _("Play it to the end. Play it again if somebody asks."),
    ),
    "look": (
        _("What do you see here?"),
        _("Wait until two people have said something. Then go on."),
    ),
    "do": (
        _("Let us do this step by step. We wait for each other."),
        _("Do each step together. Who is quicker helps their neighbour."),
    ),
    "choose": (
        _("What do you think, and why?"),
        _("Let everybody point at an answer first. Press only when you have talked about it."),
    ),
    "sort": (
        _("What comes first? What belongs together?"),
        _("Ask one after the other for the next one. All may disagree."),
    ),
    "count": (
        _("Let us work it out together."),
        _("Let them write on paper first. Compare, then type what the group agrees on."),
    ),
    "think": (
        _("There is no right or wrong here. How is it with you?"),
        _("Let each say one thing. Write down what the group wants to keep."),
    ),
    "task": (
        _("Now we do it with our own hands."),
        _("Tick only what has really been done. Show it to the caretaker when all is done."),
    ),
    "together": (
        _("Let me read this step. Then we do it together."),
        _("Read it slowly, twice. Go on when everybody has done it."),
    ),
    "close": (
        _("What do you take home from today?"),
        _("Let each say one thing. Then press the button below, so that it is kept for everybody."),
    ),
}
ASKING = {
    **dict.fromkeys(CHOOSING, "choose"),
    **dict.fromkeys(("ordering", "matching"), "sort"),
    **dict.fromkeys(("number", "fill_in"), "count"),
    "reflection": "think",
    "task": "task",
}


def steps_of(course, lesson):
    """From the opening to the close."""
    middle = _of_lesson(lesson) if lesson else _of_activity(course.group_activity or {})
    return [Step("open"), *middle, Step("close")]


def _of_activity(group):
    steps = group.get("steps", ())
    return [Step("together", html=format_html("<p>{}</p>", kept_together(text))) for text in steps]


def _of_lesson(lesson):
    """Drawn once for each revision and language, as the lesson's page is."""
    key = f"group-steps:{version_of(lesson)}:{get_language()}"
    return cache.get_or_set(key, lambda: _drawn(lesson), KEEP_SECONDS)


def _drawn(lesson):
    asked = {activity.id: activity for activity in activities_in(parts_of(lesson))}
    steps, kind, told = [], "read", []

    def turn():
        nonlocal kind
        if told:
            steps.append(Step(kind, html=mark_safe(kept_together("\n".join(told)))))
        told.clear()
        kind = "read"

    for block in lesson.body:
        if block.block_type in KINDS:
            turn()
            steps.append(Step(ASKING[block.block_type], activity=asked[str(block.id)]))
            continue
        html = block.render()
        alone = ALONE.get(block.block_type)
        only_heading = len(told) == 1 and told[0].lstrip().startswith("<h")
        if block.block_type == "heading" or (told and not only_heading and (alone or _is_full(told, html))):
            turn()
        kind = alone or kind
        told.append(html)
        if alone:
            turn()
    turn()
    return steps


def _is_full(told, html):
    return len(strip_tags("".join(told))) + len(strip_tags(html)) > LETTERS
