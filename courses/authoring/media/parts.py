"""The parts of a lesson as whoever reads them aloud sees them."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import mark_safe
from wagtail.documents import get_document_model

from cms.blocks import NAMES
from courses.grading import KINDS

ASKS = ("title", "question", "statement", "instructions")
OFFERS = ("choices",)  # not what is to be put in order: heard in the right one, it would be given away


@dataclass(frozen=True)
class Part:
    """`block` is None for the lesson's title and outcome. What it says is `html`, or `lines` of an activity."""

    block: UUID | None
    kind: str
    sound: object = None  # its recording's document
    html: str = ""
    lines: tuple = ()

    @property
    def name(self):
        """In addresses."""
        return str(self.block) if self.block else "title"


def newest_to_read(lesson):
    """The newest draft without its recordings, and its parts with them: as an object, each asks the database twice."""
    revision = lesson.latest_revision
    if revision is None:
        return lesson, parts_to_read(lesson, {reading.block: reading.file for reading in lesson.readings.all()})
    told = revision.content.get("readings") or []
    revision.content = revision.content | {"readings": []}
    files = get_document_model().objects.in_bulk([reading["file"] for reading in told])
    sounds = {reading["block"] and UUID(reading["block"]): files.get(reading["file"]) for reading in told}
    draft = revision.as_object()
    return draft, parts_to_read(draft, sounds)


def parts_to_read(draft, sounds):
    """All parts of a draft in their order, each with what was recorded of it: {block: document}."""
    title = tuple(line for line in (draft.title, draft.outcome) if line)
    return [
        Part(None, "", sounds.get(None), lines=title),
        *(_part(block, sounds.get(UUID(str(block.id)))) for block in draft.body if block.id),
    ]


def _part(block, sound):
    kind, number = NAMES[block.block_type], UUID(str(block.id))
    if block.block_type not in KINDS:
        return Part(number, kind, sound, html=mark_safe(block.render()))
    return Part(number, kind, sound, lines=tuple(_said(block.value)))


def _said(value):
    yield from (value[name] for name in ASKS if value.get(name))
    for name in OFFERS:
        for each in value.get(name) or ():
            yield each if isinstance(each, str) else each.get("text", "")
