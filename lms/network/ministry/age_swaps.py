"""Whether each small figure by age that is hidden could be another, and all that is told the same. Pure.

Two people in two places who belong to the same place change their ages with each other: every total stays. That must be
possible although one figure bounds another: who began has learned, and who learned had joined. So either all figures
change alike, or there is somebody to spare where one of them does not change.
"""

from itertools import product

from lms.network.open_data.hiding import FEW


def could_be_otherwise(inside, tables, ages, hidden, of_others):
    """`tables` are {place: {age: figure}}: the first is bounded by some, and bounds the others.

    `hidden` and `of_others` have the ages that are hidden of the first and of the others, by place.
    """
    first, *others = tables
    swaps = _Swaps(inside, first, others, hidden)
    for parts in inside.values():
        for part, age in product(parts, ages):
            for table in tables:
                is_hidden = age in (hidden if table is first else of_others)[part]
                if is_hidden and 0 < table[part][age] < FEW and not swaps.any(table, part, age, parts, ages):
                    return False
    return True


class _Swaps:
    def __init__(self, inside, first, others, hidden):
        self.inside, self.first, self.others, self.hidden = inside, first, others, hidden

    def any(self, table, part, age, parts, ages):
        """Whether there is one that makes the figure of a part at an age greater or less."""
        for other, to in product(parts, ages):
            if other == part or to == age:
                continue
            for here, there in product(self._smallest(part), self._smallest(other)):
                both = {age, to} <= self.hidden[part] & self.hidden[other]
                if self._is_one(table, both, (here, age), (there, to)) or self._is_one(
                    table, both, (here, to), (there, age)
                ):
                    return True
        return False

    def _smallest(self, place):
        if parts := self.inside.get(place):
            for part in parts:
                yield from self._smallest(part)
        else:
            yield place

    def _is_one(self, table, may_move_first, one, two):
        """Whether one person of `one` = (place, age) and one of `two` may change their ages, in `table` at least."""
        less, more = (one, two), ((one[0], two[1]), (two[0], one[1]))
        if not self._has(table, less):
            return False
        if table is not self.first and self._fits(table, less, more):
            return True
        return (
            may_move_first
            and self._has(self.first, less)
            and all(
                self._has(other, less) or other is not table and self._has_to_spare(other, less)
                for other in self.others
            )
        )

    def _has(self, table, cells):
        return all(table[place][age] for place, age in cells)

    def _has_to_spare(self, table, cells):
        """Whether the first may be less by one there, and the table stays."""
        return all(table[place][age] < self.first[place][age] for place, age in cells)

    def _fits(self, table, less, more):
        """Whether the table alone may change: it stays under the first, or over it, where it was so."""
        first = self.first
        return all(table[place][age] != first[place][age] for place, age in (*less, *more))
