"""What was recorded in a later month than the one it belongs to: {(month, centre): (events, when the latest came)}.

And what that takes from other months: who seemed to begin in October began in August, as came to be known in November.
"""

from courses.models import ErasedLateCount, LateCount, MovedAway
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


def standing(states):
    """{(whose and what, month, centre)} of the beginnings and ends of some states, of lessons or of courses."""
    found = set()
    for state in states:
        whose = state.learner, getattr(state, "lesson", state.course)
        found.add((*whose, "began", month_of(state.started_at), state.centre))
        if state.when_finished:
            found.add((*whose, "finished", month_of(state.when_finished), state.where_finished))
    return found


def mark(gone, at):
    """Keep from which months something went, of what `standing` gives; `at` is when that was found out."""
    months = sorted({(month, centre) for *_what, month, centre in gone if month < month_of(at)})
    if months:
        sql.upsert(MovedAway, ["month", "centre", "at"], [(*key, at) for key in months], newest="at")
