"""People of a place by their ages, for one fiscal year and all courses together, as far as it may be told.

Nothing narrower, as what is hidden in one table another one would give back by subtraction: of two times that differ by
a month the month; of everything without one course the other courses. A year is told when it is over, or whoever kept
the page of a month would have the next month by the difference.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses import people, periods
from courses.definitions import DEFINITIONS
from courses.models import AgeCount
from lms.accounts.models import User
from lms.network.ministry import age_hiding
from lms.network.open_data.monthly import last_month

AGES = [*User.AgeBand.values, ""]
# Each bounds others: who began, finished or was given a certificate has learned, and has joined, in a first year then.
BOUND = ("active", *(name for name in people.NAMES if name != "active"))
NATION = "nation"


@dataclass
class Ages:
    year: str
    names: list  # of the figures
    rows: list  # of (age, its name, [figures, None where hidden])
    total: list

    @property
    def columns(self):
        return [f"people_{name}" for name in self.names]

    @property
    def titles(self):
        return [DEFINITIONS[column].title for column in self.columns]

    @property
    def bars(self):
        """The rows with how long a bar for those who were active is."""
        at = self.names.index("active")
        longest = max(figures[at] or 0 for _age, _name, figures in self.rows) or 1
        return [(name, figures, round(100 * (figures[at] or 0) / longest)) for _age, name, figures in self.rows]

    @property
    def hides(self):
        return any(None in figures for _age, _name, figures in self.rows)


def ages(scope, kind, code):
    """None where nobody was counted. One query, for all provinces: what is hidden in one depends on the others."""
    year = told_year(scope.last)
    counted = _counted(*periods.months_of(year))
    inside = _inside(scope, counted[BOUND[0]])
    answer = age_hiding.told(inside, NATION, counted, AGES)
    place = NATION if kind == "nation" else f"{kind}:{code}"
    names = people.NAMES
    total = [_total(inside, place, counted[name]) for name in names]
    if not any(total):
        return None
    labels = dict(User.AgeBand.choices) | {"": _("Not told")}
    rows = [(age, str(labels[age]), [answer[name][place][age] for name in names]) for age in AGES]
    return Ages(periods.fiscal_year_label(year), names, rows, total)


def told_year(last=None):
    """The fiscal year of the month `last`, or the latest that is over and has had a month for what comes late."""
    over = periods.fiscal_year(periods.following(last_month())) - 1
    return min(periods.fiscal_year(last), over) if last else over


def _counted(first, last):
    """{figure: {province: {age: number}}}, of all courses together."""
    counted = {name: {} for name in BOUND}
    rows = people.counts(first, last, model=AgeCount).order_by().values("province", "age_band")
    for row in rows.annotate(**people.sums(first)):
        for name in BOUND:
            counted[name].setdefault(f"province:{row['province']}", {})[row["age_band"]] = row[f"{name}_sum"]
    return counted


def _inside(scope, provinces):
    """The places inside each place: the nation, regions of the current set and one for what is in none, provinces."""
    inside = {NATION: []}
    for province in provinces:
        region = f"region:{scope.region_of.get(province.removeprefix('province:'), '')}"
        if region not in inside:
            inside[region] = []
            inside[NATION].append(region)
        inside[region].append(province)
    return inside


def _total(inside, place, counted):
    if place in inside:
        return sum(_total(inside, part, counted) for part in inside[place])
    return sum(counted.get(place, {}).values())
