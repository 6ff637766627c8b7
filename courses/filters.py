"""What a report may be asked for. Whatever makes no sense raises BadFilter, which says what does."""

from uuid import UUID

from django.utils.translation import gettext as _

from courses import periods
from courses.models import CourseCount, CoursePage
from lms.centres.models import District


class BadFilter(ValueError):
    """A filter that names nothing. `allowed` lists what it may be, where that is a short list."""

    def __init__(self, field, message, allowed=()):
        self.field, self.allowed = field, list(allowed)
        if self.allowed:
            message += " " + _("Allowed: %(values)s.") % {"values": ", ".join(self.allowed)}
        self.message = message
        super().__init__(f"{field}: {message}")


def one_of(field, value, allowed):
    """The value, if there is none or it is one of those allowed."""
    if value and value not in allowed:
        raise BadFilter(field, _("This is none of the values."), allowed)
    return value


def apart(field, wide, narrow):
    """The BadFilter of two places of which one does not lie in the other: nothing is in both."""
    told = {"wide": wide, "narrow": narrow}
    return BadFilter(field, _("%(narrow)s does not lie in %(wide)s. Ask for one place.") % told)


def months(start, end):
    """The first and the last month, None where none is asked for."""
    try:
        first = periods.read(start)[0] if start else None
    except periods.BadPeriod as bad:
        raise BadFilter("from", str(bad)) from bad
    try:
        last = periods.read(end)[1] if end else None
    except periods.BadPeriod as bad:
        raise BadFilter("to", str(bad)) from bad
    if first and last and first > last:
        raise BadFilter("to", _("The end lies before the beginning."))
    return first, last


def district(code):
    """A district's code, if there is such a district."""
    if code and not (code.isdecimal() and District.objects.filter(pk=code).exists()):
        raise BadFilter("district", _("A district is named by the Interior Ministry's 4 digits, such as 3201."))
    return code


def as_key(text):
    """The key that a text is, or None. What is a key already stays."""
    try:
        return text if isinstance(text, UUID) else UUID(text)
    except ValueError:
        return None


def course(key):
    """The course's key, if there is or was such a course."""
    if not key:
        return None
    key = as_key(key)
    there = key and (CoursePage.objects.filter(key=key).exists() or CourseCount.objects.filter(course=key).exists())
    if not there:
        known = _("All courses: %(address)s") % {"address": "/api/v1/courses/"}
        raise BadFilter("course", f"{_('There is no course with this key.')} {known}")
    return key
