"""What a part of a lesson says as plain lines, and what was changed in them: Thai is written without spaces."""

import re
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from cms.blocks import NAMES

# A syllable's beginning with its marks, a word or a number of another script, or any other single sign.
PIECES = re.compile(r"[เแโใไ]?[ก-ฮ][ะ-ฺ็-๎]*|[0-9๐-๙]+|[A-Za-z]+|\s+|.", re.DOTALL)
SHORT = 3  # pieces that are the same between two changes, but too few to be read by themselves


def lines_of(block):
    """What a block says, line by line, each with the name of its field."""
    return list(_lines(block.value))


def _lines(value, name=""):
    if hasattr(value, "bound_blocks") and hasattr(value, "items"):
        yield from _lines_of_fields(value)
    elif hasattr(value, "bound_blocks"):  # a list
        yield from (line for place, item in enumerate(value, start=1) for line in _lines_of_item(item, place))
    elif isinstance(value, bool):
        yield f"{name}: {_('yes') if value else _('no')}"
    elif value not in (None, ""):
        said = str(value).splitlines() if isinstance(value, str) else [str(value)]
        yield from (f"{name}: {line}" if name else line for line in said if line.strip())


def _lines_of_fields(value):
    for name, field in value.items():
        label = str(NAMES.get(name, name))
        yield from _lines(field, label)


def _lines_of_item(item, place):
    """One choice, pair, row or step on one line."""
    if not hasattr(item, "items"):
        inner = " · ".join(_lines(item)) if hasattr(item, "bound_blocks") else str(item)
        yield f"{place}. {inner}"
        return
    if "left" in item:
        yield f"{place}. {item['left']} – {item['right']}"
        return
    mark = f" ({NAMES['correct']})" if item.get("correct") else ""
    yield f"{place}. {item.get('text', '')}{mark}"
    if why := item.get("explanation"):
        yield f"{place}. {NAMES['explanation']}: {why}"


def changed_lines(old, new):
    """Rows of pieces: [[("same" | "gone" | "new", text), ...], ...] of the lines that are not as they were."""
    rows = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, False).get_opcodes():
        if kind == "equal":
            continue
        both = min(i2 - i1, j2 - j1)
        rows += [changed_words(*pair) for pair in zip(old[i1 : i1 + both], new[j1 : j1 + both], strict=True)]
        rows += [[("gone", line)] for line in old[i1 + both : i2]]
        rows += [[("new", line)] for line in new[j1 + both : j2]]
    return rows


def changed_words(old, new):
    """The pieces of one line: what stayed, what is gone, what is new."""
    before, after = PIECES.findall(old), PIECES.findall(new)
    joined = []
    for kind, i1, i2, j1, j2 in _readable(SequenceMatcher(None, before, after, False).get_opcodes()):
        if kind == "equal":
            joined.append(("same", "".join(before[i1:i2])))
            continue
        joined += [("gone", "".join(before[i1:i2]))] if i2 > i1 else []
        joined += [("new", "".join(after[j1:j2]))] if j2 > j1 else []
    return joined


def _readable(codes):
    """Changes that only a syllable or two keep apart are one change."""
    merged = []
    for place, (kind, i1, i2, j1, j2) in enumerate(codes):
        is_short = kind == "equal" and i2 - i1 < SHORT and 0 < place < len(codes) - 1
        kind = "replace" if is_short else kind
        if merged and kind != "equal" and merged[-1][0] != "equal":
            last = merged.pop()
            merged.append(("replace", last[1], i2, last[3], j2))
        else:
            merged.append((kind, i1, i2, j1, j2))
    return merged
