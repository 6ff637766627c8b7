"""What was recorded in a later month than the one it belongs to: {(month, centre): (events, when the latest came)}."""

from courses.models import ErasedLateCount, LateCount
from courses.progress import sql
from courses.progress.events import month_of

NAMES = ["month", "centre", "events", "last_at"]


def of_events(rows):
    found = {}
    for row in rows:
        month = month_of(row.occurred_at)
        if month < month_of(row.recorded_at):
            join(found, {(month, row.centre): (1, row.recorded_at)})
    return found


def join(found, more):
    """Take more of the same into `found`."""
    for key, (events, last_at) in more.items():
        known = found.get(key, (0, last_at))
        found[key] = known[0] + events, max(known[1], last_at)


def add(found, erased=False):
    """Add it to what is kept, in the order of the keys so that two writers cannot deadlock."""
    if found:
        rows = [(*key, *found[key]) for key in sorted(found)]
        sql.upsert(ErasedLateCount if erased else LateCount, NAMES, rows, add=True)


def kept(model=LateCount):
    """What is there, by key."""
    return {(month, centre): (events, last_at) for month, centre, events, last_at in sql.select(model, NAMES)}
