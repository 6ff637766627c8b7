"""Questions out of GIFT, the text format of Moodle: https://docs.moodle.org/en/GIFT_format, read by our own parser.

What is unlike our questions is changed as little as can be, and told; nothing in a file can make reading fail.
"""

import re

from django.utils.translation import gettext as _

from courses.authoring.bank import gift_answers as answers
from courses.authoring.bank.gift_text import form_of, hidden, paragraphs, plain
from courses.authoring.bank.questions import Found, QuestionProblem, checked

MOST = 1_000
BLANK = "_____"
_TITLE = re.compile(r"^\s*::(.*?)::", re.DOTALL)
_GENERAL = re.compile(r"####(.*)\Z", re.DOTALL)


def read_gift(text):
    """Each question of a text as Found, good or not, in its order; and the notes on the text as a whole."""
    found, told = [], []
    for line, words in paragraphs(text.removeprefix("\ufeff")):
        for start, part in _without_categories(line, words):
            if len(found) == MOST:
                return found, [_("Only the first %d questions were read. Send the others in another file.") % MOST]
            found.append(_question(start, part))
    return found, told


def _without_categories(line, words):
    """A line with $CATEGORY says where Moodle keeps what follows: we keep all of a centre's questions together."""
    lines = words.split("\n")
    while lines and lines[0].lstrip().startswith("$"):
        lines, line = lines[1:], line + 1
    if any(each.strip() for each in lines):
        yield line, "\n".join(lines)


def _question(line, words):
    words, found = hidden(words), Found(line, "")
    if title := _TITLE.match(words):
        found.title, words = plain(title[1])[0][:200], words[title.end() :]
    try:
        _fill(found, words)
    except QuestionProblem as problem:
        found.kind, found.value, found.problem = "", {}, str(problem)
    found.asked = found.asked or found.title or plain(words)[0][:200]
    return found


def _fill(found, words):
    before, brace, rest = words.partition("{")
    said, closed, after = rest.partition("}")
    form = form_of(before)
    if not brace:
        raise QuestionProblem(_("These are words without a question. Write them into the lesson as text."))
    if not closed:
        raise QuestionProblem(_("The sign } is missing after the answers."))
    if "{" in said or "{" in after:
        raise QuestionProblem(_("There are two lists of answers in it. Leave an empty line between two questions."))
    asked, left_out = plain(before, form)
    tail, left_out_there = plain(after, form)
    found.asked = f"{asked} {BLANK} {tail}".strip() if tail else asked
    if left_out or left_out_there:
        found.notes.append(_("A picture or a sound stayed behind. Put it into the lesson above the question."))
    if not found.asked:
        raise QuestionProblem(_("There is nothing to ask in it."))
    general = _GENERAL.search(said)
    explanation = plain(general[1], form)[0] if general else ""
    kind, raw, notes = answers.read(_GENERAL.sub("", said).strip(), explanation, form)
    _keep(found, kind, raw, notes)


def _keep(found, kind, raw, notes):
    asks = "statement" if kind == "true_false" else "question"
    value, lacks = checked(kind, {asks: found.asked} | raw)
    found.kind, found.value = kind, value
    found.notes += notes
    if lacks:
        found.notes.append(_("It has no explanation yet. Write one before learners see it."))
