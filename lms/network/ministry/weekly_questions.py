"""Questions about figures that waited for an answer when a week ended: how many at each centre, where to read them."""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse

from courses.models import Oddity
from courses.progress.arrays import Among


def waiting(scope, end):
    """(centre, how many) of the centres of a scope that have any: the most first."""
    open_then = Q(answered_at=None) | Q(answered_at__gte=end)
    asked = Oddity.objects.filter(open_then, Among("centre", scope.places), found_at__lt=end)
    rows = asked.order_by().values_list("centre").annotate(Count("pk"))
    found = [(scope.places[centre], number) for centre, number in rows]
    return sorted(found, key=lambda row: (-row[1], row[0].code))


def addresses(kind, place):
    """Where the ministry reads them, and where a core member does; nothing where the site does not know its address."""
    query = urlencode({"state": "waiting"} | ({kind: place} if place else {}))
    if not settings.SALA_ADDRESS:
        return "", ""
    ministry, desk = reverse("ministry:oddities"), reverse("desk:oddities")
    return f"{settings.SALA_ADDRESS}{ministry}?{query}", settings.SALA_ADDRESS + desk
