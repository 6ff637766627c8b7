"""An answer as somebody else reads it: the words that the learner chose, and not their numbers."""

from django.utils.translation import gettext as _

from courses.grading import Malformed, check


def answer_words(definition, answer):
    """The answer in lines of text. One that fits the question no more is told so."""
    try:
        check(definition, answer)
    except Malformed:
        return [_("An answer to an older form of this question")]
    return _LINES.get(definition["kind"], _typed)(definition, answer)


def _choices(definition, answer):
    chosen = answer if isinstance(answer, list) else [answer]
    return [definition["choices"][index]["text"] for index in chosen]


def _true_false(definition, answer):
    return [_("True") if answer else _("Not true")]


def _ordering(definition, answer):
    return [f"{place}. {definition['items'][item]}" for place, item in enumerate(answer, start=1)]


def _matching(definition, answer):
    pairs = definition["pairs"]
    return [f"{left} – {pairs[right][1]}" for (left, _right), right in zip(pairs, answer, strict=True)]


def _task(definition, answer):
    return [definition["checklist"][index] for index in answer]


def _typed(definition, answer):
    unit = definition.get("unit") or ""
    return [f"{answer} {unit}".strip()]


_LINES = {
    "single_choice": _choices,
    "multiple_choice": _choices,
    "true_false": _true_false,
    "ordering": _ordering,
    "matching": _matching,
    "task": _task,
}
