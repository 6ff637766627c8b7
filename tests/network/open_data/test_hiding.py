"""No subtraction gives back a hidden figure: not to who solves everything, and not to who knows the rule as well."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.network.open_data import hiding, monthly
from lms.network.open_data.hiding import together, told
from tests.network.open_data.attacker import given_away

COUNTS = st.lists(
    st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 3, 4, 4, 5, 5, 6, 7, 9, 30]), min_size=1, max_size=4), max_size=4),
    max_size=4,
)


def table(regions):
    """(inside, counted) of figures by region, province and centre; places are named by their numbers."""
    inside, counted = defaultdict(list), {}
    for r, provinces in enumerate(regions):
        inside[()].append((r,))
        for p, centres in enumerate(provinces):
            inside[r,].append((r, p))
            for c, figure in enumerate(centres):
                inside[r, p].append((r, p, c))
                counted[r, p, c] = figure
    return dict(inside), counted


def hidden_in(answer):
    return {place for place, figure in answer.items() if figure is None}


@given(COUNTS)
@example([[[1, 5, 5]]])
@example([[[1, 1, 1, 1, 1]]])
@example([[[4]], [[5, 7], [9]]])
def test_nothing_hidden_is_given_back_by_sums(regions):
    inside, counted = table(regions)
    answer = told(inside, (), counted)
    assert given_away(inside, answer) == {}


@given(COUNTS)
def test_no_figure_from_1_to_4_is_told_and_what_is_told_is_true(regions):
    inside, counted = table(regions)
    true, answer = {}, told(inside, (), counted)
    hiding._sum_up(inside, (), counted, true)
    assert not {place for place, figure in answer.items() if figure is not None and 0 < figure < 5}
    assert {place: true[place] for place in answer.keys() - hidden_in(answer)} == {
        place: figure for place, figure in answer.items() if figure is not None
    }


@given(COUNTS, COUNTS)
def test_nothing_of_two_tables_that_are_told_together_is_given_back_by_sums(active, starters):
    inside, counted = table(active)
    fewer = {place: min(figure, table(starters)[1].get(place, 0)) for place, figure in counted.items()}
    for answer in together((), {"active": (inside, counted), "starters": (inside, fewer)}).values():
        assert given_away(inside, answer) == {}


SHAPES = {
    "one province": ([[[0] * 4]], 21),
    "two provinces": ([[[0, 0], [0, 0]]], 20),
    "two regions": ([[[0, 0]], [[0], [0]]], 20),
    "a centre alone in its province": ([[[0], [0, 0], [0]]], 20),
    "many centres": ([[[0] * 6]], 11),
}


def worlds(shape, most):
    """Every table of this shape with a total up to `most`, and what is told of it.

    Tables that are told alike have the same total, so whatever is like one of these is among them.
    """
    inside, counted = table(shape)
    for figures in _figures(len(counted), most):
        now = dict(zip(counted, figures, strict=True))
        yield now, told(inside, (), now)


def _figures(places, most):
    if not places:
        yield ()
        return
    for figure in range(most + 1):
        for others in _figures(places - 1, most - figure):
            yield figure, *others


def known_to_who_knows_the_rule(shape, most):
    """Hidden figures that are the same in every table that would be told like theirs."""
    alike = defaultdict(list)
    for counted, answer in worlds(shape, most):
        alike[tuple(answer.items())].append(counted)
    for answer, possible in alike.items():
        for place, figure in answer:
            if figure is None and place in possible[0] and len({counted[place] for counted in possible}) == 1:
                yield dict(answer), place, possible[0]


@pytest.mark.parametrize("name", SHAPES)
def test_who_knows_the_rule_cannot_tell_either(name):
    """Who takes every table that there is, and keeps those that would be told like the one they see."""
    assert list(known_to_who_knows_the_rule(*SHAPES[name])) == []


def test_without_the_second_smallest_a_subtraction_gives_it_back(monkeypatch):
    inside, counted = table([[[3, 8, 20]]])
    assert given_away(inside, told(inside, (), counted)) == {}
    only_small = lambda figures: 4 if any(0 < figure < 5 for figure in figures) else -1  # noqa: E731
    monkeypatch.setattr(hiding, "hidden_up_to", only_small)
    assert given_away(inside, told(inside, (), counted)) == {(0, 0, 0): 3}
    assert any(known_to_who_knows_the_rule(*SHAPES["one province"]))


def test_what_is_equal_to_the_second_smallest_is_hidden_too():
    """Or the order of the places would say which of them is the small one."""
    inside, counted = table([[[4, 5, 5, 9]]])
    assert hidden_in(told(inside, (), counted)) == {(0, 0, 0), (0, 0, 1), (0, 0, 2)}


def test_where_nobody_is_alone_nothing_is_hidden_and_nothing_is_zero():
    inside, counted = table([[[0, 5, 12], [0]], [[7]]])
    answer = told(inside, (), counted)
    assert hidden_in(answer) == set()
    assert answer[()] == 24 and answer[0, 1] == 0


def test_a_country_of_four_people_tells_nothing():
    inside, counted = table([[[1, 0], [3]], [[0]]])
    assert set(told(inside, (), counted).values()) == {None}


def pairs(most):
    """Every month of three places: a figure of each, up to `most` in all, and one of each that it bounds."""
    inside, counted = table([[[0, 0, 0]]])
    for bounding in _figures(3, most):
        for bounded in product(*(range(figure + 1) for figure in bounding)):
            yield inside, *(dict(zip(counted, figures, strict=True)) for figures in (bounding, bounded))


def small_ones_known_from_both(tell, most=13, names=("active", "starters")):
    """Figures from 1 to 4 that who knows the rule, and that the first figure bounds the second, could tell."""
    alike = defaultdict(list)
    for inside, *months in pairs(most):
        answers = tell((), dict(zip(names, ((inside, month) for month in months), strict=True)))
        alike[tuple(tuple(answer.items()) for answer in answers.values())].append(months)
    for answers, possible in alike.items():
        for number, answer in enumerate(answers):
            for place, figure in answer:
                found = {months[number].get(place) for months in possible}
                if figure is None and len(found) == 1 and found <= {1, 2, 3, 4}:
                    yield place, possible


def apart(root, tables):
    """As if no figure bounded another."""
    return {name: told(inside, root, counted) for name, (inside, counted) in tables.items()}


def published(_root, tables):
    """What the file says of these measures, the places being the provinces of one region."""
    counted = {name: {("province", place): figure for place, figure in n.items()} for name, (_, n) in tables.items()}
    provinces = list(next(iter(counted.values())))
    inside = {monthly.NATION: [("region", "1")], ("region", "1"): provinces}
    answers = monthly._told(inside, counted)
    return {name: {_without_level(place): figure for place, figure in answers[name].items()} for name in tables}


def _without_level(place):
    return place[1] if place[0] == "province" else place


def test_that_who_begins_has_learned_gives_nobody_away():
    assert list(small_ones_known_from_both(together)) == []


def test_told_apart_they_would_be_given_away():
    """Nobody learned at the first centre, so nobody began there, and the rest can be counted out."""
    assert any(small_ones_known_from_both(apart))


# In a first month, or where nobody was left over from the months before.
BOUNDING = [("joined", "starters"), ("finishers", "certified")]


@pytest.mark.parametrize("names", BOUNDING)
def test_who_joined_gives_away_nobody_who_began_nor_who_finished_any_certificate(names):
    assert list(small_ones_known_from_both(published, most=11, names=names)) == []


@pytest.mark.parametrize(("names", "left_out"), [(BOUNDING[0], "joined"), (BOUNDING[1], "certified")])
def test_the_one_that_is_told_apart_from_the_others_would(names, left_out, monkeypatch):
    def all_but_one(root, tables):
        others = {name: table for name, table in tables.items() if name != left_out}
        return together(root, others) | apart(root, {left_out: tables[left_out]})

    monkeypatch.setattr(hiding, "together", all_but_one)
    assert any(small_ones_known_from_both(published, most=11, names=names))


def province_figures(**counted):
    """{measure: {number of a province: what the file says}} of a month in which these were counted."""
    inside, _ = table([[[0, 0, 0, 0]]])
    tables = {name: (inside, {(0, 0, n): figure for n, figure in enumerate(n)}) for name, n in counted.items()}
    return {
        name: [figure for place, figure in answer.items() if len(place) == 3]
        for name, answer in published((), tables).items()
    }


def test_who_joined_is_hidden_beside_the_few_of_them_who_began():
    """If all who joined had begun, 8 and 7 with 12 who began would be 8 and 4: so few could be nowhere else."""
    answer = province_figures(joined=[8, 7, 30, 40], starters=[8, 4, 20, 9])
    assert answer == {"joined": [None, None, 30, 40], "starters": [None, None, 20, 9]}


def test_who_finished_is_hidden_beside_the_few_of_them_who_have_a_certificate():
    answer = province_figures(finishers=[6, 5, 30, 40], certified=[6, 4, 20, 9])
    assert answer == {"finishers": [None, None, 30, 40], "certified": [None, None, 20, 9]}


def test_a_figure_that_is_small_in_the_whole_nation_hides_none_that_bounds_it():
    """Of three certificates in the country nothing is said: there is no sum to subtract from."""
    answer = province_figures(active=[50, 60, 70, 80], certified=[1, 2, 0, 0])
    assert answer == {"active": [50, 60, 70, 80], "certified": [None] * 4}


def test_a_figure_that_is_small_in_the_whole_nation_hides_those_that_it_bounds():
    """If five had begun before and all came again, nine who learned would be four who began."""
    answer = province_figures(joined=[20, 30, 0, 0], starters=[4, 0, 0, 0], active=[9, 0, 0, 0], finishers=[0, 0, 0, 0])
    assert answer["joined"] == [20, 30, 0, 0]
    assert answer["starters"] == answer["active"] == [None] * 4
    assert answer["finishers"] == [0] * 4


def test_lessons_are_not_told_where_the_nation_has_few_learners():
    """Four provinces with lessons and fewer than five learners would be one learner each."""
    answer = province_figures(active=[1, 1, 1, 1], lessons_finished=[9, 8, 7, 6])
    assert answer == {"active": [None] * 4, "lessons_finished": [None] * 4}
