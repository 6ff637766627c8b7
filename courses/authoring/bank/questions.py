"""A question as it is kept: a block of a lesson's body without its place. What is wrong with one, in words."""

import json
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.blocks import NAMES
from courses.grading import KINDS as GRADED
from courses.models import LessonPage
from lms.accounts import thai

ASKS = ("question", "statement", "title")  # the field in which a kind asks
LATER = "explanation"  # may be missing in the bank; before a learner sees the question the studio asks for it


class QuestionProblem(ValueError):
    """What keeps a question from being one; the text is for its author."""


LIKE = {
    "single_choice": gettext_lazy("What is a cost of dried bananas? One answer is right."),
    "multiple_choice": gettext_lazy("What belongs to the costs? Several are right."),
    "true_false": gettext_lazy("Our own work is a cost. True, or not?"),
    "ordering": gettext_lazy("Write down, add up, divide: which comes first?"),
    "matching": gettext_lazy("Banana goes with material, car with transport."),
    "fill_in": gettext_lazy("Money that is put in is called … One word to type."),
    "number": gettext_lazy("40 bags cost 1,200 baht. How much is one?"),
    "reflection": gettext_lazy("What do you sell at home? Nothing is right or wrong."),
    "task": gettext_lazy("Something to do by hand, with a list to tick."),
}


@dataclass
class Found:
    """One question of a file: where it began, what became of it, and what of it was left out or is still to be done.

    Without a `kind` it did not come over, and `problem` says why.
    """

    line: int
    asked: str
    kind: str = ""
    value: dict = field(default_factory=dict)
    title: str = ""
    notes: list = field(default_factory=list)
    problem: str = ""


def blocks():
    """The blocks that ask, by their kind, in the order in which the studio offers them."""
    stream = LessonPage._meta.get_field("body").stream_block.child_blocks
    return {kind: block for kind, block in stream.items() if kind in GRADED}


def kinds():
    return [(kind, NAMES[kind]) for kind in blocks()]


def kinds_with_examples():
    return [(kind, NAMES[kind], LIKE[kind]) for kind in blocks()]


def as_stored(kind, value):
    """A block's value as plain data, as Wagtail keeps it in a stream."""
    return json.loads(json.dumps(blocks()[kind].get_prep_value(value), cls=DjangoJSONEncoder))


def as_block(kind, stored):
    return blocks()[kind].to_python(stored)


def checked(kind, raw):
    """What a file says of a question, as it is kept; and whether its explanation is still to be written.

    Raises QuestionProblem.
    """
    block = blocks()[kind]
    lacks = LATER in block.child_blocks and not str(raw.get(LATER) or "").strip()
    try:
        value = block.clean(block.to_python(raw | {LATER: "…"} if lacks else raw))
    except ValidationError as error:
        raise QuestionProblem(" ".join(dict.fromkeys(messages(error)))) from None
    if lacks:
        value[LATER] = ""
    return as_stored(kind, value), lacks


def messages(error, named=""):
    """Every message in an error of a block, however deep, with the name of its field."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        own = error.messages if isinstance(error, ValidationError) else [str(error)]
        return [f"{named}: {message}" if named else message for message in own]
    pairs = inner.items() if isinstance(inner, dict) else enumerate(inner)
    found = [
        message
        for name, each in pairs
        if each is not None
        for message in messages(each, str(NAMES.get(name, "")) or named)
    ]
    general = getattr(error, "non_block_errors", ())
    return [*(message for each in general for message in messages(ValidationError(each))), *found]


def lacks_explanation(kind, stored):
    return LATER in blocks()[kind].child_blocks and not str(stored.get(LATER) or "").strip()


def asked(stored):
    """What the question asks, as one line."""
    return " ".join(str(next((stored[name] for name in ASKS if stored.get(name)), "")).split())


def words_of(stored):
    """Everything in it that can be looked for."""

    def texts(value):
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            if value.get("type") == "item":  # of a list: its id is no word
                yield from texts(value["value"])
            else:
                for part in value.values():
                    yield from texts(part)
        elif isinstance(value, list):
            for part in value:
                yield from texts(part)

    return thai.search_text(*texts(stored))


def no_text():
    return _("There is nothing to ask in it.")
