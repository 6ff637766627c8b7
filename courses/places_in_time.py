"""Centres as a report needs them: what they are now, and what they were up to which month."""

from bisect import bisect_left
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from lms.centres.models import Centre, CentrePast

SILENT_AFTER = timedelta(days=30)
NOW = 0  # after every month in which something changed
FIELDS = ("code", "name_th", "name_en", "subdistrict_id", "host_kind")


class Place(NamedTuple):
    """A centre, as it is or as it was."""

    code: str
    label: str
    subdistrict: str
    host_kind: str
    is_open: bool = False
    last_heard: datetime | None = None
    is_silent: bool = False

    @property
    def province(self):
        return self.subdistrict[:2]

    @property
    def district(self):
        return self.subdistrict[:4]


class Places:
    """Some centres through time. `keeps` says of a Place whether the report is about it.

    Two queries, however many centres there are and however often they changed.
    """

    def __init__(self, centres, keeps):
        self._centres, self._keeps = centres, keeps

    @cached_property
    def now(self):
        """The centres by pk, in the order of their codes."""
        silent_since = timezone.now() - SILENT_AFTER
        rows = self._centres.order_by("code").values_list("pk", *FIELDS, "status", "last_heard__at")
        label = _labels()
        return {
            pk: Place(
                *(code, label(thai, english), subdistrict, host_kind),
                *(status == Centre.Status.OPEN, heard, heard is None or heard < silent_since),
            )
            for pk, code, thai, english, subdistrict, host_kind, status, heard in rows
        }

    @cached_property
    def _before(self):
        """What the centres were, by pk: (month until which, Place), in their order."""
        rows = CentrePast.objects.filter(centre__in=self._centres.values("pk")).order_by("-until", "-pk")
        found, labels, label = {}, {}, _labels()
        for pk, until, code, thai, english, *told in rows.values_list("centre_id", "until", *FIELDS):
            now, place = self.now[pk], Place(code, label(thai, english), *told)
            # A code has one name: the last that went with it.
            latest = labels.setdefault((pk, place.code), now.label if place.code == now.code else place.label)
            found.setdefault(pk, {})[until] = place._replace(label=latest)
        return {pk: sorted(was.items(), key=lambda item: item[0]) for pk, was in found.items()}

    @cached_property
    def _months(self):
        return sorted({until for was in self._before.values() for until, _place in was})

    @property
    def until(self):
        """In a query of counts: the month of a change up to which a month goes, NOW after the last one."""
        ends = [When(month__lte=month, then=Value(month)) for month in self._months]
        return Case(*ends, default=Value(NOW), output_field=IntegerField())

    def at(self, pk, until):
        """The centre as it was in the months that `until` stands for."""
        was = self._before.get(pk, [])
        place = bisect_left(was, until, key=lambda item: item[0]) if until != NOW else len(was)
        return was[place][1] if place < len(was) else self.now[pk]

    @property
    def ever(self):
        """All that the centres are and were."""
        return (place for pk in self.now for place in self._all(pk, self._before.get(pk, {})))

    def moved(self, key=None):
        """The pks of centres that count, over time, into several rows of the report, or into it and out of it.

        `key` gives the row of a Place; without it, the rows are not about places.
        """
        return [
            pk for pk, was in self._before.items() if len({self._said(place, key) for place in self._all(pk, was)}) > 1
        ]

    def _all(self, pk, was):
        return [self.now[pk], *(place for _until, place in was)]

    def _said(self, place, key):
        return self._keeps(place) and (key(place) if key else True)


def in_language(thai, english):
    """Of two names the one in the reader's language."""
    return _labels()(thai, english)


def _labels():
    """The same for many names: to ask for the language of each was a twelfth of a page."""
    if (get_language() or "th").startswith("en"):
        return lambda thai, english: english or thai
    return lambda thai, english: thai
