"""People of a place by their ages, for one fiscal year, as far as it may be told.

Not for any time that is asked for: two times that differ by a month would give the month by subtraction.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from courses import people, periods
from courses.definitions import DEFINITIONS
from courses.models import AgeCount
from lms.accounts.models import User
from lms.network.ministry import age_hiding

AGES = [*User.AgeBand.values, ""]
# Who began or finished in a year has learned in it: the first bounds the others.
BOUND = ("active", "starters", "finishers")
NATION = "nation"


@dataclass
class Ages:
    year: str
    until: str  # the last month that is counted; empty where the whole year is
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
    first, last = _year(scope)
    names = [name for name in people.NAMES if name != "joined" or not scope.course]
    counted = _counted(scope, first, last, names)
    inside = _inside(scope, counted[names[0]])
    answer = {}
    for group in (BOUND, *([name] for name in names if name not in BOUND)):
        answer |= age_hiding.told(inside, NATION, {name: counted[name] for name in group}, AGES)
    place = NATION if kind == "nation" else f"{kind}:{code}"
    total = [_total(inside, place, counted[name]) for name in names]
    if not any(total):
        return None
    labels = dict(User.AgeBand.choices) | {"": _("Not told")}
    rows = [(age, str(labels[age]), [answer[name][place][age] for name in names]) for age in AGES]
    year = periods.fiscal_year(first)
    until = "" if last == periods.months_of(year)[1] else periods.month_label(last)
    return Ages(periods.fiscal_year_label(year), until, names, rows, total)


def _year(scope):
    """The first and the last month of the fiscal year that the time asked for ends in, as far as months are over."""
    today = timezone.localdate()
    over = periods.preceding(today.year * 100 + today.month)
    first, last = periods.months_of(periods.fiscal_year(min(scope.last or over, over)))
    return first, min(last, over)


def _counted(scope, first, last, names):
    """{figure: {province: {age: number}}}."""
    counted = {name: {} for name in names}
    rows = people.counts(first, last, scope.course, AgeCount).order_by().values("province", "age_band")
    for row in rows.annotate(**people.sums(first)):
        for name in names:
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
