"""What was counted in each month, by nation, region, province and centre: as far as it may be told."""

from collections import defaultdict
from itertools import groupby
from operator import itemgetter

from django.db.models import Sum
from django.utils import timezone

from courses import people, periods
from courses.definitions import VERSION
from courses.models import CourseCount
from courses.places_in_time import Places
from lms.centres.models import Centre, CentrePast, ProvinceRegion, RegionSet
from lms.network.open_data import hiding

MEASURES = [*people.NAMES, "lessons_finished"]
OF_CENTRES = {"active", "lessons_finished"}  # of the others a centre has too few in a month: told from the province up
# Each bounds all after it: nobody begins before they have joined, or learns before they have begun; where lessons were
# finished somebody learned; a course ends with a lesson, and a certificate is given where a course was finished. In a
# first month, or where nobody is left over from earlier ones, that holds of the month's own figures.
BOUNDING = ("joined", "starters", "active", "lessons_finished", "finishers", "certified")
NATION = ("nation", "TH")
OF_NATION = ("ประเทศไทย", "Thailand")
IN_NO_REGION = ("region", "none")  # of the current set


def last_month():
    """The last month that is published: the one after it is over as well, as much arrives late."""
    today = timezone.localdate()
    return periods.preceding(periods.preceding(today.year * 100 + today.month))


def rows(first=None, last=None):
    """One row a month and place, in the order of the columns; none where nothing was counted and nothing is hidden."""
    thailand = _Thailand()
    last = min(last or last_month(), last_month())
    for month, counted in _by_month(first, last):
        yield from thailand.rows(month, counted)


def _by_month(first, last):
    """(month, {measure: {pk of a centre: its figure}})."""
    lessons = _lessons(first, last)
    of_people = groupby(people.of_each_month(first, last), key=itemgetter(0))
    for month, told in _side_by_side(of_people, groupby(lessons, key=itemgetter(0))):
        counted = defaultdict(dict)
        for _month, centre, figures in told[0]:
            for name in people.NAMES:
                counted[name][centre] = getattr(figures, name)
        counted["lessons_finished"] = {centre: figure for _month, centre, figure in told[1]}
        yield month, counted


def _lessons(first, last):
    counts = CourseCount.objects.filter(month__lte=last)
    counts = counts.filter(month__gte=first) if first else counts
    sums = counts.order_by("month", "centre").values_list("month", "centre").annotate(Sum("lessons_finished"))
    return sums.iterator()


def _side_by_side(*groups):
    """Of several groupings by month, in its order: each month with the group of each, [] where it has none."""
    heads = [_next(group) for group in groups]
    while any(heads):
        month = min(head[0] for head in heads if head)
        now = [bool(head) and head[0] == month for head in heads]
        yield month, [head[1] if is_now else [] for head, is_now in zip(heads, now, strict=True)]
        heads = [_next(group) if is_now else head for group, head, is_now in zip(groups, heads, now, strict=True)]


def _next(group):
    """Read whole: a group of groupby is gone when the next is asked for."""
    month, members = next(group, (None, ()))
    return month and (month, list(members))


class _Thailand:
    """Every place and what it is part of, month by month."""

    def __init__(self):
        self._places = Places(Centre.objects.order_by(), lambda _place: True)
        self.region_set = RegionSet.objects.filter(is_current=True).values_list("code", flat=True).first() or ""
        self._names = {NATION: OF_NATION, IN_NO_REGION: ("", "")}
        self._above = {}
        self._name_provinces()
        self._name_centres()

    def _name_provinces(self):
        found = ProvinceRegion.objects.filter(region_set__is_current=True).select_related("province", "region")
        for row in found.order_by("region__position", "region__code", "province"):
            region, province = ("region", row.region.code), ("province", row.province_id)
            self._above[province] = region
            self._names[region] = (row.region.name_th, row.region.name_en)
            self._names[province] = (row.province.name_th, row.province.name_en)

    def _name_centres(self):
        """A code has one name: the last that went with it."""
        fields = ("code", "name_th", "name_en")
        for centres in (CentrePast.objects.order_by("until", "-pk"), Centre.objects.order_by()):
            self._names |= {("centre", code): names for code, *names in centres.values_list(*fields)}

    def rows(self, month, counted):
        inside = self._inside(month)
        told = _told(inside, {measure: self._of_places(month, measure, counted[measure]) for measure in MEASURES})
        part_of = {part: place for place, parts in inside.items() for part in parts}
        for place in told["active"]:
            figures = {measure: answer[place] for measure, answer in told.items() if place in answer}
            if any(figure != 0 for figure in figures.values()):
                yield self._row(month, place, part_of.get(place), [figures.get(measure) for measure in MEASURES])

    def _of_places(self, month, measure, figures):
        """{centre or province: its figure}, whichever is the smallest place that the measure is told for."""
        found = defaultdict(int)
        for pk, figure in figures.items():
            place = self._places.at(pk, month)
            found[("centre", place.code) if measure in OF_CENTRES else ("province", place.province)] += figure
        return found

    def _row(self, month, place, above, figures):
        level, code = place
        part_of = above[1] if above else ""
        names = self._names.get(place, ("", ""))
        return [periods.code(month), level, code, *names, part_of, *figures, self.region_set, VERSION]

    def _inside(self, month):
        """The tree of a month: {place: the places in it}."""
        inside = defaultdict(dict)  # as a set that keeps its order
        for pk in self._places.now:
            place = self._places.at(pk, month)
            province = ("province", place.province)
            region = self._above.get(province, IN_NO_REGION)
            inside[NATION][region] = inside[region][province] = inside[province]["centre", place.code] = True
        return {place: list(parts) for place, parts in inside.items()}


def _told(inside, counted):
    """{measure: {place: what may be told}}."""
    above = {place: parts for place, parts in inside.items() if place[0] != "province"}
    trees = {name: inside if name in OF_CENTRES else above for name in counted}
    return hiding.together(NATION, {name: (trees[name], counted[name]) for name in sorted(counted, key=BOUNDING.index)})
