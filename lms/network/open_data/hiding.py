"""Which figures of a table may be told, so that no sum gives back one of a few people. Pure: it asks no database.

The table is a tree: the figures inside a place add up to the figure of the place. A figure from 1 to 4 is small.

1. Where one inside a told place is small, everything under 5 there is hidden, zeros too, and the smallest of the
   others with all that are equal to it.
2. Inside a hidden place everything is hidden.
3. Is the whole small, then nothing is told.

So whoever knows this rule sees inside a told place some hidden figures of which the sum is known. Any two of them
could be the other way round, or one more here and one less there, and what is told would be the same: what is inside
them is dark, what is equal to the greatest of them is hidden as well, and those that are told are all greater.
Figures of which one bounds another (who began in a month has learned in it) are told `together`: a place that is hidden
in one of them is hidden in all, so that two such places could be the other way round in all of them at once, and no
bound would break. Without that a bound could give back what no sum does. Where the whole of one is small, no sum of it
is known, but it is no less than what it bounds: that is not told either. Those that bound it may be told.

tests/network/open_data/test_hiding.py goes through every small table, and breaks the rule to see that it fails.
"""

from itertools import takewhile

FEW = 5  # people from which on a figure is told


def told(inside, root, counted, unless=frozenset()):
    """{place: its figure, or None where it is hidden}.

    `inside` has the places inside each place, `counted` the figures of the smallest ones. Places of `unless` are
    hidden whatever they count: another figure of the same people is hidden there.
    """
    figures = {}
    _sum_up(inside, root, counted, figures)
    answer = dict.fromkeys(figures)
    if not 0 < figures[root] < FEW:
        _tell(inside, root, figures, unless, answer)
    return answer


def together(root, tables):
    """{name: what is told} of {name: (inside, counted)}, where the figures of a table bound those of all after it."""
    alone = {name: told(inside, root, counted) for name, (inside, counted) in tables.items()}
    summed = list(takewhile(lambda name: alone[name][root] is not None, alone))
    hidden = frozenset(place for name in summed for place, figure in alone[name].items() if figure is None)
    answers = {name: answer if answer[root] == 0 else dict.fromkeys(answer) for name, answer in alone.items()}
    for name in summed:
        inside, counted = tables[name]
        answers[name] = told(inside, root, counted, hidden)
    return answers


def _sum_up(inside, place, counted, figures):
    figures[place] = 0  # a place stands before its parts
    parts = inside.get(place)
    total = sum(_sum_up(inside, part, counted, figures) for part in parts) if parts else counted.get(place, 0)
    figures[place] = total
    return total


def _tell(inside, place, figures, unless, answer):
    answer[place] = figures[place]
    parts = inside.get(place, ())
    limit = hidden_up_to([figures[part] for part in parts])
    hidden = {part for part in parts if figures[part] <= limit or part in unless}
    if not any(figures[part] for part in hidden):
        hidden = ()  # nothing is nothing, whoever subtracts
    for part in parts:
        if part not in hidden:
            _tell(inside, part, figures, unless, answer)


def hidden_up_to(figures):
    """The greatest figure that is hidden among those that add up to a told one; -1 where all may be told."""
    if not any(0 < figure < FEW for figure in figures):
        return -1
    return min((figure for figure in figures if figure >= FEW), default=FEW - 1)
