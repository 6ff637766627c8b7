"""The rows of a report, and the ways to group the counts into them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses import people, periods

MEASURES = ["starters", "finishers", "lessons_finished", "learner_months"]
OF_PEOPLE = [f"people_{name}" for name in people.NAMES]
ADDED = [*MEASURES, *OF_PEOPLE, "centres_heard", "centres_total"]
# Each with the name of its sum in what a query gives.
LEARNED = [(name, f"{name}_sum") for name in MEASURES]
PEOPLE = [(f"people_{name}", f"{name}_sum") for name in people.NAMES]
COLUMNS = [
    *["code", "label", "starters", "finishers", "rate", "lessons_finished", "learner_months", *OF_PEOPLE],
    *["last_heard", "centres_heard", "centres_total", "centres_counted"],
]


@dataclass
class Row:
    """One group. `centres_total` are its open centres, `centres_heard` those of them that are not silent.

    A figure is None where it cannot be known: nothing counted and nothing heard is not the same as nobody.
    """

    code: str
    label: str
    starters: int = 0
    finishers: int = 0
    lessons_finished: int = 0
    learner_months: int = 0
    people_joined: int = 0  # here and below each person counts once; see courses.people
    people_starters: int = 0
    people_active: int = 0
    people_finishers: int = 0
    people_certified: int = 0
    last_heard: datetime | None = None
    centres_heard: int = 0
    centres_total: int = 0
    centres_counted: int | None = None  # of how many something was counted in the period; None where that is not asked
    is_heard: bool = False  # whether one of its centres was heard from since the period began

    figures = (*MEASURES, *OF_PEOPLE)  # what is counted, and so may be unknown

    @property
    def rate(self):
        """Finishers divided by starters, to four places; None without starters."""
        return round(self.finishers / self.starters, 4) if self.starters else None

    @property
    def percent(self):
        """The rate in whole hundredths, for a screen."""
        return None if self.rate is None else round(self.rate * 100)

    @property
    def is_empty(self):
        return not any(getattr(self, name) for name in ADDED)

    def add(self, numbers):
        for name, summed in LEARNED:
            if number := numbers[summed]:
                setattr(self, name, getattr(self, name) + number)

    def add_people(self, numbers):
        for name, summed in PEOPLE:
            if number := numbers[summed]:
                setattr(self, name, getattr(self, name) + number)

    def forget_people(self):
        for name in OF_PEOPLE:
            setattr(self, name, 0)

    def join(self, row):
        """Add all of another row."""
        for name in ADDED:
            if number := getattr(row, name):
                setattr(self, name, getattr(self, name) + number)
        self._heard_at(row.last_heard)
        self.is_heard = self.is_heard or row.is_heard

    def hear_as(self, row):
        """What was heard of its centres is what was heard of those of another row."""
        self.last_heard, self.centres_heard, self.centres_total = row.last_heard, row.centres_heard, row.centres_total
        self.is_heard = row.is_heard

    def hear(self, place, since):
        """Take in what is known of a centre; `since` is when the period began, or None."""
        self.centres_total += place.is_open
        self.centres_heard += place.is_open and not place.is_silent
        self._heard_at(place.last_heard)
        self.is_heard = self.is_heard or was_heard(place.last_heard, since)

    def leave_open(self):
        """Say that nothing is known, if nothing is."""
        if not self.is_heard and not any(getattr(self, name) for name in self.figures):
            for name in self.figures:
                setattr(self, name, None)

    def _heard_at(self, moment):
        if moment and (self.last_heard is None or moment > self.last_heard):
            self.last_heard = moment


def was_heard(last_heard, since):
    """Whether a centre that was last heard at some moment, or never, was heard from since another, or ever."""
    return last_heard is not None and (since is None or last_heard >= since)


class ByCentre:
    """A row for each centre. The other ways change what is said here."""

    title = gettext_lazy("Centre")
    column = "centre"  # what the database groups by
    period = None  # "month" or "fiscal_year" where a row is a time in which everybody counts once more
    made_of = Row
    of_places = True  # whether a row has centres of its own, and is found by a Place of courses.places_in_time

    def __init__(self, scope):
        self.scope = scope
        self.found = {}

    def row(self, value):
        """The row that a Place, or else a value of `column`, belongs to."""
        key = self.key(value)
        if key not in self.found:
            self.found[key] = self.made_of(*self.named(key))
        return self.found[key]

    def rows(self):
        return [self.found[key] for key in self.in_order(self.found) if not self.found[key].is_empty]

    def key(self, place):
        """Of a place its code then: what it learned under another one is a row of its own."""
        return place.code, place.label

    def named(self, key):
        return key

    def in_order(self, found):
        return sorted(found)


class AsTheyWere(ByCentre):
    """The finest of all, from which those by place are made: a centre as it was, under all that is kept of it."""

    def key(self, place):
        return place


class ByProvince(ByCentre):
    title = gettext_lazy("Province")
    names = "provinces"

    def key(self, place):
        return place.province

    def named(self, code):
        return code, self._names.get(code) or _("In no region")

    def in_order(self, found):
        """As the names are listed; last what is in no region of the current set."""
        return [code for code in self._names if code in found] + [c for c in found if c not in self._names]

    @property
    def _names(self):
        return getattr(self.scope, self.names)


class ByRegion(ByProvince):
    title = gettext_lazy("Region")
    names = "regions"

    def key(self, place):
        return self.scope.region_of.get(place.province, "")


class ByDistrict(ByProvince):
    title = gettext_lazy("District")
    names = "districts"

    def key(self, place):
        return place.district


class ByHostKind(ByProvince):
    title = gettext_lazy("Host")
    names = "host_kinds"

    def key(self, place):
        return place.host_kind


class ByCourse(ByCentre):
    title = gettext_lazy("Course")
    column = "course"
    of_places = False

    def key(self, course):
        return course

    def named(self, key):
        return str(key), self.scope.courses.get(key) or _("A course that is no longer there")

    def in_order(self, found):
        return [key for key in self.scope.courses if key in found] + sorted(found.keys() - self.scope.courses)


class ByMonth(ByCentre):
    """Every month from the first to the last that has counts, empty ones too."""

    title = gettext_lazy("Month")
    column = period = "month"
    of_places = False

    def key(self, month):
        return month

    def named(self, month):
        return periods.code(month), periods.month_label(month)

    def rows(self):
        months = periods.between(min(self.found), max(self.found)) if self.found else []
        return [self.row(month) for month in months]


class ByFiscalYear(ByCentre):
    title = gettext_lazy("Fiscal year")
    column, period = "month", "fiscal_year"
    of_places = False

    def key(self, month):
        return periods.fiscal_year(month)

    def named(self, year):
        return f"FY{year}", periods.fiscal_year_label(year)

    def in_order(self, found):
        return sorted(found)


BY = {
    "region": ByRegion,
    "province": ByProvince,
    "district": ByDistrict,
    "centre": ByCentre,
    "host_kind": ByHostKind,
    "course": ByCourse,
    "month": ByMonth,
    "fiscal_year": ByFiscalYear,
}
