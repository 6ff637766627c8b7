"""What holds for every kind of activity and any answer."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.grading import CODES, KINDS, Malformed, grade
from tests.courses.grading.examples import ACTIVITIES, MATCHING, ORDERING, REFLECTION, TASK, refusal


def test_every_kind_has_an_example_here():
    assert tuple(activity["kind"] for activity in ACTIVITIES) == KINDS


@pytest.mark.parametrize("activity", ACTIVITIES, ids=KINDS)
def test_no_answer_is_empty(activity):
    assert refusal(activity, None) == "empty"


@pytest.mark.parametrize("kind", ["essay", "", None, [], {}, 1])
def test_an_unknown_kind_is_not_graded(kind):
    assert refusal({"kind": kind}, 0) == "unknown_kind"
    assert refusal({}, 0) == "unknown_kind"


scalars = st.none() | st.booleans() | st.integers() | st.integers(-1, 4) | st.floats() | st.text()
anything = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(
    st.sampled_from(ACTIVITIES),
    anything | st.lists(st.integers(-1, 3)) | st.text("๑๒,.- บาท0\ud800", max_size=50),
)
def test_any_answer_is_graded_or_refused(activity, answer):
    try:
        graded = grade(activity, answer)
    except Malformed as malformed:
        assert malformed.code in CODES
    else:
        assert (graded.correct is None) == (graded.score is None) == (activity in (REFLECTION, TASK))
        assert graded.correct is None or graded.correct == (graded.score == 1.0)
        assert graded.score is None or 0 <= graded.score <= 1
        assert (graded.right_places is not None) == (graded.correct is False and activity in (ORDERING, MATCHING))
        assert grade(activity, json.loads(json.dumps(answer))) == graded
