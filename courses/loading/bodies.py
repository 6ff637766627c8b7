"""What a file says, in the form in which Wagtail keeps a stream: every block and list item with its id.

An activity keeps the id that the file gives it. Other blocks get one made from what they say, so that
loading the same text twice gives the same stream.
"""

import json
import uuid
from decimal import Decimal

SPACE = uuid.UUID("6f0e3f52-0d0b-4f0e-9a53-8d1c2b7a9f10")


def lesson_body(lesson, media):
    """The stream of a lesson; `media` knows the ids of its pictures and files: see courses.loading.media."""
    kept = media.beside(lesson)
    return [
        {"type": kind, "value": _value(kind, value, block_id, kept), "id": str(block_id)}
        for (kind, value), block_id in zip(lesson.get("body", ()), block_ids(lesson), strict=True)
    ]


def block_ids(lesson):
    """The id of each part: of what asks its own; of another the one the file tells, or made from what it says."""
    said, found = {}, []
    told = lesson.get("block_ids") or [None] * len(lesson.get("body", ()))
    for (kind, value), own in zip(lesson.get("body", ()), told, strict=True):
        if isinstance(value, dict) and "id" in value:
            found.append(value["id"])
            continue
        words = kind + json.dumps(value, default=str)
        said[words] = said.get(words, 0) + 1
        found.append(own or uuid.uuid5(SPACE, f"{lesson['key']} {words} {said[words]}"))
    return found


def readings(lesson, media):
    """The recordings as (id of the part or None, id of the document), in their order."""
    ids, kept = block_ids(lesson), media.beside(lesson)
    return [
        (ids[reading["part"] - 1] if "part" in reading else None, kept.document(reading["file"]))
        for reading in lesson.get("readings", ())
    ]


def outcomes(course):
    stream = []
    for place, words in enumerate(course.get("outcomes", ()), 1):
        block_id = uuid.uuid5(SPACE, f"{course['key']} outcome {place}")
        stream.append({"type": "outcome", "value": words, "id": str(block_id)})
    return stream


def _value(kind, value, block_id, media):
    """Every field that the block has, in its order, as Wagtail itself would store it."""
    if kind in _FIELDS:
        return {field: fill(value, block_id, media) for field, fill in _FIELDS[kind].items()}
    return _items(value, f"{block_id}") if isinstance(value, list) else value


def _items(values, path):
    """A list block's value."""
    return [
        {"type": "item", "value": value, "id": str(uuid.uuid5(SPACE, f"{path} {place}"))}
        for place, value in enumerate(values, 1)
    ]


def _plain(name, default=""):
    return lambda value, block_id, media: value.get(name, default)


def _list(name):
    return lambda value, block_id, media: _items(value[name], f"{block_id} {name}")


def _rows(value, block_id, media):
    rows = [_items(row, f"{block_id} row {place}") for place, row in enumerate(value["rows"], 1)]
    return _items(rows, f"{block_id} rows")


def _choices(value, block_id, media):
    choices = [
        {"text": choice["text"], "correct": choice["correct"], "explanation": choice.get("explanation", "")}
        for choice in value["choices"]
    ]
    return _items(choices, f"{block_id} choices")


def _pairs(value, block_id, media):
    pairs = [{"left": left, "right": right} for left, right in value["pairs"]]
    return _items(pairs, f"{block_id} pairs")


def _number(name):
    return lambda value, block_id, media: f"{Decimal(value.get(name, 0)):f}"


def _image(value, block_id, media):
    return media.image(value)


def _file(name):
    return lambda value, block_id, media: media.document(value[name]) if name in value else None


def _fields(*names, **special):
    return {name: _plain(name) for name in names} | special


_QUESTION = _fields("question")
_EXPLANATION = _fields("explanation")
_FIELDS = {
    "picture": {"image": _image, **_fields("alt", "caption")},
    "audio": {"file": _file("file"), **_fields("transcript")},
    "video": {"file": _file("file"), "captions": _file("captions"), **_fields("transcript")},
    "document": {"file": _file("file"), **_fields("title")},
    "table": {"caption": _plain("caption"), "head": _list("head"), "rows": _rows},
    "fact": _fields("text", "checked", "owner", "recheck"),
    "single_choice": {**_QUESTION, "choices": _choices},
    "multiple_choice": {**_QUESTION, "choices": _choices},
    "true_false": _fields("statement", "answer", "explanation"),
    "ordering": {**_QUESTION, "items": _list("items"), **_EXPLANATION},
    "matching": {**_QUESTION, "pairs": _pairs, **_EXPLANATION},
    "fill_in": {**_QUESTION, "answers": _list("answers"), **_EXPLANATION},
    "number": {
        **_QUESTION,
        "answer": _number("answer"),
        "tolerance": _number("tolerance"),
        **_fields("unit", "explanation"),
    },
    "reflection": _fields("question", "hint"),
    "task": {
        **_fields("title", "instructions"),
        "checklist": _list("checklist"),
        "observed_by": _plain("observed_by"),
    },
}
