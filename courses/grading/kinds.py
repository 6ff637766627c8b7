"""Each kind of activity: when an answer is right, and what it earns the learner to read.

An explanation that gives the answer away waits until the answer is right, so that trying again
still means something.
"""

from typing import NamedTuple

from courses.grading.answers import check
from courses.grading.numbers import distance, to_decimal
from lms.accounts.thai import search_text


class Grade(NamedTuple):
    """`correct` and `score` (0 to 1) are None where nothing is right or wrong."""

    correct: bool | None
    score: float | None
    explanations: tuple[str, ...] = ()
    right_places: int | None = None  # how far a wrong ordering or matching got


def grade(activity, answer):
    """Grade an answer in its wire form; Malformed if it cannot be."""
    check(activity, answer)
    return _GRADERS[activity["kind"]](activity, answer)


def _grade_single_choice(activity, answer):
    choice = activity["choices"][answer]
    return _all_or_nothing(choice["correct"], _explanations(choice))


def _grade_multiple_choice(activity, answer):
    """The score is the share of choices rightly taken or rightly left."""
    choices = activity["choices"]
    decided_well = [choice["correct"] == (index in answer) for index, choice in enumerate(choices)]
    # Only what was chosen is explained: the rest would point at the choices that were missed.
    chosen = [choices[index] for index in sorted(answer)]
    return Grade(all(decided_well), sum(decided_well) / len(choices), _explanations(*chosen))


def _grade_true_false(activity, answer):
    return _all_or_nothing(answer == activity["answer"], _explanations(activity))


def _grade_ordering(activity, answer):
    items = activity["items"]
    # Texts, not indexes: items that read the same may change places.
    return _place_by_place(activity, [items[index] for index in answer], items)


def _grade_matching(activity, answer):
    rights = [right for _, right in activity["pairs"]]
    return _place_by_place(activity, [rights[index] for index in answer], rights)


def _grade_number(activity, answer):
    given, expected = to_decimal(answer, activity.get("unit")), to_decimal(activity["answer"])
    close_enough = distance(given, expected) <= to_decimal(activity.get("tolerance") or 0)
    return _all_or_nothing(close_enough, _explanations(activity) if close_enough else ())


def _grade_fill_in(activity, answer):
    accepted = {_spelling(text) for text in activity["answers"]}
    correct = _spelling(answer) in accepted
    return _all_or_nothing(correct, _explanations(activity) if correct else ())


def _grade_nothing(activity, answer):
    return Grade(None, None)


def _all_or_nothing(correct, explanations):
    return Grade(correct, float(correct), explanations)


def _place_by_place(activity, given, expected):
    right = sum(here == there for here, there in zip(given, expected, strict=True))
    if right == len(expected):
        return _all_or_nothing(True, _explanations(activity))
    return Grade(False, right / len(expected), right_places=right)


def _spelling(text):
    return search_text(text).replace(" ", "")


def _explanations(*sources):
    return tuple(source["explanation"] for source in sources if source.get("explanation"))


_GRADERS = {
    "single_choice": _grade_single_choice,
    "multiple_choice": _grade_multiple_choice,
    "true_false": _grade_true_false,
    "ordering": _grade_ordering,
    "matching": _grade_matching,
    "number": _grade_number,
    "fill_in": _grade_fill_in,
    "reflection": _grade_nothing,
    "task": _grade_nothing,
}
