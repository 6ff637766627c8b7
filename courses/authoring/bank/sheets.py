"""Questions out of a spreadsheet: one in each line, with what is right, what is not, and why."""

import re
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from django.utils.translation import override

from cms.blocks import NAMES
from courses.authoring.bank.questions import Found, QuestionProblem, blocks, checked
from lms.accounts import cells, thai

MOST = 500
LARGEST_MEGABYTES = 2
HEADINGS_WITHIN = 10  # lines: a title may stand above
SEPARATOR = re.compile(r"[|\n]")
PAIR = re.compile(r"\s*(?:=|->|→)\s*")

# Every spelling of a heading that is understood; without spaces, dots and hyphens.
COLUMNS = {
    "kind": ("ชนิด", "ชนิดคำถาม", "แบบ", "kind", "type"),
    "question": ("คำถาม", "โจทย์", "ข้อความ", "question", "statement"),
    "right": ("คำตอบ", "คำตอบที่ถูก", "ข้อถูก", "เฉลย", "answer", "right", "rightanswer"),
    "wrong": ("ตัวเลือกอื่น", "ตัวลวง", "ข้ออื่น", "otherchoices", "wrong", "choices"),
    "why": ("คำอธิบาย", "อธิบาย", "เพราะอะไร", "explanation", "why"),
    "tolerance": ("คลาดเคลื่อนได้", "ต่างได้", "maydifferby", "tolerance"),
    "unit": ("หน่วย", "unit"),
}
KNOWN = {spelling: column for column, spellings in COLUMNS.items() for spelling in spellings}
TRUE = {"จริง", "ถูก", "ใช่", "true", "t", "yes", "1"}
FALSE = {"ไม่จริง", "ไม่ถูก", "ผิด", "ไม่ใช่", "false", "f", "no", "0"}


def _too_many():
    return _("The file has more than %d questions. Send it in several files.") % MOST


def _too_large():
    return _("The file is larger than %d MB. Send the questions alone, without pictures.") % LARGEST_MEGABYTES


QUESTIONS = cells.Kind(
    largest=LARGEST_MEGABYTES * 1024 * 1024,
    most_lines=MOST + HEADINGS_WITHIN,
    longest_cell=5_000,
    lines_in_a_cell=40,
    too_large=_too_large,
    too_many=_too_many,
    swollen=lambda: _("This file unpacks to far more than a list of questions. Send the list alone."),
    renamed=lambda: _("This is not an Excel file, only named like one. Save the list as .xlsx or as CSV."),
    strange=lambda: _("This file holds what no list of questions holds. Copy the list into the template."),
    no_list=lambda: _("This is a picture or a PDF, not a list. Send a CSV or XLSX file."),
)


def read_sheet(data):
    """Each line as Found, good or not, and the notes on the file as a whole. cells.Unreadable if it is no such list."""
    sheets, told = cells.sheets_of(data, QUESTIONS)
    lines, columns, start = _with_headings(sheets)
    found = []
    for number, line in lines[start:]:
        said = {column: cell for column, cell in zip(columns, line, strict=False) if column}
        if not any(said.values()):
            continue
        if len(found) == MOST:
            raise cells.Unreadable(_too_many())
        found.append(_found(number, said))
    if not found:
        raise cells.Unreadable(_("There are headings, but no question below them. Write one in each line."))
    return found, told


def _column(heading):
    return KNOWN.get(re.sub(r"[\s._*:–-]+", "", thai.normalise(heading)).casefold())


def _with_headings(sheets):
    for lines in sheets:
        for place, (_number, line) in enumerate(lines[:HEADINGS_WITHIN]):
            columns = [_column(cell) for cell in line]
            if "question" in columns and "right" in columns:
                first = [column if column not in columns[:at] else None for at, column in enumerate(columns)]
                return lines, first, place + 1
    told = _("No line of headings was found. There must be %(question)s and %(right)s. Use the template.")
    raise cells.Unreadable(told % {"question": "คำถาม", "right": "คำตอบ"})


def _found(number, said):
    found = Found(number, " ".join(said.get("question", "").split()))
    try:
        if not found.asked:
            raise QuestionProblem(_("There is nothing to ask in it."))
        kind = _kind(said)
        found.value, lacks = checked(kind, _READ[kind](said))
        found.kind = kind
        if lacks:
            found.notes.append(_("It has no explanation yet. Write one before learners see it."))
    except QuestionProblem as problem:
        found.problem = str(problem)
    return found


def _kind(said):
    """What is named, or what the answers look like where nothing is."""
    name = _squeezed(said.get("kind", ""))
    if name:
        if name not in _kinds():
            names = ", ".join(label for label, _kind in kind_names())
            raise QuestionProblem(
                _("“%(kind)s” is no kind of question. Known are: %(known)s") % {"kind": name, "known": names}
            )
        return _kinds()[name]
    right = _parts(said.get("right", ""))
    if said.get("wrong"):
        return "single_choice" if len(right) < 2 else "multiple_choice"
    if right and all(len(PAIR.split(part)) == 2 for part in right) and len(right) > 1:
        return "matching"
    if len(right) == 1 and _squeezed(right[0]) in TRUE | FALSE - {"1", "0"}:
        return "true_false"
    if len(right) == 1 and _number(right[0]) is not None:
        return "number"
    return "fill_in" if right else "reflection"


def kind_names():
    """(the name that the template uses, the kind)"""
    with override("th"):
        return [(str(NAMES[kind]), kind) for kind in blocks()]


def _kinds():
    names = {_squeezed(label): kind for label, kind in kind_names()}
    with override("en"):
        names |= {_squeezed(str(NAMES[kind])): kind for kind in blocks()}
    return names | {_squeezed(kind): kind for kind in blocks()}


def _squeezed(text):
    return re.sub(r"[\s_-]+", "", thai.normalise(text)).casefold()


def _parts(text):
    return [part.strip() for part in SEPARATOR.split(text) if part.strip()]


def _choices(said):
    right, wrong = _parts(said.get("right", "")), _parts(said.get("wrong", ""))
    why = said.get("why", "")
    rows = [{"text": text, "correct": True, "explanation": why} for text in right]
    rows += [{"text": text, "correct": False, "explanation": ""} for text in wrong if text not in right]
    # The right ones would always come first: one takes the place that its question gives it.
    turn = sum(map(ord, said["question"])) % len(rows) if rows else 0
    return {"question": said["question"], "choices": rows[turn:] + rows[:turn]}


def _true_false(said):
    answer = _squeezed(said.get("right", ""))
    if answer not in TRUE | FALSE:
        raise QuestionProblem(_("The answer must be %(true)s or %(false)s.") % {"true": "จริง", "false": "ไม่จริง"})
    return {"statement": said["question"], "answer": answer in TRUE, "explanation": said.get("why", "")}


def _ordering(said):
    return {"question": said["question"], "items": _parts(said.get("right", "")), "explanation": said.get("why", "")}


def _matching(said):
    pairs = [PAIR.split(part, maxsplit=1) for part in _parts(said.get("right", ""))]
    if any(len(pair) != 2 for pair in pairs):
        raise QuestionProblem(_("Write each pair as %s, with | between pairs.") % "กล้วย = ผลไม้")
    rows = [{"left": left, "right": right} for left, right in pairs]
    return {"question": said["question"], "pairs": rows, "explanation": said.get("why", "")}


def _fill_in(said):
    return {"question": said["question"], "answers": _parts(said.get("right", "")), "explanation": said.get("why", "")}


def _number_question(said):
    answer, tolerance = _number(said.get("right", "")), _number(said.get("tolerance", "") or "0")
    if answer is None or tolerance is None:
        raise QuestionProblem(_("The answer must be a number, such as 30 or 12.5."))
    return {
        "question": said["question"],
        "answer": f"{answer:f}",
        "tolerance": f"{abs(tolerance):f}",
        "unit": said.get("unit", ""),
        "explanation": said.get("why", ""),
    }


def _number(text):
    bare = thai.to_arabic_digits(text).replace(",", "").strip()
    if len(bare) > 40 or not re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def _reflection(said):
    return {"question": said["question"], "hint": said.get("why", "")}


def _task(said):
    return {
        "title": said["question"],
        "instructions": said.get("why", "") or said["question"],
        "checklist": _parts(said.get("right", "")),
        "observed_by": "caretaker",
    }


_READ = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "ordering": _ordering,
    "matching": _matching,
    "fill_in": _fill_in,
    "number": _number_question,
    "reflection": _reflection,
    "task": _task,
}
