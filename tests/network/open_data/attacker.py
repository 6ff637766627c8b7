"""Somebody who wants to know what was hidden: subtracts, solves and narrows as far as numbers go.

What they have: every figure that is told, what adds up to what, and that figures are whole and not below zero.
"""

from collections import defaultdict
from fractions import Fraction
from math import ceil, floor, inf


def tree(rows, measure):
    """(inside, told) of one month of the file. What has no row has nothing to hide."""
    inside = defaultdict(list)
    for row in rows:
        inside[row["part_of"]].append(row["code"])
    told = {row["code"]: int(row[measure]) if row[measure] else None for row in rows}
    return {place: parts for place, parts in inside.items() if place}, told


def equations(inside, told):
    """({hidden place: factor}, the sum) of each place that has others inside."""
    for place, parts in inside.items():
        unknown = {part: Fraction(1) for part in parts if told[part] is None}
        known = Fraction(-sum(told[part] or 0 for part in parts))
        if told[place] is None:
            unknown[place] = Fraction(-1)
        else:
            known += told[place]
        if unknown:
            yield unknown, known


def solved(system):
    """The same said as shortly as can be: in every equation an unknown that stands in no other."""
    done = []
    for unknown, known in system:
        for first, other, other_known in done:
            unknown, known = _less(unknown, known, unknown.get(first, 0), other, other_known)
        if not unknown:
            assert known == 0, "what is told does not add up"
            continue
        first = next(iter(unknown))
        by = unknown[first]
        unknown, known = {place: factor / by for place, factor in unknown.items()}, known / by
        done = [(one, *_less(terms, total, terms.get(first, 0), unknown, known)) for one, terms, total in done]
        done.append((first, unknown, known))
    return [(unknown, known) for _first, unknown, known in done]


def _less(unknown, known, times, other, other_known):
    if not times:
        return unknown, known
    result = dict(unknown)
    for place, factor in other.items():
        result[place] = result.get(place, 0) - times * factor
    return {place: factor for place, factor in result.items() if factor}, known - times * other_known


def narrowed(inside, told, bounds=None):
    """{hidden place: (least, most)}: what it can be, by every equation and every sum of equations, within `bounds`."""
    system = list(equations(inside, told))
    system += solved(system)
    bounds = bounds or {place: (0, inf) for place, figure in told.items() if figure is None}
    changed = True
    while changed:
        changed = False
        for unknown, known in system:
            for place, factor in unknown.items():
                new = _of_one(place, factor, unknown, known, bounds)
                if new != bounds[place]:
                    bounds[place], changed = new, True
    return bounds


def _of_one(place, factor, unknown, known, bounds):
    """What one equation says of one unknown, the others being anywhere within their bounds."""
    least = most = known
    for other, times in unknown.items():
        if other != place:
            low, high = sorted(times * bound if bound != inf else times * inf for bound in bounds[other])
            least, most = least - high, most - low
    low, high = sorted((least / factor, most / factor))
    old_low, old_high = bounds[place]
    low = old_low if low == -inf else max(old_low, ceil(low))
    return low, old_high if high == inf else min(old_high, floor(high))


def given_away(inside, told):
    """{place: figure} of all that was hidden and is known all the same."""
    return {place: low for place, (low, high) in narrowed(inside, told).items() if low == high}
