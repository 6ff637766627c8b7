"""One lesson of a course, by region, province or time: lessons are counted by province and not below."""

from dataclasses import dataclass

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from courses import filters, groupings
from courses.filters import BadFilter
from courses.models import CoursePage, LessonCount, LessonPage
from courses.places_in_time import Place
from courses.report import Report
from courses.statistics import Scope
from lms.centres.models.sight import only_centre

BY = ("region", "province", "month", "fiscal_year")
COLUMNS = ("reached", "finished", "lesson_rate")
COUNTED = gettext_noop("Lessons are counted by province, for officers, and of every host.")


@dataclass
class LessonRow(groupings.Row):
    reached: int = 0
    finished: int = 0

    figures = ("reached", "finished")

    @property
    def lesson_rate(self):
        """Finishers divided by those who reached it, to four places; None where nobody did."""
        return round(self.finished / self.reached, 4) if self.reached else None

    @property
    def percent(self):
        return None if self.lesson_rate is None else round(self.lesson_rate * 100)

    @property
    def is_empty(self):
        return not (self.centres_total or self.reached or self.finished)

    def count(self, reached, finished):
        self.reached += reached
        self.finished += finished


def of_a_lesson(user, by, lesson, course="", sort="", **filters):
    """The report on what this person may see of a lesson, of which the key will do. Raises BadFilter."""
    scope = Scope(user, course=course or _course_of(lesson), lesson=lesson, **filters)
    refuse_what_is_not_counted(scope, user)
    return lesson_report(scope, by).sorted(sort)


def sees_lessons(user):
    """Officers: a province's figure is about centres of others too. Not by a token for one centre."""
    return (user.is_superuser or user.ministry_posts.in_force().exists()) and not only_centre(user)


def refuse_what_is_not_counted(scope, user):
    """Raises BadFilter where a lesson is asked for of less than a province, or by somebody who is no officer."""
    if scope.district or scope.centre or scope.host_kind or not sees_lessons(user):
        raise BadFilter("lesson", _(COUNTED))


def _course_of(lesson):
    """The key of the course that a lesson is in, by its key. Raises BadFilter when there is no such lesson."""
    page = LessonPage.objects.filter(key=filters.as_key(lesson)).first()
    course = page and CoursePage.objects.filter(path=page.path[: -page.steplen]).values_list("key", flat=True).first()
    if not course:
        raise BadFilter("lesson", _("There is no lesson with this key."))
    return course


def lesson_report(scope, by):
    """The report on the scope's lesson. Raises BadFilter when there is no such grouping."""
    if by not in BY:
        raise BadFilter("by", _(COUNTED), BY)
    group = groupings.BY[by](scope)
    group.made_of = LessonRow
    total = LessonRow("total", _("Total"))
    for value, *numbers in counted(scope, "province" if group.of_places else "month"):
        group.row(Place("", "", value, "") if group.of_places else value).count(*numbers)
        total.count(*numbers)
    for place in scope.places.values():
        total.hear(place, scope.since)
        if group.of_places:
            group.row(place).hear(place, scope.since)
    for row in group.found.values() if not group.of_places else ():
        row.hear_as(total)
    for row in (*group.found.values(), total):
        row.leave_open()
    columns = ("code", "label", *COLUMNS, "last_heard", "centres_heard", "centres_total")
    return Report(by, group.rows(), total, scope.silent, columns=columns)


def counted(scope, column):
    """(value of the column, how many reached the scope's lesson, how many finished it)."""
    counts = scope.of_the_provinces(LessonCount.objects.filter(course=scope.course, lesson=scope.lesson))
    return counts.order_by().values_list(column).annotate(Sum("reached"), Sum("finished"))
