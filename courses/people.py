"""How many people: what screens, sheets and the API ask, from the counts and never from anybody's learning.

See courses.models.people_count for how the counts let people of any period add up over places.
"""

from dataclasses import dataclass, fields

from django.db.models import F, Q, Sum

from courses.models import ANY_COURSE, AgeCount, PeopleCount


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
    """People of some centres, from the first to the last month: of a course, or of any.

    Whoever was at several centres counts at that of their first month in the period.
    """
    return _summed(_counts(PeopleCount, first, last, course).filter(centre__in=centres), first, None)


def by_centre(centres, first=None, last=None, course=None):
    """The same by the pk of the centre; they add up to `people`."""
    return _summed(_counts(PeopleCount, first, last, course).filter(centre__in=centres), first, "centre")


def by_month(centres, first=None, last=None, course=None):
    """People of each month by itself. Who was active in two months is in both: these do not add up to `people`."""
    return _summed(_counts(PeopleCount, first, last, course).filter(centre__in=centres), None, "month")


def of_each_month(first=None, last=None):
    """(month, pk of the centre, People) of all that were counted, in the order of months: each month is a period."""
    rows = _counts(PeopleCount, first, last, None).order_by("month", "centre").values_list("month", "centre")
    sums = rows.annotate(*[Sum(name) for name in NAMES])
    for month, centre, *told in sums.iterator():
        yield month, centre, People(*told)


def by_age(provinces, first=None, last=None, course=None):
    """People by age band, as far as places go by province; "" is not told."""
    return _summed(_counts(AgeCount, first, last, course).filter(province__in=provinces), first, "age_band")


def _counts(model, first, last, course):
    counts = model.objects.filter(course=course or ANY_COURSE)
    if first:
        counts = counts.filter(month__gte=first)
    return counts.filter(month__lte=last) if last else counts


def _summed(counts, first, by):
    """{value of `by`: People}, or only People. By month each month is a period, in which everybody counts."""
    newly = Q(previous__lt=F("month") if by == "month" else first or 1)
    sums = {f"{name}_sum": Sum(name, default=0, filter=newly if name == "active" else None) for name in NAMES}
    if by is None:
        return _people(counts.aggregate(**sums))
    return {row[by]: _people(row) for row in counts.order_by().values(by).annotate(**sums)}


def _people(row):
    return People(**{name: row[f"{name}_sum"] for name in NAMES})
