"""What is written as YAML is read back to the letter."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.authoring.exporting.yaml_text import written
from courses.loading.reading import parse

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=40)
NUMBER = st.one_of(st.integers(-(10**9), 10**9), st.decimals(-(10**9), 10**9, places=4))
VALUE = st.recursive(
    st.one_of(TEXT, st.booleans(), NUMBER),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["a", "b", "th"]), inner, max_size=3)
    ),
    max_leaves=12,
)


def plain(node):
    if isinstance(node.value, dict):
        return {name: plain(inner) for name, inner in node.value.items()}
    return [plain(inner) for inner in node.value] if isinstance(node.value, list) else node.value


@given(st.dictionaries(st.sampled_from(["key", "body", "title"]), VALUE, min_size=1))
def test_anything_is_read_back_as_it_was(value):
    assert plain(parse(written(value))) == value


@pytest.mark.parametrize(
    "text",
    [
        "a\nb",
        "a\n\nb",
        "a\n",
        "true",
        "null",
        "~",
        "12",
        "1e5",
        ".5",
        "- a",
        "a: b",
        "#",
        "",
        " a",
        "a ",
        "&a",
        "*a",
        "!x",
        "%YAML",
        "---",
        "'",
        '"',
    ],
)
def test_a_text_that_looks_like_something_else_stays_a_text(text):
    assert plain(parse(written({"a": text, "b": [text]}))) == {"a": text, "b": [text]}


def test_people_can_read_it():
    lesson = {
        "title": {"th": "กล้วย"},
        "minutes": 10,
        "body": [{"text": "หนึ่ง\n\nสอง"}, {"number": {"answer": Decimal("11.5")}}],
    }
    assert written(lesson) == (
        'title:\n  th: "กล้วย"\nminutes: 10\n'
        "body:\n  - text: |-\n      หนึ่ง\n\n      สอง\n  - number:\n      answer: 11.5\n"
    )
