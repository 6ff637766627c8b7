"""What is learned where: one report for the ministry's page, its CSV and the API, from counts only."""

from datetime import datetime
from operator import itemgetter

from django.db.models import Max, Min, Q, Sum
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from courses import filters, groupings, kept_sums, people, periods
from courses.filters import BadFilter
from courses.models import ANY_COURSE, CourseCount, CoursePage, LessonPage, PeopleCount
from courses.places_in_time import Places, in_language
from courses.progress.arrays import Among
from courses.report import Report
from lms.accounts import replicas
from lms.centres.models import Centre, CentrePast, District, ProvinceRegion

FEW = 100  # centres: they are looked up one by one, and nothing of them is kept
SUMS = {f"{name}_sum": Sum("active" if name == "learner_months" else name) for name in groupings.MEASURES}


def completions(user, by, sort="", **filters):
    """The report on what this person may see. Raises BadFilter; see Scope for the filters."""
    return Scope(user, **filters).report(by).sorted(sort)


class Scope:
    """The centres, months and course a report is about. Several reports can share one, and its queries.

    What was learned counts where the centre was in that month, and as what; silence is about centres as they are.
    """

    def __init__(
        self, user, start="", end="", region="", province="", district="", host_kind="", centre="", course="", lesson=""
    ):
        self.first, self.last = filters.months(start, end)
        self._read_provinces()
        self.region = filters.one_of("region", region, self.regions)
        self.province = filters.one_of("province", province, self.provinces)
        self.district = filters.district(district)
        self.host_kind = filters.one_of("host_kind", host_kind, Centre.HostKind.values)
        self.course = filters.course(course)
        self.lesson = self._lesson(lesson)
        self.centre = centre
        self._visible = Centre.objects.order_by().visible_to(user)
        self._named = self._visible.of_code(centre) if centre else self._ever_there()
        self._places = Places(self._named, self._keeps)
        self._moments = []  # for which the sums that were read are true
        self._counted_at = []  # (Place, pk) of those of which something was counted, some of them twice
        if centre and not self._places.now:
            raise BadFilter("centre", _("There is no such centre among those you may see."))
        self._refuse_places_apart()

    def report(self, by):
        """One row a group. Raises BadFilter when `by` is no grouping."""
        if by not in groupings.BY:
            raise BadFilter("by", _("This is no way to group."), groupings.BY)
        group = groupings.BY[by](self)
        for value, numbers in self._learned(group):
            group.row(value).add(numbers)
        for value, numbers in self._people(group):
            group.row(value).add_people(numbers)
        total = groupings.Row("total", _("Total"))
        if group.of_places:
            for place in self.places.values():
                group.row(place).hear(place, self.since)
            for row in group.found.values():
                total.join(row)
            self._count_centres(group)
        else:
            self._sum_up(total, group)
        for row in (*group.found.values(), total):
            row.leave_open()
        total.centres_counted = len({centre for _place, centre in self._counted_at})
        report = Report(by, group.rows(), total, self.silent, made_at=self.true_at)
        of_courses = report.rows if self.course or group.column == "course" else []
        for row in of_courses + ([total] if self.course else []):
            row.people_joined = None  # joining is not of one course
        return report

    def _count_centres(self, group):
        """Say of each row how many centres it rests on: one that was two things in the period is one of them."""
        counted = {}
        for place, centre in self._counted_at:
            counted.setdefault(group.key(place), set()).add(centre)
        for key, row in group.found.items():
            row.centres_counted = len(counted.get(key, ()))

    def _sum_up(self, total, group):
        """The total of rows that are not about places: people of several months or courses count once."""
        for row in group.found.values():
            total.join(row)
        total.forget_people()
        for _value, numbers in self._people_by_place:
            total.add_people(numbers)
        for place in self.places.values():
            total.hear(place, self.since)
        for row in group.found.values():
            row.hear_as(total)

    @property
    def since(self):
        """The moment from which on the report is, or None."""
        return periods.begins(self.first) if self.first else None

    @property
    def true_at(self):
        """The moment for which all that was read here is true, at the least."""
        return min(self._moments, default=None) or replicas.true_at()

    @cached_property
    def places(self):
        """The centres that are asked for as they are now, by pk, in the order of their codes."""
        return {pk: place for pk, place in self._places.now.items() if self._keeps(place)}

    def places_in(self, month):
        """The centres that are asked for as they were in a month, by pk, in the order of their codes."""
        then = [(pk, self._places.at(pk, month)) for pk in self._places.now]
        kept = [(pk, place) for pk, place in then if self._keeps(place)]
        return dict(sorted(kept, key=lambda item: item[1].code))

    @cached_property
    def silent(self):
        never = datetime.min.replace(tzinfo=timezone.get_current_timezone())
        silent = [place for place in self.places.values() if place.is_open and place.is_silent]
        return sorted(silent, key=lambda place: (place.last_heard or never, place.code))

    @cached_property
    def districts(self):
        """Names by code, in the order of their provinces."""
        rows = District.objects.order_by("province__sort_key", "code").values_list("code", "name_th", "name_en")
        return {code: in_language(name_th, name_en) for code, name_th, name_en in rows}

    @property
    def host_kinds(self):
        return {kind.value: str(kind.label) for kind in Centre.HostKind}

    @cached_property
    def courses(self):
        """Titles by key, in the order of the catalogue."""
        rows = CoursePage.objects.order_by("path").values_list("key", "title", "title_en")
        return {key: in_language(title, title_en) for key, title, title_en in rows}

    @cached_property
    def months(self):
        """Every month that may have counts."""
        first, last = self.counted_months
        return periods.between(max(first, self.first or first), min(last, self.last or last)) if first else []

    @cached_property
    def counted_months(self):
        """The first and the last month of all that was counted anywhere."""
        ends = {"first": Min("month"), "last": Max("month")}
        found = [CourseCount.objects.aggregate(**ends), PeopleCount.objects.filter(course=ANY_COURSE).aggregate(**ends)]
        months = [month for row in found for month in row.values() if month]
        return (min(months), max(months)) if months else (None, None)

    def _ever_there(self):
        """The centres that are or were in the province or district: they are few, and all to be read is slow."""
        within = self.district or self.province
        if not within:
            return self._visible
        were = CentrePast.objects.order_by().filter(subdistrict__code__startswith=within).values("centre")
        return self._visible.filter(Q(subdistrict__code__startswith=within) | Q(pk__in=were))

    def _read_provinces(self):
        """Regions and provinces as the current region set has them: two dictionaries of names, and one of both."""
        rows = ProvinceRegion.objects.filter(region_set__is_current=True).order_by("province__sort_key")
        of_region = ["region__position", "region__code", "region__name_th", "region__name_en"]
        rows = list(rows.values_list("province", "province__name_th", "province__name_en", *of_region))
        self.provinces = {province: in_language(*names) for province, *names, _at, _region, _th, _en in rows}
        self.region_of = {row[0]: row[4] for row in rows}
        self.regions = {code: in_language(*names) for _at, code, *names in sorted({row[3:] for row in rows})}

    def _refuse_places_apart(self):
        """Raises BadFilter where one place that is asked for never lay in another."""
        province = self.province or self.district[:2]
        if self.district and province != self.district[:2]:
            raise filters.apart("province", self.province, self.district)
        if self.region and province and self.region_of.get(province) != self.region:
            raise filters.apart("region", self.region, self.district or self.province)
        if self.centre and not any(self._is_there(place) for place in self._places.ever):
            wide = next(name for name in ("district", "province", "region") if getattr(self, name))
            raise filters.apart(wide, getattr(self, wide), self.centre)

    def of_the_scope(self, counts):
        """Those counts that are about its centres, as they are now, and its months."""
        return self._of_all(self._in_time(counts))

    def of_its_centres(self, rows):
        """Those rows that are about its centres, as they are now."""
        return rows if self.is_everywhere else rows.filter(Among("centre", self.places))

    def people_by_month(self, latest):
        """A row for each of the latest months that are asked for, with its people; none where nobody was there."""
        group, months = groupings.ByMonth(self), self.months[-latest:]
        counts = self._counts(PeopleCount).filter(month__in=months, course=self.course or ANY_COURSE)
        for month, numbers in self._counted(group, counts, people.sums(None, "month")):
            group.row(month).add_people(numbers)
        return [group.row(month) for month in months] if group.found else []

    def learned_by_province(self):
        """{province: (starters, finishers)}."""
        found = {}
        for place, numbers in self._learned_by_place:
            starters, finishers = found.get(place.province, (0, 0))
            found[place.province] = starters + numbers["starters_sum"], finishers + numbers["finishers_sum"]
        return found

    def of_the_provinces(self, counts):
        """Those counts by province that are about its region or province, and its months."""
        if self.region or self.province:
            asked = [code for code, region in self.region_of.items() if self.region in ("", region)]
            counts = counts.filter(province__in=[code for code in asked if self.province in ("", code)])
        return self._in_time(counts)

    @cached_property
    def lessons(self):
        """Titles of the course's lessons by key, in their order."""
        path = CoursePage.objects.filter(key=self.course).values_list("path", flat=True).first() or "-"
        rows = LessonPage.objects.filter(path__startswith=path).order_by("path").values_list("key", "title", "title_en")
        return {key: in_language(title, title_en) for key, title, title_en in rows}

    def _lesson(self, key):
        """A lesson's key, if it is one of the course that is asked for."""
        if not key:
            return None
        if not self.course:
            raise BadFilter("lesson", _("Choose the lesson's course too."))
        found = next((lesson for lesson in self.lessons if str(lesson) == str(key)), None)
        if found is None:
            raise BadFilter("lesson", _("This course has no such lesson."), map(str, self.lessons))
        return found

    @property
    def any_place(self):
        """A centre that may be seen in the region, province or district, whoever its host is; None without one."""
        return next((place for place in self._places.now.values() if self._is_there(place)), None)

    def _is_there(self, place):
        return (
            (not self.region or self.region_of.get(place.province) == self.region)
            and self.province in ("", place.province)
            and self.district in ("", place.district)
        )

    def _keeps(self, place):
        """Whether a place, as it is or was, is asked for."""
        return self._is_there(place) and self.host_kind in ("", place.host_kind)

    def _learned(self, group):
        """Sums of what was learned, by what the group's rows are made of: a Place, or a value of its column."""
        return self._learned_by_place if group.of_places else self._counted(group, self._counts(CourseCount), SUMS)

    def _people(self, group):
        """The same of people, each of whom counts once in a row."""
        if group.of_places:
            return self._people_by_place
        counts = self._counts(PeopleCount)
        if group.column == "course":
            counts = counts.exclude(course=ANY_COURSE)
        elif not self.course:
            counts = counts.filter(course=ANY_COURSE)
        return self._counted(group, counts, people.sums(self.first, group.period))

    @cached_property
    def _learned_by_place(self):
        return list(self._counted(groupings.AsTheyWere(self), self._counts(CourseCount), SUMS))

    @cached_property
    def _people_by_place(self):
        """Only months before which somebody was not active in the period; all else that is counted stands there too."""
        counts = self._counts(PeopleCount).filter(course=self.course or ANY_COURSE, previous__lt=self.first or 1)
        return list(self._counted(groupings.AsTheyWere(self), counts, people.sums(self.first)))

    def _counted(self, group, counts, sums):
        """Sums by what the group's rows are made of.

        Only centres that were something else in the eyes of this report are asked for with their months.
        """
        moved, told = set(self._places.moved(group.key if group.of_places else None)), itemgetter(*sums)
        for numbers in self._rows(self._of_all(counts, but=moved).values(group.column).annotate(**sums).order_by()):
            value = numbers[group.column]
            if not group.of_places:
                yield value, numbers
            elif value in self.places:  # one may have been added since they were read
                yield self._at(self.places[value], value, told(numbers)), numbers
        if moved:
            yield from self._counted_by_time(group, self._of(counts, moved), sums)

    def _rows(self, sums):
        if len(self.places) <= FEW:
            return sums
        moment, rows = kept_sums.kept(sums)
        self._moments.append(moment)
        return rows

    def _counted_by_time(self, group, counts, sums):
        counts, told = counts.annotate(until=self._places.until), itemgetter(*sums)
        columns = {group.column, "centre", "until"}
        for numbers in self._rows(counts.values(*columns).annotate(**sums).order_by()):
            place = self._places.at(numbers["centre"], numbers["until"])
            if self._keeps(place):
                at = self._at(place, numbers["centre"], told(numbers)) if group.of_places else numbers[group.column]
                yield at, numbers

    def _at(self, place, centre, told):
        """The place, noted where anything was counted of the centre."""
        if any(told):
            self._counted_at.append((place, centre))
        return place

    @property
    def is_everywhere(self):
        """Whether nothing narrows the centres: neither what was asked for, nor what this person may see."""
        narrowed = self.region or self.province or self.district or self.host_kind or self.centre
        return not narrowed and not self._visible.query.where

    def _of_all(self, counts, but=()):
        """The counts of its centres, but for some. A whole country is not listed: comparing each row would cost."""
        if self.is_everywhere:
            return counts.exclude(Among("centre", but)) if but else counts
        return self._of(counts, [pk for pk in self.places if pk not in but])

    def _of(self, counts, centres):
        """The counts of some centres. Those of a few are looked up month by month, and not found among all."""
        months = self.months
        if len(centres) <= FEW:
            counts = counts.filter(month__in=months)
        return counts.filter(Among("centre", centres))

    def _counts(self, model):
        return self._in_time(model.objects.filter(course=self.course) if self.course else model.objects.all())

    def _in_time(self, counts):
        if self.first:
            counts = counts.filter(month__gte=self.first)
        if self.last:
            counts = counts.filter(month__lte=self.last)
        return counts
