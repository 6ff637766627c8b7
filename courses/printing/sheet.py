"""What a lesson's sheet says, and the setting of it. Nothing said is ever read as Typst."""

import logging
import shutil
import tempfile
from pathlib import Path

from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses.grading import KINDS
from courses.paper import answer, question
from courses.printing.pictures import Pictures
from courses.rendering import activity_of, kept_together
from lms.accounts import press
from lms.accounts.templatetags.dates import day

LAYOUT = Path(__file__).with_name("lesson.typ")
BOXES = {"ordering": "wide", "matching": "wide"}  # what is written into them is a number or a letter

log = logging.getLogger(__name__)


def printed(lesson, course, place=""):
    """The PDF. `place` tells which of the course's lessons it is. A picture that cannot be set is left out."""
    with tempfile.TemporaryDirectory(prefix="sala-sheet-") as folder:
        root = Path(folder)
        shutil.copyfile(LAYOUT, root / LAYOUT.name)
        data = as_data(lesson, course, place, Pictures(root))
        try:
            return press.printed(root / LAYOUT.name, data, root)
        except press.PressError:
            log.warning("a lesson's pictures could not be printed: %s", lesson.pk, exc_info=True)
            return press.printed(root / LAYOUT.name, _without_pictures(data), root)


def as_data(lesson, course, place, pictures):
    with translation.override("th"):  # the letters, the answers and the words of courses are Thai
        parts, answers = _parts(lesson, pictures)
    return {
        "language": get_language(),
        "title": clean(lesson.heading),
        "course": clean(course.heading),
        "about": " · ".join(filter(None, [clean(course.heading), place, day(timezone.localdate())])),
        "outcome": clean(lesson.outcome),
        "picture": pictures.of(lesson.picture),
        "picture_alt": clean(lesson.picture_alt),
        "credit": clean(lesson.credited),
        "parts": parts,
        "answers": answers,
        "words": {
            "afterwards": _("Afterwards you can:"),
            "name": _("Name"),
            "answers": _("Answers"),
            "credit": _("Whose knowledge"),
            "tip": _("A good way"),
            "warning": _("Take care"),
            "example": _("For example"),
        },
    }


def clean(text):
    """What can be set: a line end as one sign, and no letter that steers a machine or that is half of one."""
    text = (text or "").replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(letter for letter in text if letter == "\n" or letter.isprintable() or letter == "\xa0")


def _parts(lesson, pictures):
    parts, answers, number = [], [], 0
    for block in lesson.body:
        if block.block_type in KINDS:
            number += 1
            asked = question(activity_of(block, number))
            parts.append({"kind": "question", **_asked(asked)})
            answers.append(_answered(asked))
        elif said := _SAID[block.block_type](block.value, pictures):
            parts.append({"kind": block.block_type} | said)
    return parts, [each for each in answers if each["texts"]]


def _asked(asked):
    words = asked.activity.words
    return {
        "number": asked.activity.number,
        "asks": _together(asked.asks),
        "more": [_together(words[name]) for name in ("instructions", "hint") if words.get(name)],
        "box": BOXES.get(asked.activity.kind, "tick"),
        "rows": [_together(row["text"]) for row in asked.rows],
        "rights": [[letter, _together(text)] for letter, text in asked.rights],
        "lines": len(asked.lines),
        "unit": _together(words.get("unit") or "") if asked.lines else "",
    }


def _answered(asked):
    found = answer(asked)
    return {
        "number": found.number,
        "texts": [_together(text) for text in found.texts],
        "why": [_together(text) for text in found.explanations],
    }


def _together(text):
    return kept_together(clean(str(text)))


def _text(value, pictures):
    return {"text": _together(value)} if value else None


def _steps(value, pictures):
    return {"items": [_together(step) for step in value]}


def _picture(value, pictures):
    file = pictures.of(value["image"])
    caption = _together(value["caption"])
    if not file and not value["alt"]:
        return None
    return {"file": file, "alt": clean(value["alt"]), "caption": caption}


def _table(value, pictures):
    width = len(value["head"])
    rows = [[*map(_together, row), *[""] * width][:width] for row in value["rows"]]
    if not width:
        return None
    return {"caption": _together(value["caption"]), "head": [_together(cell) for cell in value["head"]], "rows": rows}


def _fact(value, pictures):
    told = _("%(owner)s can confirm it; last looked at %(month)s") % {
        "owner": clean(value["owner"]),
        "month": clean(value["checked"]),
    }
    return {"text": _together(value["text"]), "told": told}


def _heard(value, pictures):
    """A recording or a film: on paper only in words."""
    return {"text": _together(value["transcript"])} if value["transcript"] else None


def _document(value, pictures):
    return {"text": _("In Sala there is a paper to this: %(title)s") % {"title": clean(value["title"])}}


_SAID = {
    **dict.fromkeys(("heading", "text", "tip", "warning", "example"), _text),
    "steps": _steps,
    "picture": _picture,
    "table": _table,
    "fact": _fact,
    "audio": _heard,
    "video": _heard,
    "document": _document,
}


def _without_pictures(data):
    parts = [part | {"file": ""} if part["kind"] == "picture" else part for part in data["parts"]]
    return data | {"picture": "", "parts": parts}
