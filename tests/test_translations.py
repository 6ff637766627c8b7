"""Every word has its Thai, with the same placeholders and no word that frightens a learner."""

import io
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "locale" / "th" / "LC_MESSAGES" / "django.po"
OURS = ("lms", "cms", "courses")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Django's and its REST framework's own words, said more plainly than they say them, or at all.
DJANGOS = {
    "This field is required.",
    "Select a valid choice. That choice is not one of the available choices.",
    "Must be a valid UUID.",
    "Null characters are not allowed.",
    "String value too large.",
}
LEARNERS = ("_", "base", "40", "42", "500", "courses/", "centres/", "cms/")
FRIGHTENING = re.compile("(?<!เน็)ตก|ผิด|สอบ")  # not the end of a word and ก็
MISSING_GLYPHS = re.compile("[→≥✓]")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|__\w*")


def extract(text):
    """(msgid, plural or None) of everything that Python source says."""
    source = io.BytesIO(text.encode())
    for _line, _function, said, _comments in extract_python(source, KEYWORDS, [], {"encoding": "utf-8"}):
        said = [word for word in (said if isinstance(said, tuple) else (said,)) if word]
        if said:
            yield said[0], said[1] if len(said) > 1 else None


def extract_of_template(text):
    """The same of a template. What Django makes of it for its own extraction is Python but for its indentation."""
    return extract("\n".join(line.strip() for line in templatize(text).splitlines()))


@cache
def templates():
    """{path below templates/: its text}"""
    folder = ROOT / "templates"
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}


@cache
def said():
    """{(msgid, plural or None): where it is said}"""
    found = {}
    for name, text in templates().items():
        found |= dict.fromkeys(extract_of_template(text), f"templates/{name}")
    for path in (path for folder in OURS for path in (ROOT / folder).rglob("*.py")):
        found |= {words: str(path.relative_to(ROOT)) for words in extract(path.read_text(encoding="utf-8"))}
    return found


@cache
def thai():
    """{msgid: its Thai}"""
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="th", abort_invalid=True)
    return {_first(message.id): _first(message.string) for message in catalogue if message.id}


def _first(words):
    return words if isinstance(words, str) else words[0]


def placeholders(text):
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def test_something_is_said():
    assert len(said()) > 400


def test_everything_said_has_its_thai():
    assert [f"{where}: {words[0]}" for words, where in said().items() if not thai().get(words[0])] == []


def test_thai_has_the_same_placeholders():
    wrong = [
        words[0]
        for words in said()
        if placeholders(words[1] or words[0]) != placeholders(thai().get(words[0]) or words[0])
    ]
    assert wrong == []


def test_nothing_is_kept_that_nobody_says():
    assert set(thai()) - {words[0] for words in said()} - DJANGOS == set()


def test_the_file_is_clean():
    text = PO.read_text(encoding="utf-8")
    entries = re.findall(r'^msgid ((?:".*"\n)+)', text, re.MULTILINE)
    ids = ["".join(re.findall(r'^"(.*)"$', entry, re.MULTILINE)) for entry in entries]
    assert sorted(each for each in set(ids) if ids.count(each) > 1) == []
    assert "\n#~" not in text
    assert "fuzzy" not in text


def test_no_letter_that_our_font_lacks():
    texts = [*thai().values(), *templates().values()]
    assert [text for text in texts if MISSING_GLYPHS.search(text)] == []


def test_repetition_mark_never_begins_a_line():
    assert [text for text in thai().values() if " ๆ" in text] == []


@pytest.mark.parametrize("name", sorted(name for name in templates() if name.startswith(LEARNERS)))
def test_learners_are_not_frightened(name):
    shown = [thai()[msgid] for msgid, _plural in extract_of_template(templates()[name])]
    assert [text for text in [templates()[name], *shown] if FRIGHTENING.search(text)] == []
