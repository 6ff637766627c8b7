"""From the fields of an HTML form to the wire form of an answer."""

import re

from courses.grading.answers import KINDS, Malformed, check
from lms.accounts.thai import normalise, search_text

_TRUE_OR_FALSE = {"true": True, "false": False, "": None}


def read_form(activity, values):
    """The answer in `values` (a QueryDict's lists), ready for `grade`; Malformed if there is none."""
    if activity.get("kind") not in KINDS:
        raise Malformed("unknown_kind")
    answer = _READERS[activity["kind"]](activity, values)
    check(activity, answer)
    return answer


def _read_single_choice(activity, values):
    return _integer(_last(values, "answer"))


def _read_multiple_choice(activity, values):
    return _integers(values.get("answer", []))


def _read_true_false(activity, values):
    try:
        return _TRUE_OR_FALSE[_last(values, "answer")]
    except KeyError:
        raise Malformed("not_a_choice") from None


def _read_ordering(activity, values):
    """People number the items from 1; the wire form lists the items in that order."""
    count = len(activity["items"])
    places = [_integer(_last(values, f"place-{index}"), "not_a_place") for index in range(count)]
    if None in places:
        raise Malformed("incomplete" if _any_given(places) else "empty")
    if not all(1 <= place <= count for place in places):
        raise Malformed("not_a_place")
    if len(set(places)) < count:
        raise Malformed("same_place")
    return sorted(range(count), key=lambda index: places[index])


def _read_matching(activity, values):
    lefts = range(len(activity["pairs"]))
    rights = [_integer(_last(values, f"match-{left}")) for left in lefts]
    return rights if _any_given(rights) else []


def _read_line(activity, values):
    return _last(values, "answer")


def _read_reflection(activity, values):
    """Line breaks are the learner's own, and browsers send each as two characters."""
    lines = _raw(values, "answer").splitlines()
    return "\n".join(normalise(line) for line in lines).strip()


def _read_task(activity, values):
    return _integers(values.get("done", []))


def _last(values, name):
    return normalise(_raw(values, name))


def _raw(values, name):
    """The last value wins, as in QueryDict.get."""
    return (values.get(name) or [""])[-1]


def _integers(texts):
    return [number for text in texts if (number := _integer(normalise(text))) is not None]


def _any_given(numbers):
    return any(number is not None for number in numbers)


def _integer(text, otherwise="not_a_choice"):
    """None for an empty field."""
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,4}", digits := search_text(text)):
        raise Malformed(otherwise)
    return int(digits)


_READERS = {
    "single_choice": _read_single_choice,
    "multiple_choice": _read_multiple_choice,
    "true_false": _read_true_false,
    "ordering": _read_ordering,
    "matching": _read_matching,
    "number": _read_line,
    "fill_in": _read_line,
    "reflection": _read_reflection,
    "task": _read_task,
}
