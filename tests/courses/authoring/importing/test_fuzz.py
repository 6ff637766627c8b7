"""Files that chance damaged or wrote: a problem with a reason, or blocks that a lesson takes, and nothing else."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courses.authoring.importing import making, pages, parcel, reading, words
from courses.authoring.importing.letters import read_text, tidy
from courses.authoring.importing.problems import ImportProblem
from tests.courses.authoring.importing.conftest import SAMPLES
from tests.courses.authoring.importing.packing import Moodle, answers, cartridge, epub, html, qti, unzipped, zipped
from tests.courses.authoring.importing.test_cartridge import mushrooms
from tests.courses.authoring.importing.test_moodle import garden

pytestmark = pytest.mark.slow
TRIES = settings(max_examples=120, suppress_health_check=list(HealthCheck))

FILES = {
    "chickens.pptx": lambda: (SAMPLES / "chickens.pptx").read_bytes(),
    "banana.docx": lambda: (SAMPLES / "banana.docx").read_bytes(),
    "banana.epub": lambda: (SAMPLES / "banana.epub").read_bytes(),
    "banana.pdf": lambda: (SAMPLES / "banana.pdf").read_bytes(),
    "garden.mbz": lambda: garden().as_zip(),
    "garden4.mbz": lambda: garden(entries=True).as_tar(),
    "mushrooms.imscc": lambda: mushrooms(),
}
ARCHIVES = [name for name in FILES if name not in ("banana.pdf", "garden4.mbz")]
MADE = {name: make() for name, make in FILES.items()}  # fmt: skip
GAP = re.compile(r"%\([a-z]+\)s")  # of our own sentences: "%(" alone may be what a file's words say


def taken(data, name):
    """What is found, looked through as the server does; None where a problem says why not."""
    with tempfile.TemporaryDirectory() as place:
        folder, file = Path(place, "media"), Path(place, "file")
        folder.mkdir()
        file.write_bytes(data)
        try:
            found = reading._found(file, folder, name)
            made = parcel.opened(found, folder)
            _fits(made)
        except ImportProblem as problem:
            told = words.problem(problem.as_json())
            assert told != str(words.SAID) and not GAP.search(told)
            return None
        except (MemoryError, RecursionError):
            return None  # which the process itself tells of
        return found


def _fits(made):
    """Every block but those that show a file, which only the database could tell."""
    for lesson in made.lessons:
        said = [(kind, value) for kind, value in lesson["blocks"] if kind not in ("picture", "document")]
        making.checked(making.stream("86cb3335-9282-4cb6-bf47-06a9e39cb1b7", said, {}))
    for part in made.parts:
        for line in part["left"]:
            assert words.left(line) != str(words.SAID) and not GAP.search(words.left(line))


@st.composite
def damage(draw, data):
    """Some bytes of it changed, cut out, doubled, or put elsewhere."""
    data = bytearray(data)
    for _time in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        size = draw(st.integers(0, 40))
        way = draw(st.sampled_from(["change", "cut", "double", "end", "put"]))
        if way == "change":
            data[at : at + size] = draw(st.binary(min_size=size, max_size=size))
        elif way == "cut":
            del data[at : at + size]
        elif way == "double":
            data[at:at] = data[at : at + size] * draw(st.integers(1, 20))
        elif way == "put":
            data[at:at] = draw(
                st.sampled_from([b"<", b">", b"</a>", b"<a>", b"\0", b"&x;", b'"', b"\xff\xfe", b"<!--"])
            )
        elif draw(st.booleans()):
            del data[at:]
    return bytes(data)


@pytest.mark.parametrize("name", FILES)
@TRIES
@given(data=st.data())
def test_damaged_files_are_told_or_come_over(name, data):
    taken(data.draw(damage(MADE[name])), name)


@pytest.mark.parametrize("name", ARCHIVES)
@TRIES
@given(data=st.data())
def test_archives_with_a_damaged_member_are_told_or_come_over(name, data):
    """Packed again, so that no sum tells of the damage and every reader comes to see it."""
    members = unzipped(MADE[name])
    chosen = data.draw(st.sampled_from(sorted(members)))
    way = data.draw(st.sampled_from(["damage", "damage", "leave out", "other's"]))
    if way == "leave out":
        del members[chosen]
    elif way == "other's":
        members[chosen] = members[data.draw(st.sampled_from(sorted(members)))]
    else:
        members[chosen] = data.draw(damage(members[chosen]))
    taken(zipped(members), name)


@TRIES
@given(st.binary(max_size=3000), st.sampled_from(["", *(name[-5:] for name in FILES)]))
def test_any_bytes_are_no_file_of_ours(data, name):
    for sign in (b"", b"PK\x03\x04", b"%PDF-1.7\n", b"\x1f\x8b\x08\0"):
        taken(sign + data, f"x{name}")


TAGS = [
    "p",
    "h1",
    "h2",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "b",
    "a",
    "img",
    "br",
    "div",
    "svg",
    "script",
    "dl",
    "pre",
]
WORDS = st.text(max_size=30) | st.sampled_from(
    ["ไก่ไข่", "<", "&amp;", "&x;", "x" * 700, "ก" * 7000, "\u200b", "๏", "\x0b"]
)
TREES = st.recursive(
    WORDS,
    lambda inner: st.builds(
        lambda tag, children, more: f"<{tag}{more}>{''.join(children)}</{tag}>",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=5),
        st.sampled_from(
            ["", ' src="a.png"', ' alt="x" src="x:y"', ' href="http://x"', " onclick=x", ' class="', " =", "\x00"]
        ),
    ),
    max_leaves=25,
)


@TRIES
@given(st.lists(TREES, min_size=1, max_size=4))
def test_any_page_becomes_blocks_that_a_lesson_takes(trees):
    secret = "<script>steal_it()</script><style>steal_it</style>"
    found = taken(epub({"a.xhtml": html(secret + "".join(trees))}), "x.epub")
    assert "steal_it" not in str(found and found["lessons"])


@TRIES
@given(TREES)
def test_a_short_piece_of_any_page_is_plain_text(tree):
    assert isinstance(pages.plain(tree), str)


@TRIES
@given(st.binary(max_size=400))
def test_any_bytes_are_text_of_some_alphabet(data):
    text, _whole = read_text(data)
    assert "\0" not in tidy(text)


SORTS = ["multichoice", "truefalse", "match", "shortanswer", "numerical", "ordering", "essay", "description", "x"]
FRACTIONS = st.sampled_from([1, 0, 0.5, -1, "", "x", "nan", "1e999", 1.0000001])
ANSWERS = st.lists(st.tuples(st.integers(0, 5), TREES, FRACTIONS, TREES), max_size=12)


@TRIES
@given(st.lists(st.tuples(st.sampled_from(SORTS), TREES, ANSWERS, TREES), min_size=1, max_size=5), st.booleans())
def test_any_questions_of_moodle_become_ours_or_are_told(asked, entries):
    course = Moodle(entries=entries)
    course.section(1, "ข้อ")
    numbers = [course.question(sort, text, _xml(answers(*each)), why) for sort, text, each, why in asked]
    course.quiz(1, "ลอง", numbers)
    taken(_valid(course.as_zip()), "x.mbz")


def _xml(text):
    return "".join(letter for letter in text if letter in "\t\n" or " " <= letter <= "\ud7ff")


def _valid(data):
    """Without the letters that XML cannot have: those are for the damaged members to try."""
    members = unzipped(data)
    return zipped({name: _xml(text.decode()) if name.endswith(".xml") else text for name, text in members.items()})


@TRIES
@given(st.lists(TREES, max_size=5), st.sampled_from(["multiple_choice", "multiple_response", "true_false", "fib", "x"]))
@example(["%("], "multiple_choice")
def test_any_questions_of_a_cartridge_become_ours_or_are_told(texts, profile):
    from tests.courses.authoring.importing.packing import qti_choices, qti_item, qti_right

    choices = qti_choices([(str(n), text) for n, text in enumerate(texts)])
    right = qti_right("<varequal respident='r'>0</varequal>")
    item = qti_item(profile, "".join(texts[:2]), choices, right)
    resources = [("q", "imsqti_xmlv1p2/imscc_xmlv1p3/assessment", "q.xml")]
    items = '<item identifier="i" identifierref="q"><title>x</title></item>'
    taken(cartridge(items, resources, {"q.xml": _xml(qti(item))}), "x.imscc")
