"""What a learner answered comes out of the database as it went in, in a quarter of the room."""

import json
from datetime import UTC, datetime

import pytest
from django.core import serializers
from hypothesis import given
from hypothesis import strategies as st

from courses.models import LessonProgress
from courses.models.answers import pack, unpack
from courses.progress.fold import NOTHING

ids = st.uuids().map(lambda each: each.hex)
moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))
texts = st.text(st.characters(blacklist_categories=["Cs"]))
answers = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


def text(moment):
    return moment.isoformat(timespec="microseconds")


@st.composite
def looks(draw):
    return {
        "at": text(draw(moments)),
        "event": draw(ids),
        "by": draw(ids | st.none()),
        "done": draw(st.lists(st.integers(0, 20))),
        "correct": draw(st.booleans()),
        "note": draw(texts),
    }


@st.composite
def entries(draw):
    first, last = sorted([draw(moments), draw(moments)])
    entry = {
        "tries": draw(st.integers(1, 10_000)),
        "at": text(last),
        "event": draw(ids),
        "answer": draw(answers),
        "correct": draw(st.none() | st.booleans()),
        "score": draw(st.none() | st.floats(0, 1)),
        "solved_at": draw(st.none() | st.just(text(first)) | st.just(text(last))),
    }
    return entry | ({"check": draw(looks())} if draw(st.booleans()) else {})


@given(st.dictionaries(st.uuids().map(str), entries(), max_size=5))
def test_answers_come_out_as_they_went_in(kept):
    found = unpack(pack(kept))
    assert found == kept
    assert list(found) == list(kept)
    for activity, entry in kept.items():
        assert type(found[activity]["answer"]) is type(entry["answer"])


def test_a_look_before_the_learner_answered_is_kept():
    look = {"at": text(datetime(2026, 11, 28, tzinfo=UTC)), "event": "0" * 32, "by": None}
    look |= {"done": [], "correct": True, "note": ""}
    kept = {"9cba3af0-b6c8-4b41-a100-66033cc0fa23": NOTHING | {"check": look}}
    assert unpack(pack(kept)) == kept


def test_a_form_of_a_later_release_is_not_guessed_at():
    with pytest.raises(ValueError, match="does not know"):
        unpack(b"\x91\x02")


def test_answers_take_a_third_of_their_json(somsri, hands_on, did):
    did(somsri, hands_on, "single_choice", 0)
    did(somsri, hands_on, "single_choice", 1)
    did(somsri, hands_on, "task", [0, 1, 2])
    kept = LessonProgress.objects.get().answers
    assert len(pack(kept)) < len(json.dumps(kept, ensure_ascii=False).encode()) / 3


def test_a_file_of_rows_can_be_written_and_read(somsri, hands_on, did):
    did(somsri, hands_on, "task", [0, 1])
    before = LessonProgress.objects.get()
    [row] = serializers.deserialize("json", serializers.serialize("json", [before]))
    assert row.object.answers == before.answers


@pytest.mark.slow
def test_a_site_of_an_earlier_release_keeps_its_answers(prepared_site, tmp_path):
    """The demo goes back to the release before, and on again; then the state is what follows from the events."""
    site = prepared_site.copy_to(tmp_path / "site")
    count = "from courses.models import LessonProgress; print(LessonProgress.objects.exclude(checked_at=None).count())"
    looked_at = site.shell(count)
    assert int(looked_at) > 0
    site.manage("migrate", "courses", "0010")
    site.manage("migrate", "courses")
    assert site.shell(count) == looked_at
    assert site.manage("rebuild_progress", "--check") == "0 rows differ\n"
