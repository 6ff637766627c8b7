"""Nobody's age is given back by what is told: not by sums, and not to who knows how it is hidden."""

from collections import defaultdict
from itertools import product
from math import inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lms.network.ministry import age_hiding
from lms.network.ministry.age_hiding import told
from tests.network.open_data.attacker import given_away, narrowed

AGES = ("", "11-19", "20-39", "60+")
FIGURE = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 5, 6, 9, 30])
COUNTS = st.lists(st.lists(st.tuples(*[FIGURE] * len(AGES)), min_size=1, max_size=4), min_size=1, max_size=3)


def country(regions, ages=AGES):
    """(inside, counted) of figures by region, province and age; places are named by their numbers."""
    inside, counted = defaultdict(list), {}
    for r, provinces in enumerate(regions):
        inside[()].append((r,))
        for p, figures in enumerate(provinces):
            inside[r,].append((r, p))
            counted[r, p] = dict(zip(ages, figures, strict=True))
    return dict(inside), counted


def known(inside, answer, counted):
    """What an attacker has: every sum over ages and over places, with all totals."""
    sums, figures = {}, {}
    for place, row in answer.items():
        sums[place, "all"] = [(place, age) for age in row]
        figures[place, "all"] = sum(sum(c.values()) for leaf, c in counted.items() if leaf[: len(place)] == place)
        for age, figure in row.items():
            figures[place, age] = figure
            if parts := inside.get(place):
                sums[place, age] = [(part, age) for part in parts]
    return sums, figures


def small_ones_given_away(regions):
    inside, counted = country(regions)
    answer = told(inside, (), {"active": counted}, AGES)["active"]
    return {place: figure for place, figure in given_away(*known(inside, answer, counted)).items() if 0 < figure < 5}


@given(COUNTS)
@example([[(3, 9, 0, 0), (0, 0, 0, 0)]])
@example([[(3, 0, 0, 0), (0, 0, 0, 9)]])
@example([[(0, 0, 0, 3), (0, 0, 0, 30)], [(9, 9, 9, 9)]])
@example([[(3, 9, 9, 9), (8, 9, 9, 9), (9, 9, 9, 9)]])
@example([[(0, 0, 5, 5)], [(0, 1, 0, 0)], [(0, 4, 0, 0)]])
@example([[(3, 0, 3, 0), (3, 0, 3, 0)], [(0, 0, 0, 3), (0, 0, 0, 7), (0, 0, 0, 3)]])
@example([[(0, 0, 0, 5), (0, 0, 0, 4), (0, 1, 0, 0), (5, 0, 0, 0)]])
def test_no_sum_gives_back_a_small_figure(regions):
    assert small_ones_given_away(regions) == {}


@given(COUNTS)
def test_what_is_told_is_true_and_not_small(regions):
    inside, counted = country(regions)
    for place, row in told(inside, (), {"active": counted}, AGES)["active"].items():
        for age, figure in row.items():
            true = sum(c[age] for leaf, c in counted.items() if leaf[: len(place)] == place)
            assert figure is None or figure == true and not 0 < figure < 5


def narrowed_by_each_other(active, starters):
    """Bounds of both, from who knows that no more have begun than have learned. Both as `known` gives them."""
    hidden = [{place for place, figure in figures.items() if figure is None} for _sums, figures in (active, starters)]
    most, least = (dict(active[1]), dict(starters[1]))
    of_active, of_starters = (dict.fromkeys(places, (0, inf)) for places in hidden)
    for _round in range(4):
        of_active = {place: (max(low, least[place] or 0), high) for place, (low, high) in of_active.items()}
        of_active = narrowed(*active, of_active)
        most |= {place: high for place, (_low, high) in of_active.items()}
        of_starters = {place: (low, min(high, most[place])) for place, (low, high) in of_starters.items()}
        of_starters = narrowed(*starters, of_starters)
        least |= {place: low for place, (low, _high) in of_starters.items()}
    return of_active, of_starters


@given(COUNTS, COUNTS)
@example([[(6, 0, 5, 5), (4, 5, 0, 0)], [(3, 6, 0, 0), (1, 3, 0, 0)]], [[(6, 0, 5, 5), (2, 5, 0, 0)], [(3, 6, 0, 0)]])
@example([[(0, 20, 20, 0)], [(20, 0, 20, 3)], [(7, 3, 0, 7)]], [[(0, 20, 20, 0)], [(8, 0, 15, 0)], [(7, 3, 0, 7)]])
@example([[(0, 0, 0, 1)], [(0, 0, 0, 3), (0, 0, 2, 2), (0, 0, 3, 0)]], [[(0, 0, 0, 0)]])
def test_figures_that_bound_each_other_give_nothing_away_together(active, others):
    inside, counted = country(active)
    limits = country(others)[1]
    fewer = {
        place: {age: min(figure, limits.get(place, row)[age]) for age, figure in row.items()}
        for place, row in counted.items()
    }
    answers = told(inside, (), {"active": counted, "starters": fewer}, AGES)
    of_both = narrowed_by_each_other(
        known(inside, answers["active"], counted), known(inside, answers["starters"], fewer)
    )
    for bounds in of_both:
        assert not {place: low for place, (low, high) in bounds.items() if low == high and 0 < low < 5}


SHAPES = {"two provinces": (2, 2, 12), "three provinces": (3, 2, 8), "three ages": (2, 3, 8)}


def known_to_who_knows_the_rule(places, ages, most):
    """Hidden figures from 1 to 4 that are the same in every country that would be told like theirs."""
    alike = defaultdict(list)
    for figures in product(range(most + 1), repeat=places * ages):
        if sum(figures) <= most:
            rows = [figures[at : at + ages] for at in range(0, len(figures), ages)]
            inside, counted = country([rows], range(ages))
            answer = told(inside, (), {"active": counted}, range(ages))["active"]
            totals = tuple(map(sum, rows))
            alike[totals, tuple((p, *row.items()) for p, row in answer.items())].append((counted, answer))
    for possible in alike.values():
        for place, age in product(possible[0][0], range(ages)):
            found = {counted[place][age] for counted, _answer in possible}
            if possible[0][1][place][age] is None and len(found) == 1 and found <= {1, 2, 3, 4}:
                yield place, age, possible


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_who_knows_the_rule_cannot_tell_either(shape):
    assert list(known_to_who_knows_the_rule(*shape)) == []


def test_without_a_second_place_a_subtraction_gives_it_back(monkeypatch):
    regions = [[(3, 9, 9, 9), (8, 9, 9, 9), (9, 9, 9, 9)]]
    assert small_ones_given_away(regions) == {}
    monkeypatch.setattr(age_hiding._Needy, "grown", lambda needy: (needy.places, needy.ages))
    assert small_ones_given_away(regions) == {((0, 0), ""): 3}


def test_where_many_of_each_age_learn_nothing_is_hidden():
    inside, counted = country([[(5, 9, 20, 0), (8, 0, 7, 0)], [(30, 30, 30, 30)]])
    answer = told(inside, (), {"active": counted}, AGES)["active"]
    assert None not in [figure for row in answer.values() for figure in row.values()]
