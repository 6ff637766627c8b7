"""A lesson's body, drawn once for each revision and language; what differs by reader is filled in later."""

import re
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from django.core.cache import cache
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from courses.activities import State, rows, state_of
from courses.grading import KINDS
from courses.outlines import definition
from courses.sounds import Sound
from lms.accounts.ids import uuid7

KEEP_SECONDS = 3600  # a revision never changes, but the pictures it names may

DRAWN_AS = 2  # raise it when templates/courses/activities change: what is kept outlives a new start

TYPED = ("fill_in", "number", "reflection")
FIELDS_HERE = mark_safe("<!-- fields -->")
FIELDS = """<input type="hidden" name="csrfmiddlewaretoken" value="{}">
<input type="hidden" name="event" value="{}"><input type="hidden" name="opened" value="{}">"""

SAID = '<div class="stack" data-block="{}">{}{}</div>'
SOUND = '<audio controls preload="none" src="{}" data-reads="{}"></audio>'

# Where a line must not end: before ๆ, and between a number and its unit or the noun it counts.
_NO_BREAK = re.compile(" (?=ๆ)|(?<=[0-9๐-๙]) (?=[ก-ฮเ-ไ])")

COMPARED = ("kind", "answers", "unit")
WORDS = ("question", "statement", "title", "instructions", "hint", "unit", "observed_by")


@dataclass(frozen=True, slots=True)
class Activity:
    """What a lesson asks. `words` are for the reader, `definition` is for courses.grading."""

    id: str
    kind: str
    number: int
    words: dict
    definition: dict

    @property
    def waits_for_caretaker(self):
        return self.words.get("observed_by") == "caretaker"


def parts_of(lesson):
    """The live lesson's parts in order: HTML of what it says, and an Activity for each thing it asks."""
    key = f"lesson:{version_of(lesson)}:{get_language()}"
    return cache.get_or_set(key, lambda: draw_parts(lesson), KEEP_SECONDS)


def version_of(lesson):
    """What changes whenever the lesson is published."""
    published = lesson.last_published_at.timestamp() if lesson.last_published_at else ""
    return f"{lesson.pk}:{lesson.live_revision_id}:{published}"


def draw_parts(lesson):
    """The same of any page object, such as an editor's draft, without keeping it."""
    sounds, number = {sound.part: sound for sound in reversed(sounds_of(lesson))}, 0
    parts = [_sound(sounds[None])] if None in sounds else []
    for asks, blocks in groupby(lesson.body, key=lambda block: block.block_type in KINDS):
        if not asks:
            parts.append(mark_safe("\n".join(_said(block, sounds.get(str(block.id))) for block in blocks)))
            continue
        for block in blocks:
            number += 1
            parts += [_sound(sounds[str(block.id)])] if str(block.id) in sounds else []
            parts.append(activity_of(block, number))
    return parts


def draw_each(lesson, frame):
    """{block's id: HTML} of any page object, for who looks at a draft part by part; None is the title, where it is
    read aloud. Nothing is kept.
    """
    sounds, number = {sound.part: sound for sound in reversed(sounds_of(lesson))}, 0
    drawn = {None: _sound(sounds[None])} if None in sounds else {}
    for block in lesson.body:
        key = str(block.id)
        if block.block_type in KINDS:
            number += 1
            read = _sound(sounds[key]) if key in sounds else ""
            drawn[key] = mark_safe(read + draw_activity(activity_of(block, number), State(), frame))
        else:
            drawn[key] = _said(block, sounds.get(key))
    return drawn


def _said(block, sound):
    """A part that says something, where js/listen.js finds it and its recording."""
    html = mark_safe(kept_together(block.render()))
    return format_html(SAID, block.id, html, _sound(sound) if sound else "")


def _sound(sound):
    return format_html(SOUND, sound.url, sound.part or "")


def sounds_of(lesson):
    """The recordings of a lesson's parts, in the order that their author gave them: what must be at hand to hear it."""
    readings = lesson.readings.all().select_related("file") if lesson.pk else lesson.readings.all()
    return [
        Sound(str(reading.block) if reading.block else None, reading.file.file.url, reading.file.file_size or 0)
        for reading in readings
    ]


def activities_in(parts):
    return [part for part in parts if isinstance(part, Activity)]


def draw_lesson(parts, answers, frame, shown=None):
    """The body as HTML. `answers` is of LessonProgress; `shown` holds states that replace what it says, by id."""
    states = {each.id: state_of(each, answers.get(each.id)) for each in activities_in(parts)} | (shown or {})
    keys = {each.id: _key(each, states[each.id], frame) for each in activities_in(parts)}
    kept = cache.get_many([key for key in keys.values() if key])
    drawn, new = [], {}
    for part in parts:
        if isinstance(part, Activity):
            key = keys[part.id]
            html = kept.get(key) or _draw(part, states[part.id], frame)
            if key and key not in kept:
                new[key] = html
            part = _with_fields(html, frame)
        drawn.append(part)
    cache.set_many(new, KEEP_SECONDS)
    return mark_safe("".join(drawn))


def draw_activity(activity, state, frame):
    """One activity's element. `frame` is what all forms of a page share; see courses.views.lesson."""
    return _with_fields(_draw(activity, state, frame), frame)


def draw_example(kind, value):
    """A block's activity for its author, with nothing to send."""
    activity = activity_of(BoundExample(kind, value), 1)
    frame = {"lesson_url": "", "mix": 0, "is_kept": False, "is_preview": True, "is_copy": True}
    return draw_activity(activity, state_of(activity, None), frame | {"is_english": get_language() == "en"})


@dataclass(frozen=True)
class BoundExample:
    """What a block of a lesson has that is of use here."""

    block_type: str
    value: dict
    id: str = "example"


def _key(activity, state, frame):
    """Where the drawn activity may be kept, or None: not a draft, and not what people typed themselves."""
    typed = (activity.kind in TYPED and state.values) or state.check
    if frame["is_preview"] or state.name == "fix" or typed:
        return None
    place = DRAWN_AS, frame["version"], frame["lesson_url"], activity.id
    facts = *place, frame["mix"], frame["is_kept"], get_language(), state
    return f"activity:{sha256(repr(facts).encode()).hexdigest()}"


def _draw(activity, state, frame):
    """The element without the fields that are new each time it is sent."""
    context = {
        "activity": activity,
        "state": state,
        "rows": rows(activity, state, f"{activity.id}:{frame['mix']}"),
        "is_open": not state.is_settled,
        "fields": FIELDS_HERE,
    }
    return get_template(f"courses/activities/{activity.kind}.html").render(frame | context)


def _with_fields(html, frame):
    """The element with the token against forgery, the event that the answer will be, and the time; a copy for a phone
    has none of them.
    """
    if frame.get("is_copy"):
        return mark_safe(html.replace(FIELDS_HERE, ""))
    return mark_safe(html.replace(FIELDS_HERE, format_html(FIELDS, frame["csrf_token"], uuid7(), frame["opened"])))


def activity_of(block, number):
    words = {name: block.value[name] for name in WORDS if name in block.value}
    asked = definition(block.block_type, block.value)
    return Activity(str(block.id), block.block_type, number, _together(words), _together(asked))


def _together(value):
    """The same for every text that is shown in a definition; what is compared with typed words stays as it is."""
    if isinstance(value, dict):
        return {name: part if name in COMPARED else _together(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_together(part) for part in value]
    return kept_together(value) if isinstance(value, str) else value


def kept_together(text):
    """The text or HTML with spaces at which no line ends where none should end."""
    return _NO_BREAK.sub("\u00a0", text)
