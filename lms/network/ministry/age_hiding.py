"""Which figures by age may be told beside all the totals that are. Pure: it asks no database.

Three sums are known of each figure: the total of a place is on its page, the ages of a place add up to it, and so do
the places inside a place at each age. So a small figure (from 1 to 4) is hidden together with others of its place
and others of its age:

1. Of the whole, every age under 5 is hidden, zeros too, with the smallest of the others; all ages where the whole is
   small itself or of one age alone.
2. What is hidden in a place is hidden in all places inside it.
3. Of the places inside a place, those with a small figure, or with people of one age alone, are needy, and so are
   these ages: all needy ages of all needy places are hidden. There must be people in two of the places and at two of
   the ages that are hidden: else the next smallest place or age is hidden too.

4. Figures that another one bounds (who began has learned) are told only among places of which nothing is hidden, and
   nowhere if they would say what a small figure is (lms.network.ministry.age_swaps).

In what is hidden, one more here and one less there, and the other way round in another place, gives the same totals.
tests/network/ministry/test_age_hiding.py tries to get it back.
"""

from lms.network.ministry.age_swaps import could_be_otherwise
from lms.network.open_data.hiding import FEW, hidden_up_to


def told(inside, root, tables, ages):
    """{measure: {place: {age: its figure, or None where it is hidden}}}. The first measure bounds the others.

    `inside` has the places inside each place, `tables` by measure what the smallest places counted by age.
    """
    figures = {name: {} for name in tables}
    for name, counted in tables.items():
        _sum_up(inside, root, counted, ages, figures[name])
    hidden = {root: _hidden_of_the_whole([found[root] for found in figures.values()], ages)}
    _hide(inside, root, list(figures.values()), ages, hidden)
    of_others = {root: frozenset(ages if hidden[root] else ())}
    _hide_bounded(inside, root, hidden, frozenset(ages), of_others)
    if not could_be_otherwise(inside, list(figures.values()), ages, hidden, of_others):
        of_others = dict.fromkeys(of_others, frozenset(ages))
    return {
        name: _without(found, hidden if number == 0 else of_others)
        for number, (name, found) in enumerate(figures.items())
    }


def _without(figures, hidden):
    return {
        place: {age: None if age in hidden[place] else figure for age, figure in row.items()}
        for place, row in figures.items()
    }


def _hide_bounded(inside, place, hidden, ages, of_others):
    """All ages of all places that stand beside one of which something is hidden, and of all inside them."""
    parts = inside.get(place, ())
    hides = of_others[place] or any(hidden[part] for part in parts)
    for part in parts:
        of_others[part] = ages if hides else frozenset()
        _hide_bounded(inside, part, hidden, ages, of_others)


def _sum_up(inside, place, counted, ages, figures):
    row = dict.fromkeys(ages, 0) | counted.get(place, {})
    figures[place] = row  # a place stands before its parts
    for part in inside.get(place, ()):
        for age, figure in _sum_up(inside, part, counted, ages, figures).items():
            row[age] += figure
    return row


def _hidden_of_the_whole(rows, ages):
    hidden = set()
    for row in rows:
        limit = hidden_up_to(row.values())
        if 0 < sum(row.values()) < FEW or _alone(row):
            return frozenset(ages)
        hidden |= {age for age in ages if row[age] <= limit}
    return frozenset(hidden)


def _hide(inside, place, tables, ages, hidden):
    parts = inside.get(place, ())
    above = hidden[place]
    places, more = _Needy(parts, tables, [age for age in ages if age not in above], above).grown()
    for part in parts:
        hidden[part] = above | more if part in places else above
        _hide(inside, part, tables, ages, hidden)


def _alone(row):
    """The one age of all people of a place, in a list; nothing where there are several, or nobody."""
    ages = [age for age, figure in row.items() if figure]
    return ages if len(ages) == 1 else []


class _Needy:
    """The places inside one place, and the ages, at which figures are hidden."""

    def __init__(self, parts, tables, free, above):
        self.parts, self.tables, self.free, self.above = parts, tables, free, above
        self.places, self.ages, self.needy = set(), set(), []
        for table in tables:
            if found := {part: ages for part in parts if (ages := self._needy(table[part]))}:
                self.places |= found.keys()
                self.ages = self.ages.union(*found.values())
                self.needy.append(table)

    def _needy(self, row):
        return {age for age in self.free if 0 < row[age] < FEW or [age] == _alone(row)}

    def grown(self):
        """(places, ages): with enough of both in each table that something is hidden of."""
        while any(self._lacks(table) for table in self.needy):
            pass
        return self.places, self.ages

    def _lacks(self, table):
        """Whether a place or an age was lacking, and is there now."""

        def of_place(part):
            return sum(table[part][age] for age in self.ages)

        def of_age(age):
            return sum(table[part][age] for part in self.places)

        def of_all(part):
            return sum(table[part].values())

        lacks = []
        if sum(1 for part in self.places if of_place(part)) < 2:
            lacks += [(self.places, self.parts, of_place), (self.places, self.parts, of_all)]
        if sum(1 for age in self.ages | self.above if of_age(age)) < 2:
            lacks += [(self.ages, self.free, of_age), (self.places, self.parts, of_all)]
        return any(_add(*lack) for lack in lacks)


def _add(chosen, offered, size):
    """Take the smallest in which there is anybody, with its equals; says whether there was one."""
    left = {one: figure for one in offered if one not in chosen and (figure := size(one))}
    smallest = min(left.values(), default=None)
    added = {one for one, figure in left.items() if figure == smallest}
    chosen |= added
    return bool(added)
