"""Where centres were, month by month, and where an event happened that names one by a code it had."""

from typing import NamedTuple

from django.db import connection

from lms.centres.models import Centre, CentrePast

# One query, as recording is the hottest path: what each centre is, and what it was up to which month.
PLACES = f"""
SELECT centre.id, centre.subdistrict_id, past.until, past.subdistrict_id
FROM {Centre._meta.db_table} centre LEFT JOIN {CentrePast._meta.db_table} past ON past.centre_id = centre.id
WHERE centre.id IN (%s) ORDER BY past.until, past.id
"""


class Place(NamedTuple):
    """A centre's province now, and the (month, province) up to which it was elsewhere, in their order."""

    now: str
    before: list

    def province(self, month):
        return next((province for until, province in self.before if month <= until), self.now)


def places_then(centres):
    """A Place by centre pk. Subdistrict codes begin with the province's."""
    centres, found = list(centres), {}
    with connection.cursor() as cursor:
        cursor.execute(PLACES % (", ".join(["%s"] * len(centres)) or "NULL"), centres)
        for pk, now, until, was in cursor.fetchall():
            place = found.setdefault(pk, Place(now[:2], []))
            if until:
                place.before.append((until, was[:2]))
    return found


def provinces_of(centres):
    """By centre pk what tells the code of the province in which it was in a month."""
    return {pk: was.province for pk, was in places_then(centres).items()}


def places_of(states):
    """The pks of all centres that some states of lessons or courses name."""
    return {place for item in states for place in (item.centre, item.where_finished) if place}


class Called:
    """What the codes in a batch mean: a centre that has or had the code, and where it went when it was merged."""

    def __init__(self, codes, user):
        self.ways = {}
        if codes:  # most batches name none, and to word who may see what takes a fifth of an event's time
            self._look_up(codes, user)

    def _look_up(self, codes, user):
        visible = Centre.objects.order_by().visible_to(user)
        rows = visible.filter(code__in=codes).values_list("code", "pk", "merged_at")
        self.ways = {code: [(pk, None)] for code, pk, merged_at in rows if merged_at is None}
        if more := codes - self.ways.keys():
            self._follow(more, visible)

    def __contains__(self, code):
        return code in self.ways

    def at(self, code, moment):
        """The pk of the centre that had the code, or of the one that it had become by that moment."""
        return next(pk for pk, until in self.ways[code] if until is None or moment < until)

    def _follow(self, codes, visible):
        """Old codes, and those of centres that became part of others: seldom, so looked up one step after the other."""
        pks = dict(CentrePast.objects.order_by().filter(code__in=codes).values_list("code", "centre_id"))
        pks |= dict(Centre.objects.order_by().filter(code__in=codes).values_list("code", "pk"))
        chains = {code: [] for code in pks}
        onward = dict(pks)
        while onward:
            rows = Centre.objects.order_by().filter(pk__in=set(onward.values()))
            known = {pk: rest for pk, *rest in rows.values_list("pk", "merged_at", "merged_into_id")}
            for code, pk in onward.items():
                chains[code].append((pk, known[pk][0]))
            onward = {code: known[pk][1] for code, pk in onward.items() if known[pk][1]}
        named = {pk for chain in chains.values() for pk, _until in chain}
        seen = set(visible.filter(pk__in=named).values_list("pk", flat=True))
        self.ways |= {code: chain for code, chain in chains.items() if any(pk in seen for pk, _until in chain)}
