"""What a page is about beside its place, in words: for paper, on which no form says it."""

from django.utils.translation import gettext as _

from courses import periods
from lms.network.ministry.table import NOTHING


def chosen(scope):
    """The months, and the course, lesson and host where some are chosen."""
    months = _("All months")
    if scope.first or scope.last:
        ends = {"first": scope.first, "last": scope.last}
        told = {name: periods.month_label(month) if month else NOTHING for name, month in ends.items()}
        months = _("From %(first)s to %(last)s") % told
    course = scope.courses.get(scope.course, str(scope.course)) if scope.course else ""
    lesson = scope.lessons[scope.lesson] if scope.lesson else ""
    return [told for told in (months, course, lesson, scope.host_kinds.get(scope.host_kind)) if told]
