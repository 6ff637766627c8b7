"""What stands between the braces of a question in GIFT: which kind of question it makes, and its answers."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from courses.authoring.bank.gift_text import plain
from courses.authoring.bank.questions import QuestionProblem

WHOLE = Decimal(100)
_ANSWER = re.compile(r"([=~])([^=~]*)")
_WEIGHT = re.compile(r"^\s*%\s*(-?[0-9]{1,3}(?:\.[0-9]{1,6})?)\s*%")
_TRUTH = re.compile(r"^(T|TRUE|F|FALSE)$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,15}(?:[.,][0-9]{0,15})?|[.,][0-9]{1,15})(?:[eE][-+]?[0-9]{1,2})?")
_PLACES = Decimal("0.0001")


@dataclass
class Answer:
    text: str
    feedback: str
    weight: Decimal
    sign: str

    @property
    def is_right(self):
        return self.weight > 0


def read(said, explanation, form):
    """(kind, value without what it asks, notes) of the text between the braces."""
    if not said:
        return "reflection", {"hint": explanation}, []
    if _TRUTH.match(said.partition("#")[0].strip()):
        return _truth(said, explanation, form)
    if said.startswith("#"):
        return _number(said[1:], explanation, form)
    found = _answers(said, form)
    if not found:
        raise QuestionProblem(_("No answers were found in it. Each begins with = or ~."))
    if all(answer.sign == "=" and "->" in answer.text for answer in found):
        return _pairs(found, explanation)
    if all(answer.sign == "=" for answer in found):
        return _words(found, explanation)
    return _choices(found, explanation)


def _answers(said, form):
    return [_answer(sign, text, form) for sign, text in _ANSWER.findall(said)]


def _answer(sign, text, form):
    weight = WHOLE if sign == "=" else Decimal(0)
    if match := _WEIGHT.match(text):
        weight, text = Decimal(match[1]), text[match.end() :]
    words, _sign, feedback = text.partition("#")
    return Answer(plain(words, form)[0], plain(feedback, form)[0], weight, sign)


def _choices(found, explanation):
    right, notes = [answer for answer in found if answer.is_right], []
    if not right:
        raise QuestionProblem(_("None of its answers is right. Mark the right one with = before it."))
    kind = "single_choice" if len(right) == 1 else "multiple_choice"
    if len(right) > 1 and any(answer.sign == "=" for answer in found):
        notes.append(_("Several answers are right: learners are asked to choose all of them."))
    elif any(0 < answer.weight < WHOLE for answer in right) and kind == "single_choice":
        notes.append(_("An answer that was right in part counts as right."))
    choices = [
        {
            "text": answer.text,
            "correct": answer.is_right,
            "explanation": _joined(answer.feedback, explanation if answer.is_right else ""),
        }
        for answer in found
    ]
    return kind, {"choices": choices}, notes


def _truth(said, explanation, form):
    """{T#what to say to who was wrong#what to say to who was right}"""
    truth, *feedback = said.split("#")
    words = [plain(each, form)[0] for each in reversed(feedback[:2])]
    return "true_false", {"answer": truth.strip()[0] in "tT", "explanation": _joined(*words, explanation)}, []


def _words(found, explanation):
    right = [answer for answer in found if answer.weight == WHOLE] or [answer for answer in found if answer.is_right]
    notes = []
    if len(right) < len(found):
        notes.append(_("Answers that were right in part are left out."))
    if any("*" in answer.text for answer in right):
        notes.append(_("A * in an answer stood for any letters; here it is only a star. Look at the answers."))
    told = _joined(*dict.fromkeys(answer.feedback for answer in right), explanation)
    return "fill_in", {"answers": [answer.text for answer in right], "explanation": told}, notes


def _pairs(found, explanation):
    pairs, notes = [], []
    for answer in found:
        left, _sign, right = (part.strip() for part in answer.text.partition("->"))
        if left and right:
            pairs.append({"left": left, "right": right})
        else:
            notes = [_("An answer that goes with nothing is left out.")]
    told = _joined(*dict.fromkeys(answer.feedback for answer in found), explanation)
    return "matching", {"pairs": pairs, "explanation": told}, notes


def _number(said, explanation, form):
    """{#3.14:0.01}, {#3..4}, or several with = and a weight, of which the best is taken."""
    found = _answers(said, form) if "=" in said else [_answer("=", said, form)]
    right = [answer for answer in found if answer.is_right and answer.text]
    if not right:
        raise QuestionProblem(_("There is no number in it that is right."))
    best = max(right, key=lambda answer: answer.weight)  # the first of the best
    answer, tolerance, was_rounded = _range(best.text)
    notes = [_("Other numbers that counted too are left out.")] if len(right) > 1 else []
    if was_rounded:
        notes.append(_("The number has more than four decimals; it was rounded."))
    told = _joined(best.feedback, explanation)
    return "number", {"answer": str(answer), "tolerance": str(tolerance), "explanation": told}, notes


def _range(text):
    """The middle, how far one may be from it, and whether either is other than it was written."""
    if ".." in text:
        low, _sign, high = text.partition("..")
        low, high = sorted((_decimal(low), _decimal(high)))
        exact = (low + high) / 2, (high - low) / 2
    else:
        middle, _sign, tolerance = text.partition(":")
        exact = _decimal(middle), abs(_decimal(tolerance)) if tolerance.strip() else Decimal(0)
    try:
        rounded = tuple(number.quantize(_PLACES).normalize() + 0 for number in exact)
    except InvalidOperation:
        raise _no_number(text) from None
    return *(f"{number:f}" for number in rounded), rounded != exact


def _decimal(text):
    bare = text.strip()
    if not _NUMBER.fullmatch(bare):
        raise _no_number(text)
    return Decimal(bare.replace(",", "."))


def _no_number(text):
    return QuestionProblem(_("“%s” is no number. Write it as 3.14, 3.14:0.01 or 3..4.") % text.strip()[:40])


def _joined(*texts):
    return "\n".join(text for text in texts if text)
