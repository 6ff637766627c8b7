"""What an author may still do for their readers: kindly said, and none of it keeps a lesson from being handed in.

What does keep it is in courses.authoring.review.missing.
"""

import re
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path

from django.utils.translation import gettext as _

from cms.blocks import NAMES
from courses.forms import first_words
from courses.grading import KINDS

# Adults read some 240 words a minute silently and 180 aloud (Brysbaert 2019, of English; Thai was not measured so
# widely), older people and those who seldom read fewer: 200. Thai has no spaces between words, so letters are counted.
# The six courses that Sala comes with have 4.1 signs a word (26,829 words, cut by PyThaiNLP's dictionary).
WORDS_A_MINUTE = 200
SIGNS_A_WORD = 4.1
SECONDS = {"picture": 10, "task": 120, "reflection": 60, "audio": 60, "video": 120}
SECONDS_A_QUESTION = 30

LONG_PARAGRAPH = 400  # signs: eight lines on a phone
LONG_STEP = 200
LONG_LESSON = 15  # minutes
FEW_QUESTIONS = 1

HARD_WORDS = Path(__file__).with_name("hard_words.tsv")
_SIGN = re.compile(r"\w|[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


@dataclass(frozen=True)
class Note:
    """Something to look at. `block` is the id of the part that it is about, or empty for the whole lesson."""

    kind: str
    words: str
    block: str = ""


def notes_on(page):
    """All that could be better, in the order of the lesson."""
    found = [note for place, block in enumerate(page.body, start=1) for note in _notes_on_block(place, block)]
    return found + list(_notes_on_whole(page))


def minutes(body):
    """About how long a learner needs, never less than one."""
    signs = sum(len(_SIGN.findall(text)) for block in body for text in texts_in(block.value))
    seconds = signs / SIGNS_A_WORD / WORDS_A_MINUTE * 60
    for block in body:
        asked = SECONDS_A_QUESTION if block.block_type in KINDS else 0
        seconds += SECONDS.get(block.block_type, asked)
    return max(1, ceil(seconds / 60))


def texts_in(value):
    """Every text in a block's value, however deep."""
    if isinstance(value, str):
        yield value
    elif hasattr(value, "items"):
        for part in value.values():
            yield from texts_in(part)
    elif isinstance(value, list | tuple) or hasattr(value, "bound_blocks"):
        for part in value:
            yield from texts_in(part)


def _notes_on_block(place, block):
    kind, value, key = block.block_type, block.value, str(block.id)
    where = {"place": place, "name": NAMES[kind], "words": first_words(value)}
    if kind == "picture" and not value.get("alt"):
        yield Note(
            "alt", _("Part %(place)d, the picture: say what it shows, for those who cannot see it.") % where, key
        )
    if kind == "text" and any(len(paragraph) > LONG_PARAGRAPH for paragraph in value.splitlines()):
        yield Note(
            "long",
            _("Part %(place)d, “%(words)s”: a long paragraph. On a phone it fills the screen; make two of it.") % where,
            key,
        )  # noqa: E501
    if kind == "steps" and any(len(step) > LONG_STEP for step in value):
        yield Note(
            "long",
            _("Part %(place)d, the steps: one of them is long. One thing a step is easier to follow.") % where,
            key,
        )  # noqa: E501
    if _explains_nothing(kind, value):
        yield Note(
            "explanation",
            _("Part %(place)d, “%(words)s”: say why the answer is right. One learns most from that.") % where,
            key,
        )  # noqa: E501
    for hard, plain in _hard_words_in(value):
        yield Note(
            "hard",
            _("Part %(place)d: “%(hard)s” is a hard word. People here say “%(plain)s”.")
            % (where | {"hard": hard, "plain": plain}),
            key,
        )  # noqa: E501


def _explains_nothing(kind, value):
    if kind in ("single_choice", "multiple_choice"):
        return not any(choice.get("explanation") for choice in value["choices"] if choice.get("correct"))
    return "explanation" in value and not value["explanation"] if kind in KINDS else False


def _notes_on_whole(page):
    kinds = [block.block_type for block in page.body]
    if sum(kind in KINDS for kind in kinds) < FEW_QUESTIONS:
        yield Note("question", _("The lesson asks nothing. One or two questions help to remember it."))
    if "picture" not in kinds and "video" not in kinds:
        yield Note("picture", _("There is no picture. A photo from your village says more than many words."))
    if minutes(page.body) > LONG_LESSON:
        yield Note("length", _("It takes long. Two short lessons are finished more often than a long one."))


def _hard_words_in(value):
    said = " ".join(texts_in(value))
    return [(hard, plain) for hard, plain in hard_words() if hard in said]


@cache
def hard_words():
    """[(word, what people say)], of a file that anybody may add to."""
    lines = HARD_WORDS.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
