"""What was recorded, in the order of its arrival, for whoever keeps a copy: nothing is missed between two reads."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.core import signing
from django.db import connection
from django.utils import timezone

from courses.models import LearningEvent
from lms.accounts.lists import beyond

ORDER = ("recorded_at", "learner_id", "id")
CLOCKS_DIFFER = timedelta(seconds=60)  # at most, between the servers that record and the database
CURSORS = signing.Signer(salt="feed")  # without the time of day: the same page has the same cursor

LONGEST_OPEN = """
SELECT min(xact_start) FROM pg_stat_activity
WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
"""


class Page(NamedTuple):
    """`cursor` leads to what comes after, and is there even when nothing has; one can see as far as `settled`."""

    events: list
    cursor: str
    more: bool
    settled: datetime


def settled_until():
    """Before this moment nothing can turn up any more: whoever began to record before it has ended.

    SQLite's writers queue, and each looks at the clock after its turn came. On PostgreSQL a transaction that
    began early may end late, so what is newer than the oldest one that is open has to wait.
    """
    now = timezone.now()
    if connection.vendor != "postgresql":
        return now
    with connection.cursor() as cursor:
        cursor.execute(LONGEST_OPEN)
        oldest = cursor.fetchone()[0]
    return min(now, oldest or now) - CLOCKS_DIFFER


def page(user, limit, cursor="", since=None, until=None, newest_first=False, **filters):
    """So many events that this person may see. Raises signing.BadSignature for a cursor that is none of ours."""
    settled = settled_until()
    found = LearningEvent.objects.visible_to(user).filter(recorded_at__lt=settled, **filters)
    if since:
        found = found.filter(recorded_at__gte=since)
    if until:
        found = found.filter(recorded_at__lt=until)
    place = CURSORS.unsign_object(cursor) if cursor else None
    if place:
        found = found.filter(beyond(ORDER, place, newest_first))
    order = [f"-{name}" for name in ORDER] if newest_first else ORDER
    rows = list(found.select_related("centre").order_by(*order)[: limit + 1])
    events = rows[:limit]
    return Page(events, _after(events, cursor, since), len(rows) > limit, settled)


def _after(events, cursor, since):
    if events:
        return CURSORS.sign_object([str(getattr(events[-1], name)) for name in ORDER])
    nothing = "00000000-0000-0000-0000-000000000000"
    return cursor or CURSORS.sign_object([str(since or datetime.fromtimestamp(0, UTC)), nothing, nothing])
