"""An event on its way in, and what is answered to it."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

import msgspec

THAI_TIME = timedelta(hours=7)  # Thailand has kept UTC+7 without summer time since 1920
LONGEST = 30 * 60  # seconds one event can claim; more means that somebody left the page open

# A clock outside these bounds is wrong (a dead battery says 1980): the learning counts as of its arrival.
# The past bound leaves room for a phone that was out of reach for a year.
CLOCK_AHEAD = timedelta(minutes=5)
CLOCK_BEHIND = timedelta(days=400)


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


def in_utc(moment):
    """The moment in UTC. At the ends of the calendar (year 1 or 9999) an offset would lead out of it and is dropped."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def believable(claimed, now):
    """When the event happened, and what its clock claimed if that could not be."""
    if now - CLOCK_BEHIND <= claimed <= now + CLOCK_AHEAD:
        return min(claimed, now), (claimed if claimed > now else None)
    return now, claimed


def month_of(moment):
    """202611: the month in Thai time of a moment in UTC."""
    local = moment + THAI_TIME
    return local.year * 100 + local.month
