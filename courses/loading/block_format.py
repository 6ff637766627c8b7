"""The fields of each block of a lesson. courses/content/README.md says it in words.

Lengths and counts come from the blocks, so that a file asks for no more than they hold.
"""

from django.utils.translation import gettext as _

from courses.blocks import LessonBlock
from courses.loading import shapes
from courses.loading.shapes import decimal, file_name, flag, list_of, mapping, month, one_of, slug, text, uuid
from courses.models import LessonPage

_BLOCKS = LessonBlock().child_blocks


def _words(*path, **options):
    """Text as long as a block's field takes."""
    block = _block(*path)
    return text(block.field.max_length, required=block.required, **options)


def _list(*path):
    """A list as long as a block takes, of its texts."""
    block = _block(*path)
    return list_of(text(block.child_block.field.max_length), *_counts(block))


def _block(name, *inner):
    block = _BLOCKS[name]
    for part in inner:
        block = block.child_block if part == "*" else block.child_blocks[part]
    return block


def _counts(block):
    return block.meta.min_num or 1, block.meta.max_num


def _with_id(fields, optional=None, check=None):
    return mapping({"id": uuid} | fields, optional, check)


def _row_widths(entry, field, report):
    for place, row in enumerate(entry["rows"], 1):
        if len(row) != len(entry["head"]):
            cells = {"cells": len(entry["head"]), "found": len(row)}
            message = shapes.expected(_("%(cells)d cells as in the head, found %(found)d") % cells)
            report(entry["rows"].lines[place - 1], f"{field}.rows[{place}]", message)


def _one_right(entry, field, report):
    right = sum(choice["correct"] for choice in entry["choices"])
    if right != 1:
        message = shapes.expected(_("exactly one right choice, found %(found)d") % {"found": right})
        report(entry.lines["choices"], f"{field}.choices", message)


def _some_right(entry, field, report):
    if not any(choice["correct"] for choice in entry["choices"]):
        report(entry.lines["choices"], f"{field}.choices", shapes.expected(_("at least one right choice")))


def _drawing_or_file(entry, field, report):
    if "picture" not in entry and "file" not in entry:
        report(entry.line, f"{field}.picture", _("is missing"))
    elif "picture" in entry and "file" in entry:
        report(entry.lines["file"], f"{field}.file", _("either a picture's name or a file, not both"))


def picture(alt, **more):
    """A drawing of ours by its name, or a photograph that comes along as a file."""
    return mapping({"alt": alt}, {"picture": slug(100), "file": file_name} | more, _drawing_or_file)


def _choices(kind):
    choice = mapping(
        {"text": _words(kind, "choices", "*", "text"), "correct": flag}, {"explanation": text(required=False)}
    )
    return list_of(choice, *_counts(_block(kind, "choices")))


def _pair(node, field, report):
    longest = _block("matching", "pairs", "*", "left").field.max_length
    return list_of(text(longest), 2, 2)(node, field, report)


COVER = picture(text(LessonPage._meta.get_field("picture_alt").max_length))

BLOCKS = {
    **{name: _words(name) for name in ("heading", "text", "tip", "warning", "example")},
    "steps": _list("steps"),
    "picture": picture(_words("picture", "alt"), caption=_words("picture", "caption")),
    "audio": mapping({"file": file_name, "transcript": text()}),
    "video": mapping({"file": file_name, "transcript": text()}, {"captions": file_name}),
    "document": mapping({"file": file_name, "title": _words("document", "title")}),
    "table": mapping(
        {
            "head": _list("table", "head"),
            "rows": list_of(list_of(_words("table", "rows", "*", "*"))),
        },
        {"caption": _words("table", "caption")},
        _row_widths,
    ),
    "fact": mapping(
        {"text": text(), "checked": month, "owner": _words("fact", "owner"), "recheck": flag},
    ),
    "single_choice": _with_id({"question": text(), "choices": _choices("single_choice")}, check=_one_right),
    "multiple_choice": _with_id({"question": text(), "choices": _choices("multiple_choice")}, check=_some_right),
    "true_false": _with_id({"statement": text(), "answer": flag, "explanation": text()}),
    "ordering": _with_id({"question": text(), "items": _list("ordering", "items"), "explanation": text()}),
    "matching": _with_id(
        {"question": text(), "pairs": list_of(_pair, *_counts(_block("matching", "pairs"))), "explanation": text()}
    ),
    "fill_in": _with_id({"question": text(), "answers": _list("fill_in", "answers"), "explanation": text()}),
    "number": _with_id(
        {"question": text(), "answer": decimal(14, 4), "explanation": text()},
        {"tolerance": decimal(14, 4, low=0), "unit": _words("number", "unit")},
    ),
    "reflection": _with_id({"question": text()}, {"hint": text(required=False)}),
    "task": _with_id(
        {
            "title": _words("task", "title"),
            "instructions": text(),
            "checklist": _list("task", "checklist"),
            "observed_by": one_of(["caretaker", "self"]),
        }
    ),
}


def body_block(node, field, report):
    """A mapping with one key, as (kind, value)."""
    kinds = list(node.value) if isinstance(node.value, dict) else []
    if len(kinds) != 1:
        message = shapes.expected(_("a mapping with one key, the kind of the block"))
        return report(node.line, field, message)
    kind, child = kinds[0], node.value[kinds[0]]
    if kind not in BLOCKS:
        known = {"known": ", ".join(BLOCKS)}
        return report(child.line, f"{field}.{kind}", _("is not known here; known are %(known)s") % known)
    return kind, BLOCKS[kind](child, f"{field}.{kind}", report)
