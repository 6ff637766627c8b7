"""What one person adds to the counts of people, as a function of their state.

A fact is (course, month, centre, previous, measure): see courses.models.people_count. Facts of ANY are those in which
the courses do not matter, so that who learns in three counts once.
"""

from collections import Counter

from courses.models import ANY_COURSE
from courses.progress.events import month_of

ANY = ANY_COURSE.hex


def of_joining(person):
    """`person` as settling.Counted has it, or None."""
    return [(ANY, person.month, person.centre, 0, "joined")] if person else []


def of_courses(courses):
    """The states of all courses of one learner: where and when they began and finished, and did so first."""
    starts = [(item.started_at, item.centre, item.course) for item in courses]
    ends = [(item.completed_at, item.completion_centre, item.course) for item in courses if item.completed_at]
    return _each_and_first(starts, "starters") + _each_and_first(ends, "finishers")


def of_certificates(certificates):
    """All (issued_at, centre, course) of one learner. Of a course, the first counts: later ones bear another name."""
    first = {}
    for told in certificates:
        course = told[2]
        first[course] = min(told, first.get(course, told))
    return _each_and_first(list(first.values()), "certified")


def _each_and_first(happened, measure):
    """Facts of each (moment, centre, course), and of the earliest. At the same instant the lower centre number."""
    facts = [(course, month_of(moment), centre, 0, measure) for moment, centre, course in happened]
    if happened:
        moment, centre, _course = min(happened)
        facts.append((ANY, month_of(moment), centre, 0, measure))
    return facts


def of_active(active):
    """All (month, centre, course) of one learner: one fact a month, in each course and in any.

    Who was at several centres in a month is counted at that of the lowest number: any rule will do that is one.
    """
    first = {}
    for month, centre, course in active:
        for key in (course, ANY):
            months = first.setdefault(key, {})
            months[month] = min(centre, months.get(month, centre))
    facts = []
    for course, months in first.items():
        previous = 0
        for month in sorted(months):
            facts.append((course, month, months[month], previous, "active"))
            previous = month
    return facts


class Persons:
    """Facts on their way into the counts of people and of ages."""

    def __init__(self):
        self._counts = Counter()

    def move(self, band, before, after):
        """Somebody of an age band had the facts `before` and has those `after`."""
        if before != after:
            for fact in before:
                self._counts[*fact, band] -= 1
            for fact in after:
                self._counts[*fact, band] += 1

    @property
    def places(self):
        """The pks of the centres whose counts change."""
        return {key[2] for key, number in self._counts.items() if number}

    def counts(self, provinces):
        """What courses.progress.tables adds, with the provinces of `places`."""
        counts = Counter()
        for (course, month, centre, previous, measure, band), number in self._counts.items():
            if number:
                counts["people", course, month, centre, previous, measure] += number
                counts["age", course, month, provinces[centre](month), band, previous, measure] += number
        return counts
