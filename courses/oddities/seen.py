"""What the rules look at, and what they find. Plain values, so that a rule can be tried without a database."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from courses.models.oddity import THE_CENTRE


class Finish(NamedTuple):
    """That a learner finished a lesson for the first time, which is what figures count."""

    learner: UUID
    lesson: UUID
    centre: int
    at: datetime
    seconds: float | None = None  # from its first event, or as told by the devices; None where nothing came before
    minutes: int = 0  # that it is said to take; 0 where the lesson is gone
    session: UUID | None = None  # of the group in which it was
    by_other: bool = False  # handed in by somebody else


class DayThere(NamedTuple):
    """What one learner did at a centre on a day."""

    centre: int
    day: date
    learner: UUID
    events: int
    first: datetime
    last: datetime
    by_others: int = 0  # events that somebody else handed in
    in_groups: int = 0
    way: str = ""  # "machine" of the centre, their own "phone", or neither is known


class Here(NamedTuple):
    """That a learner did something at a centre at a moment: an event, or signing in at a machine."""

    at: datetime
    centre: int
    on_phone: bool = False  # while signed in on a phone of their own, which may have been anywhere


class Spot(NamedTuple):
    """Where a centre is."""

    district: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Finding:
    kind: str
    centre: int
    day: date
    size: int  # by which two findings of one thing are compared
    evidence: dict = field(default_factory=dict)
    learner: UUID | None = None
    lesson: UUID | None = None
    elsewhere: int | None = None

    @property
    def subject(self):
        return self.learner or self.lesson or THE_CENTRE

    @property
    def key(self):
        return self.centre, self.day, self.kind, self.subject
