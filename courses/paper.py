"""A lesson on paper: what it asks to be written or ticked, and the answers for its last page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses.activities import State, rows
from courses.rendering import Activity

LETTERS = "กขคงจฉชซฌญฎฏ"  # name the right sides of pairs; more than a block may have
LINES = {"reflection": 4, "fill_in": 1, "number": 1}


@dataclass(frozen=True)
class Question:
    """An activity as it is printed: rows to tick or number, or lines to write on."""

    activity: Activity
    rows: list
    rights: list  # of pairs: (letter, text), shuffled
    lines: range

    @property
    def asks(self):
        words = self.activity.words
        return words.get("question") or words.get("statement") or words.get("title", "")


@dataclass(frozen=True)
class Answer:
    number: int
    texts: list
    explanations: list


def on_paper(parts):
    """The parts with a Question for each Activity; and the Answers of those that have one."""
    printed = [question(part) if isinstance(part, Activity) else part for part in parts]
    answers = [answer(part) for part in printed if isinstance(part, Question)]
    return printed, [each for each in answers if each.texts]


def question(activity):
    """The same for everybody, so that a group may compare its sheets."""
    shown = rows(activity, State(), f"{activity.id}:paper")
    rights = shown[0]["options"] if activity.kind == "matching" else []
    lettered = [(LETTERS[place], option["text"]) for place, option in enumerate(rights)]
    return Question(activity, shown, lettered, range(LINES.get(activity.kind, 0)))


def answer(question):
    asked, found = question.activity.definition, _ANSWERS.get(question.activity.kind)
    texts, explanations = found(asked, question) if found else ([], [])
    return Answer(question.activity.number, texts, [text for text in explanations if text])


def _of_choices(asked, question):
    right = [choice for choice in asked["choices"] if choice["correct"]]
    return [choice["text"] for choice in right], [choice["explanation"] for choice in right]


def _of_statement(asked, question):
    return [_("True") if asked["answer"] else _("Not true")], [asked["explanation"]]


def _of_order(asked, question):
    return [f"{place}. {item}" for place, item in enumerate(asked["items"], start=1)], [asked["explanation"]]


def _of_pairs(asked, question):
    letters = {text: letter for letter, text in question.rights}
    return [f"{left}: {letters[right]}. {right}" for left, right in asked["pairs"]], [asked["explanation"]]


def _of_words(asked, question):
    return [" / ".join(asked["answers"])], [asked["explanation"]]


def _of_number(asked, question):
    number = f"{asked['answer']:,.4f}".rstrip("0").rstrip(".")
    return [f"{number} {asked['unit'] or ''}".strip()], [asked["explanation"]]


_ANSWERS = {
    "single_choice": _of_choices,
    "multiple_choice": _of_choices,
    "true_false": _of_statement,
    "ordering": _of_order,
    "matching": _of_pairs,
    "fill_in": _of_words,
    "number": _of_number,
}
