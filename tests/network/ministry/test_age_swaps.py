"""Figures that bound each other are told only where each small one that is hidden could be another."""

import pytest
from hypothesis import given, settings

from lms.network.ministry import age_hiding
from lms.network.ministry.age_hiding import told
from tests.network.ministry.test_age_hiding import AGES, COUNTS, country, known, narrowed_by_each_other

# One person learned in the first region, and began nowhere; all who learned in the second began there.
LEARNED = [[(0, 0, 0, 1)], [(0, 0, 0, 3), (0, 0, 2, 2), (0, 0, 3, 0)]]
BEGAN = [[(0, 0, 0, 0)], [(0, 0, 0, 3), (0, 0, 2, 2), (0, 0, 3, 0)]]


def told_of(active, others, name="starters"):
    """(what is told of both, all that an attacker has of each)."""
    (inside, counted), other = country(active), country(others)[1]
    answer = told(inside, (), {"active": counted, name: other}, AGES)
    return answer, known(inside, answer["active"], counted), known(inside, answer[name], other)


def small(bounds):
    return {place: low for place, (low, high) in bounds.items() if low == high and 0 < low < 5}


def test_one_figure_would_give_the_other_back_and_is_told_nowhere(monkeypatch):
    answer, learned, began = told_of(LEARNED, BEGAN)
    assert {figure for row in answer["starters"].values() for figure in row.values()} == {None}
    assert answer["active"][()]["60+"] == 6, "who learned is told all the same"
    assert [small(bounds) for bounds in narrowed_by_each_other(learned, began)] == [{}, {}]
    monkeypatch.setattr(age_hiding, "could_be_otherwise", lambda *everything: True)
    _answer, learned, began = told_of(LEARNED, BEGAN)
    assert small(narrowed_by_each_other(learned, began)[0]) == {((0,), "60+"): 1, ((0, 0), "60+"): 1}


@pytest.mark.parametrize(
    "others", [[[(0, 0, 9, 3), (0, 0, 9, 8)]], [[(0, 0, 5, 1), (0, 0, 6, 6)]]], ids=["all", "some"]
)
def test_where_two_people_could_change_their_ages_both_figures_are_told_above(others):
    answer, learned, began = told_of([[(0, 0, 9, 3), (0, 0, 9, 8)]], others)
    assert None not in answer["starters"][()].values() and None not in answer["active"][()].values()
    assert [small(bounds) for bounds in narrowed_by_each_other(learned, began)] == [{}, {}]


@settings(max_examples=60)
@given(COUNTS, COUNTS)
def test_who_joined_gives_nobody_back_who_learned_even_where_all_of_them_have_joined(active, more):
    besides = country(more)[1]
    joined = [
        [
            tuple(figure + besides.get((r, p), {}).get(age, 0) for age, figure in zip(AGES, row, strict=True))
            for p, row in enumerate(region)
        ]
        for r, region in enumerate(active)
    ]
    _answer, learned, joined = told_of(active, joined, "joined")
    for bounds in narrowed_by_each_other(joined, learned):
        assert small(bounds) == {}
