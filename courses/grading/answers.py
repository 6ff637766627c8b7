"""The wire form of an answer to each kind of activity, and what can be wrong with it."""

import re

from courses.grading.numbers import LONGEST_NUMBER, to_decimal
from lms.accounts.thai import normalise

LONGEST_FILL_IN = 200
LONGEST_REFLECTION = 2000

CODES = (
    "unknown_kind",
    "empty",
    "incomplete",  # some items or lefts have no answer yet
    "not_a_choice",
    "not_a_place",  # forms only: the number is not between 1 and the number of items
    "same_place",  # forms only: two items at one place
    "repeated",
    "not_a_number",
    "not_text",
    "too_long",
)

# JSON can carry these, but PostgreSQL's jsonb cannot store them.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


class Malformed(ValueError):
    """An answer that cannot be graded; `code`, one of CODES, says why."""

    def __init__(self, code):
        super().__init__(code)
        self.code = code


def check(activity, answer):
    """Raise Malformed unless the answer has the shape that its kind of activity asks for."""
    kind = activity.get("kind")
    if kind not in KINDS:
        raise Malformed("unknown_kind")
    if answer is None:
        raise Malformed("empty")
    _CHECKS[kind](activity, answer)


def _check_single_choice(activity, answer):
    _check_index(answer, len(activity["choices"]))


def _check_multiple_choice(activity, answer):
    _check_filled_list(answer)
    _check_distinct_indexes(answer, len(activity["choices"]))


def _check_true_false(activity, answer):
    if not isinstance(answer, bool):
        raise Malformed("not_a_choice")


def _check_ordering(activity, answer):
    _check_filled_list(answer)
    _check_distinct_indexes(answer, len(activity["items"]))
    if len(answer) < len(activity["items"]):
        raise Malformed("incomplete")


def _check_matching(activity, answer):
    _check_filled_list(answer)
    pairs = len(activity["pairs"])
    if None in answer or len(answer) < pairs:
        raise Malformed("incomplete")
    if len(answer) > pairs:
        raise Malformed("not_a_choice")
    for right in answer:
        _check_index(right, pairs)


def _check_number(activity, answer):
    if isinstance(answer, str):
        _check_text(answer, LONGEST_NUMBER)
    elif isinstance(answer, int) and abs(answer) >= 10**LONGEST_NUMBER:
        raise Malformed("too_long")
    if to_decimal(answer, activity.get("unit")) is None:
        raise Malformed("not_a_number")


def _check_fill_in(activity, answer):
    _check_text(answer, LONGEST_FILL_IN)


def _check_reflection(activity, answer):
    _check_text(answer, LONGEST_REFLECTION)


def _check_task(activity, answer):
    if not isinstance(answer, list):
        raise Malformed("not_a_choice")
    _check_distinct_indexes(answer, len(activity["checklist"]))


def _check_index(value, count):
    # True is an int to Python, but not a choice.
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < count:
        raise Malformed("not_a_choice")


def _check_distinct_indexes(values, count):
    for value in values:
        _check_index(value, count)
    if len(set(values)) < len(values):
        raise Malformed("repeated")


def _check_filled_list(answer):
    if not isinstance(answer, list):
        raise Malformed("not_a_choice")
    if not answer:
        raise Malformed("empty")


def _check_text(answer, longest):
    if not isinstance(answer, str) or _UNSTORABLE.search(answer):
        raise Malformed("not_text")
    if len(answer) > longest:
        raise Malformed("too_long")
    if not normalise(answer):
        raise Malformed("empty")


_CHECKS = {
    "single_choice": _check_single_choice,
    "multiple_choice": _check_multiple_choice,
    "true_false": _check_true_false,
    "ordering": _check_ordering,
    "matching": _check_matching,
    "number": _check_number,
    "fill_in": _check_fill_in,
    "reflection": _check_reflection,
    "task": _check_task,
}
KINDS = tuple(_CHECKS)
