"""What the reading process left, looked through again before anything is made of it."""

import re
from dataclasses import dataclass
from pathlib import Path

from courses.authoring.importing import limits
from courses.authoring.importing.media import SIGNS
from courses.authoring.importing.problems import ImportProblem
from courses.blocks import LessonBlock

MEDIA_NAME = re.compile(r"[0-9]{1,5}\.(jpg|png|pdf|docx|xlsx|pptx)")
ALL_SIGNS = {**SIGNS, "jpg": (b"\xff\xd8\xff",), "png": (b"\x89PNG\r\n\x1a\n",)}
OURS = {"heading", "text", "steps", "picture", "table", "document"} | {
    *("single_choice", "multiple_choice", "true_false", "ordering", "matching", "fill_in", "number", "reflection"),
}


@dataclass(frozen=True)
class Parcel:
    """`lessons` are [{"title", "blocks"}]; `media` are paths by the names that blocks have for them."""

    kind: str
    lessons: list
    parts: list
    media: dict


def opened(found, folder):
    """Raises ImportProblem for what our reader would not have written: then it was not our reader any more."""
    try:
        lessons = [_lesson(lesson) for lesson in found["lessons"]]
        media = {name: _file(folder, name) for lesson in lessons for name in _names(lesson)}
        if not 0 < len(lessons) <= limits.LESSONS:
            raise ValueError("lessons")
        return Parcel(str(found["kind"])[:20], lessons, _parts(found["parts"]), media)
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise ImportProblem("broken") from error


def _lesson(lesson):
    blocks = [(block["type"], block["value"]) for block in lesson["blocks"]]
    if not 0 < len(blocks) <= limits.BLOCKS or any(kind not in OURS for kind, _value in blocks):
        raise ValueError("blocks")
    return {"title": str(lesson["title"])[: limits.TITLE] or "…", "blocks": blocks}


def _names(lesson):
    return {value["media"] for kind, value in lesson["blocks"] if kind in ("picture", "document")}


def _file(folder, name):
    path = Path(folder, name)
    if not MEDIA_NAME.fullmatch(name) or path.is_symlink() or path.stat().st_size > limits.MEMBER:
        raise ValueError(name)
    with path.open("rb") as file:
        head = file.read(1024)
    signs = ALL_SIGNS[path.suffix[1:]]
    if not (head.startswith(signs) or (path.suffix == ".pdf" and signs[0] in head)):
        raise ValueError(name)
    return path


def _parts(parts):
    """As `book.Part.as_json` tells them; anything else is no report."""
    names = set(LessonBlock().child_blocks)
    for part in parts:
        if not set(part["took"]) <= names or not all(isinstance(line["code"], str) for line in part["left"]):
            raise ValueError("parts")
    return parts[: limits.PARTS_TOLD + 1]
