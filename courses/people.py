"""How many people: what screens, sheets and the API ask, from the counts and never from anybody's learning.

See courses.models.people_count for how the counts let people of any period add up over places.
"""

from dataclasses import dataclass, fields

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import Greatest, Mod
from django.db.models.lookups import GreaterThanOrEqual

from courses.models import ANY_COURSE, AgeCount, PeopleCount
from courses.progress.arrays import Among


@dataclass
class People:
    """Each figure counts a person once."""

    joined: int = 0  # registered
    starters: int = 0  # began to learn for the first time ever; of a course, began the course
    active: int = 0  # learned anything in the period; of a course, in the course
    finishers: int = 0  # finished the first of their courses; of a course, finished it
    certified: int = 0  # were given the first of their certificates; of a course, the course's

    def add(self, other):
        """Those of another place, in the same period."""
        for name in NAMES:
            setattr(self, name, getattr(self, name) + getattr(other, name))


NAMES = [field.name for field in fields(People)]


def people(centres, first=None, last=None, course=None):
    """People of some centres (their numbers), from the first to the last month: of a course, or of any.

    Whoever was at several centres counts at that of their first month in the period.
    """
    return _summed(counts(first, last, course).filter(Among("centre", centres)), first, None)


def by_centre(centres, first=None, last=None, course=None):
    """The same by the pk of the centre; they add up to `people`."""
    return _summed(counts(first, last, course).filter(Among("centre", centres)), first, "centre")


def by_month(centres, first=None, last=None, course=None):
    """People of each month by itself. Who was active in two months is in both: these do not add up to `people`."""
    return _summed(counts(first, last, course).filter(Among("centre", centres)), None, "month")


def of_each_month(first=None, last=None):
    """(month, pk of the centre, People) of all that were counted, in the order of months: each month is a period."""
    rows = counts(first, last).order_by("month", "centre").values_list("month", "centre")
    summed = rows.annotate(*[Sum(name) for name in NAMES])
    for month, centre, *told in summed.iterator():
        yield month, centre, People(*told)


def by_age(provinces, first=None, last=None, course=None):
    """People by age band, as far as places go by province; "" is not told."""
    return _summed(counts(first, last, course, AgeCount).filter(province__in=provinces), first, "age_band")


def counts(first=None, last=None, course=None, model=PeopleCount):
    """The rows of some months about a course, or about any."""
    found = model.objects.filter(course=course or ANY_COURSE)
    if first:
        found = found.filter(month__gte=first)
    return found.filter(month__lte=last) if last else found


def sums(first=None, by=None):
    """What to annotate the rows with, so that everybody counts once in the time from `first`.

    By month or fiscal year each of those is a time of its own, in which everybody counts.
    """
    newly = Q(previous__lt=_beginning(first, by))
    return {f"{name}_sum": Sum(name, default=0, filter=newly if name == "active" else None) for name in NAMES}


def _beginning(first, by):
    """The month in which the time that a row's month is part of begins."""
    if by == "month":
        return F("month")
    if by != "fiscal_year":
        return first or 1
    in_year = Mod("month", 100)
    is_new = When(GreaterThanOrEqual(in_year, 10), then=F("month") - in_year + 10)
    october = Case(is_new, default=F("month") - in_year - 90)
    return Greatest(october, first) if first else october


def _summed(found, first, by):
    """{value of `by`: People}, or only People."""
    if by is None:
        return _people(found.aggregate(**sums(first)))
    return {row[by]: _people(row) for row in found.order_by().values(by).annotate(**sums(first, by))}


def _people(row):
    return People(**{name: row[f"{name}_sum"] for name in NAMES})
