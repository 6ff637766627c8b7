"""What is learned where: one report for the ministry's page, its CSV and the API, from counts only."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Min, Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses import definitions, groupings, periods
from courses.models import CourseCount, CoursePage
from lms.accounts.sheets import CSV, sheet
from lms.centres.models import Centre, ProvinceRegion

SILENT_AFTER = timedelta(days=30)
SUMS = {f"{name}_sum": Sum("active" if name == "learner_months" else name) for name in groupings.MEASURES}


class BadFilter(ValueError):
    """A filter that names nothing. `allowed` lists what it may be, where that is a short list."""

    def __init__(self, field, message, allowed=()):
        self.field, self.allowed = field, list(allowed)
        if self.allowed:
            message += " " + _("Allowed: %(values)s.") % {"values": ", ".join(self.allowed)}
        self.message = message
        super().__init__(f"{field}: {message}")


@dataclass(frozen=True)
class Place:
    """A centre as a report needs it."""

    code: str
    label: str
    province: str
    is_open: bool
    last_heard: datetime | None
    is_silent: bool


@dataclass
class Report:
    by: str
    rows: list
    total: groupings.Row
    silent: list  # open centres not heard lately, the longest silence first
    version: str = definitions.VERSION
    made_at: datetime = field(default_factory=timezone.now)

    @property
    def title(self):
        return groupings.BY[self.by].title

    @property
    def of_places(self):
        return groupings.BY[self.by].of_places

    def sheet(self, kind=CSV):
        """The rows as a file. The total is left out: a sheet is to be added up."""
        columns = ["by", *groupings.COLUMNS, "definitions_version"]
        rows = [[self.by, *row.told().values(), self.version] for row in self.rows]
        return sheet(f"completions-by-{self.by}", columns, rows, kind, is_long=False)


def completions(user, by, **filters):
    """The report on what this person may see. Raises BadFilter; see Scope for the filters."""
    return Scope(user, **filters).report(by)


class Scope:
    """The centres, months and course a report is about. Several reports can share one, and its queries."""

    def __init__(self, user, start="", end="", region="", province="", centre="", course=""):
        self.first, self.last = _months(start, end)
        self._read_provinces()
        self.region = _one_of("region", region, self.regions)
        self.province = _one_of("province", province, self.provinces)
        self.course = _course(course)
        self.centre = centre
        self._visible = Centre.objects.order_by().visible_to(user)
        self._centres = self._choose_centres(self._visible)
        if centre and not self.places:
            raise BadFilter("centre", _("There is no such centre among those you may see."))

    def report(self, by):
        """One row a group. Raises BadFilter when `by` is no grouping."""
        if by not in groupings.BY:
            raise BadFilter("by", _("This is no way to group."), groupings.BY)
        group = groupings.BY[by](self)
        total = groupings.Row("total", _("Total"))
        for pk, place in self.places.items():
            total.hear(place)
            if group.of_places:
                group.row(pk).hear(place)
        for numbers in self._counts().values(group.column).annotate(**SUMS).order_by():
            group.row(numbers[group.column]).add(numbers)
            total.add(numbers)
        rows = group.rows()
        if not group.of_places:
            for row in rows:
                row.last_heard = total.last_heard
                row.centres_heard, row.centres_total = total.centres_heard, total.centres_total
        return Report(by, rows, total, self.silent)

    @cached_property
    def places(self):
        """The centres by pk, in the order of their codes."""
        silent_since = timezone.now() - SILENT_AFTER
        rows = self._centres.order_by("code").values_list(
            "pk", "code", "name_th", "name_en", "subdistrict_id", "status", "last_heard__at"
        )
        return {
            pk: Place(
                code,
                in_language(name_th, name_en),
                subdistrict[:2],
                status == Centre.Status.OPEN,
                heard,
                heard is None or heard < silent_since,
            )
            for pk, code, name_th, name_en, subdistrict, status, heard in rows
        }

    @property
    def silent(self):
        never = datetime.min.replace(tzinfo=timezone.get_current_timezone())
        silent = [place for place in self.places.values() if place.is_open and place.is_silent]
        return sorted(silent, key=lambda place: (place.last_heard or never, place.code))

    @cached_property
    def courses(self):
        """Titles by key, in the order of the catalogue."""
        rows = CoursePage.objects.order_by("path").values_list("key", "title", "title_en")
        return {key: in_language(title, title_en) for key, title, title_en in rows}

    def span(self):
        """The first and the last month that can be asked for: whatever was counted, and what was asked."""
        counts = CourseCount.objects.filter(centre__in=self._visible.values("pk"))
        found = counts.aggregate(first=Min("month"), last=Max("month"))
        months = [month for month in (*found.values(), self.first, self.last) if month]
        return (min(months), max(months)) if months else (None, None)

    def _read_provinces(self):
        """Regions and provinces as the current region set has them: two dictionaries of names, and one of both."""
        rows = ProvinceRegion.objects.filter(region_set__is_current=True).select_related("province", "region")
        rows = list(rows.order_by("province__sort_key"))
        self.provinces = {row.province_id: row.province.name for row in rows}
        self.region_of = {row.province_id: row.region.code for row in rows}
        in_order = sorted((row.region for row in rows), key=lambda region: (region.position, region.code))
        self.regions = {region.code: region.name for region in in_order}

    def _choose_centres(self, centres):
        if self.region or self.province:
            chosen = [
                code
                for code, region in self.region_of.items()
                if self.region in ("", region) and self.province in ("", code)
            ]
            centres = centres.filter(subdistrict__district__province__in=chosen)
        if self.centre:
            code = self.centre if self.centre.isprintable() else ""
            centres = centres.filter(code=code)
        return centres

    def _counts(self):
        counts = CourseCount.objects.filter(centre__in=self._centres.values("pk"))
        if self.course:
            counts = counts.filter(course=self.course)
        if self.first:
            counts = counts.filter(month__gte=self.first)
        if self.last:
            counts = counts.filter(month__lte=self.last)
        return counts


def in_language(thai, english):
    """Of two names the one in the reader's language."""
    return (english if (get_language() or "th").startswith("en") else thai) or thai


def _one_of(field, value, allowed):
    if value and value not in allowed:
        short = allowed if len(allowed) <= 12 else ()
        raise BadFilter(field, _("This is none of the values."), short)
    return value


def _months(start, end):
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


def _course(key):
    """The course's key, if there is or was such a course."""
    if not key:
        return None
    try:
        key = key if isinstance(key, UUID) else UUID(key)
    except ValueError:
        raise BadFilter("course", _("A course is named by its key. The list of courses has them.")) from None
    if not CoursePage.objects.filter(key=key).exists() and not CourseCount.objects.filter(course=key).exists():
        raise BadFilter("course", _("There is no course with this key."))
    return key
