"""Questions of other programs as ours: what fits a kind of ours, and why something does not."""

from decimal import Decimal, InvalidOperation

from courses.authoring.importing import limits
from courses.authoring.importing.letters import one_line, tidy

MOST = {"single_choice": 8, "multiple_choice": 10, "ordering": 8, "matching": 8}


class Unfit(Exception):
    """A question that is none of ours; `code` says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def put(part, make, *arguments):
    """Add the question that `make` gives, or tell why it stayed behind."""
    try:
        kind, value = make(*arguments)
    except Unfit as reason:
        part.left(reason.code, name=one_line(str(arguments[0]))[:60])
        return
    if kind != "reflection" and not _explains(value):
        part.left("explanation")
    part.add(kind, value)


def _explains(value):
    return any(each.get("explanation") for each in [value, *value.get("choices", [])])


def choice(question, choices, several):
    """`choices` are (text, right, explanation)."""
    kind = "multiple_choice" if several else "single_choice"
    made = [
        {"text": _short(text, limits.CHOICE), "correct": bool(right), "explanation": tidy(why)}
        for text, right, why in choices
    ]
    _count(made, kind)
    right = sum(each["correct"] for each in made)
    if not right or (not several and right != 1):
        raise Unfit("question_no_right")
    return kind, {"question": _asked(question), "choices": made}


def true_false(statement, answer, explanation):
    return "true_false", {"statement": _asked(statement), "answer": bool(answer), "explanation": tidy(explanation)}


def ordering(question, items, explanation):
    made = [_short(item, limits.CHOICE) for item in items]
    _count(made, "ordering")
    return "ordering", {"question": _asked(question), "items": made, "explanation": tidy(explanation)}


def matching(question, pairs, explanation):
    made = [[_short(left, limits.CHOICE), _short(right, limits.CHOICE)] for left, right in pairs]
    _count(made, "matching")
    return "matching", {"question": _asked(question), "pairs": made, "explanation": tidy(explanation)}


def fill_in(question, answers, explanation):
    made = list(dict.fromkeys(_short(answer, limits.ANSWER) for answer in answers))
    if not made:
        raise Unfit("question_no_right")
    if any("*" in answer for answer in made):
        raise Unfit("question_pattern")
    return "fill_in", {"question": _asked(question), "answers": made, "explanation": tidy(explanation)}


def number(question, answer, tolerance, unit, explanation):
    value = {"answer": _decimal(answer), "tolerance": abs(_decimal(tolerance or "0"))}
    value = {name: f"{each:f}" for name, each in value.items()}
    unit = one_line(unit)[:40]
    return "number", {"question": _asked(question), **value, "unit": unit, "explanation": tidy(explanation)}


def reflection(question):
    return "reflection", {"question": _asked(question), "hint": ""}


def _asked(question):
    words = tidy(question)
    if not words:
        raise Unfit("question_empty")
    if len(words) > limits.TEXT:
        raise Unfit("question_long")
    return words


def _short(text, most):
    words = one_line(text)
    if not words:
        raise Unfit("question_empty")
    if len(words) > most:
        raise Unfit("question_long")
    return words


def _count(made, kind):
    if not 2 <= len(made) <= MOST[kind]:
        raise Unfit("question_choices")


def _decimal(text):
    """As the block takes it: fourteen figures, four of them behind the point."""
    try:
        value = Decimal(one_line(str(text)).replace(",", "."))
    except InvalidOperation as error:
        raise Unfit("question_number") from error
    if not value.is_finite() or abs(value) >= Decimal(10) ** 10:
        raise Unfit("question_number")
    return value.quantize(Decimal("0.0001")).normalize()
