"""An event on its way in, and what is answered to it."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import msgspec

THAI_TIME = timedelta(hours=7)  # Thailand has kept UTC+7 without summer time since 1920
LONGEST = 30 * 60  # seconds one event can claim; more means that somebody left the page open

# A clock outside these bounds is wrong (a dead battery says 1980): the learning counts as of its arrival.
# The past bound leaves room for a phone that was out of reach for a year.
CLOCK_AHEAD = timedelta(minutes=5)
CLOCK_BEHIND = timedelta(days=400)

OFFSET_NOTICED = 60  # seconds between two clocks that mean nothing: an answer takes a while on a slow line
LARGEST_OFFSET = 100 * 366 * 86_400  # a dead battery says 1980, or 2079


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a learner did, as the device that saw it tells it. `lesson` and `activity` are keys, not rows."""

    id: UUID  # version 7, made where it happened; sending it again changes nothing
    learner: UUID
    lesson: UUID
    verb: Literal["started", "answered", "finished", "checked"]
    occurred_at: Annotated[datetime, msgspec.Meta(tz=True)]
    activity: UUID | None = None
    answer: Any = None
    centre: Annotated[str, msgspec.Meta(max_length=20)] | None = None  # its code; else where the learner belongs
    seconds: Annotated[int, msgspec.Meta(ge=0, le=86_400)] = 0  # spent on it
    session: UUID | None = None
    # Seconds that the server's clock is ahead of the one that made `occurred_at`, where the device found that out.
    clock_offset: Annotated[int, msgspec.Meta(ge=-LARGEST_OFFSET, le=LARGEST_OFFSET)] | None = None
    claimed_correct: bool | None = None  # what a device without a line told the learner; the verdict here stands


class Verdict(msgspec.Struct, kw_only=True, omit_defaults=True):
    """What became of one event. A rejected one is kept aside with its reason."""

    id: UUID | None
    status: Literal["accepted", "duplicate", "rejected"]
    reason: str = ""
    correct: bool | None = None
    score: float | None = None


class Row(NamedTuple):
    """An event as it is stored: graded, with its place, and with a time that can be. Ids are hex text, times UTC."""

    learner: str
    id: str
    course: str
    lesson: str
    activity: str | None
    verb: str
    answer: Any
    correct: bool | None
    score: float | None
    seconds: int
    occurred_at: datetime
    claimed_at: datetime | None
    recorded_at: datetime
    centre: int
    session: str | None
    recorder: str | None
    claimed_correct: bool | None


def is_version_7(id):
    """Whether the hex text of a UUID says so (RFC 9562: its version is the 13th digit, its variant the 17th)."""
    return id[12] == "7" and id[16] in "89ab"


def in_utc(moment):
    """The moment in UTC. At the ends of the calendar (year 1 or 9999) an offset would lead out of it and is dropped."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def believable(claimed, now, offset=None):
    """When the event happened, and what its clock claimed if that is another time.

    A clock that is known to be wrong is put right first; where it still cannot be, the event happened just now.
    """
    moment = _put_right(claimed, offset or 0)
    earliest, latest = _bounds(now)
    happened = min(moment, now) if earliest <= moment <= latest else now
    return happened, (claimed if claimed != happened else None)


@lru_cache(maxsize=8)
def _bounds(now):
    return now - CLOCK_BEHIND, now + CLOCK_AHEAD


def _put_right(claimed, offset):
    if abs(offset) <= OFFSET_NOTICED:
        return claimed
    try:
        return claimed + timedelta(seconds=offset)
    except OverflowError:  # out of the calendar, and out of what can be believed
        return claimed


# Of each event of a batch the next two are asked several times, and to reckon with moments is slow in Python. They say
# the same of equal moments in any zone, as what is kept of one is told of the other.


@lru_cache(maxsize=2_048)
def month_of(moment):
    """202611: the month in Thai time of a moment."""
    local = moment.astimezone(UTC) + THAI_TIME
    return local.year * 100 + local.month


@lru_cache(maxsize=2_048)
def written(moment):
    """The moment in UTC as text: of two moments the later one's is the greater."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
