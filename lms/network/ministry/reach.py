"""Which centres reached us in the last days, and which are silent. Nothing is estimated for a silent one."""

from datetime import datetime, timedelta

from django.utils import timezone

DAYS = (7, 30, 90)
NEVER = datetime.min.replace(tzinfo=timezone.get_default_timezone())


def reach(places):
    """(days, how many centres were heard from in them), of those that are open; and how many are open."""
    now = timezone.now()
    heard = [place.last_heard for place in places if place.is_open]
    return {
        "open": len(heard),
        "within": [(days, sum(1 for at in heard if at and at >= now - timedelta(days=days))) for days in DAYS],
        "never": heard.count(None),
    }
