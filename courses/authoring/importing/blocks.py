"""Making what was found fit the blocks: nothing is cut off; what is too long for its block becomes another."""

import re

from courses.authoring.importing import limits
from courses.authoring.importing.letters import one_line, tidy

QUESTIONS = {
    *("single_choice", "multiple_choice", "true_false", "ordering", "matching", "fill_in", "number", "reflection"),
}
_SENTENCE = re.compile(r"(?<=[.!?…]) |\n| ")


def fitting(kind, value, part):
    """[(type, value)] of the blocks that say it; none for what is empty."""
    return _FIT.get(kind, _as_it_is)(kind, value, part)


def _as_it_is(kind, value, part):
    return [(kind, value)]


def _heading(kind, value, part):
    words = one_line(value)
    if not words:
        return []
    return [("heading", words)] if len(words) <= limits.HEADING else _text(kind, words, part)


def _text(kind, value, part):
    return [("text", piece) for piece in pieces(tidy(value))]


def pieces(text, most=limits.TEXT_COMFORTABLE, hard=limits.TEXT):
    """A long text in parts that a phone shows well: between paragraphs, or where it must be, between words."""
    found, current = [], ""
    for paragraph in (each for whole in text.split("\n\n") for each in _short_enough(whole, hard)):
        if current and len(current) + len(paragraph) + 2 > most:
            found.append(current)
            current = paragraph
        else:
            current = f"{current}\n\n{paragraph}" if current else paragraph
    return [*found, current] if current else found


def _short_enough(text, most):
    while len(text) > most:
        places = [found.end() for found in _SENTENCE.finditer(text, most // 2, most)]
        cut = places[-1] if places else most
        yield text[:cut].strip()
        text = text[cut:].strip()
    if text:
        yield text


def _steps(kind, value, part):
    steps = [step for step in map(one_line, value) if step]
    if len(steps) < 2 or len(steps) > limits.STEPS or any(len(step) > limits.STEP for step in steps):
        return _text(kind, "\n\n".join(steps), part)
    return [("steps", steps)]


def _table(kind, value, part):
    """{"caption", "head", "rows"}: every row as wide as the head."""
    rows = [[one_line(cell) for cell in row] for row in [value["head"], *value["rows"]]]
    width = max(map(len, rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in rows if any(row)]
    if not rows:
        return []
    head, rest = rows[0], rows[1:]
    head_fits = all(len(cell) <= limits.HEAD_CELL for cell in head)
    fits = head_fits and all(len(cell) <= limits.CELL for row in rest for cell in row)
    if not rest or width < 2 or width > limits.COLUMNS or len(rest) > limits.ROWS or not fits:
        part.left("table_as_text")
        return _text(kind, "\n".join(" · ".join(filter(None, row)) for row in rows), part)
    head = [cell or "–" for cell in head]  # the head of a table is never empty
    return [("table", {"caption": one_line(value.get("caption", ""))[: limits.HEAD_CELL], "head": head, "rows": rest})]


def _picture(kind, value, part):
    alt = one_line(value.get("alt", ""))
    if len(alt) > limits.ALT or _SOUNDS_LIKE_A_FILE.fullmatch(alt):
        alt = ""
    if not alt:
        part.left("picture_alt")
    return [("picture", {"media": value["media"], "alt": alt, "caption": one_line(value.get("caption", ""))[:300]})]


_SOUNDS_LIKE_A_FILE = re.compile(r"\S+\.(jpe?g|png|gif|webp|bmp)|(picture|image|รูปภาพ|pic|grafik)\s*\d*", re.I)


def _document(kind, value, part):
    return [("document", {"media": value["media"], "title": one_line(value["title"])[: limits.TITLE] or "…"})]


_FIT = {
    "heading": _heading,
    "text": _text,
    "steps": _steps,
    "table": _table,
    "picture": _picture,
    "document": _document,
}
