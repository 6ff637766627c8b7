"""A row for each month of each centre of a report, read month by month, so that a long file never lies in memory."""

from courses import people, periods
from courses.groupings import Row
from courses.models import ANY_COURSE, CourseCount, PeopleCount
from courses.progress.arrays import Among
from courses.statistics import SUMS
from lms.accounts.replicas import reading


def months_of_centres(scope):
    """(month, Row of a centre as it was then, whether anything was counted there) in the order of months and codes.

    People of a month count once in it. Where nothing was counted nothing is known: that is not the same as nobody.
    """
    for month in scope.months:
        places = scope.places_in(month)
        with reading():
            counted = _counted(scope, month, places)
        for pk, place in places.items():
            row = Row(place.code, place.label)
            for add, numbers in counted.get(pk, ()):
                add(row, numbers)
            yield periods.code(month), row, pk in counted


def _counted(scope, month, places):
    """{pk of a centre: [how to add to its row, what]}."""
    found = {}
    course = {"course": scope.course} if scope.course else {}
    of_people = PeopleCount.objects.filter(month=month, course=scope.course or ANY_COURSE)
    learned = CourseCount.objects.filter(month=month, **course)
    for counts, sums, add in ((of_people, people.sums(None, "month"), Row.add_people), (learned, SUMS, Row.add)):
        rows = counts.filter(Among("centre", places)).order_by().values("centre").annotate(**sums)
        for numbers in rows.iterator():
            found.setdefault(numbers["centre"], []).append((add, numbers))
    return found
