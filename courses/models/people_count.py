"""Counts of people, each counted once however many courses, months or centres they were in.

A row of the course ANY_COURSE is about anything that somebody learns, one of a real course about that course alone.

What happens to a person once (joining, a first start, finish or certificate) stands in rows with `previous` = 0 and
adds up over months and places. `active` is one for each person and month, and `previous` the month before it in which
the same person was active. So the people active from month a to month b are the sum of `active` where the month is
from a to b and `previous` < a: each of them counts in the first of their months, where they were then.
"""

from uuid import UUID

from django.conf import settings
from django.db import models

from lms.centres.models import LearnerOwnedQuerySet

ANY_COURSE = UUID(int=0)


def _place(model):
    return models.ForeignKey(f"centres.{model}", models.PROTECT, related_name="+", db_index=False)


class OfPeople(models.Model):
    """What is counted of people; see the head of this file."""

    course = models.UUIDField()
    month = models.PositiveIntegerField()
    previous = models.PositiveIntegerField(default=0)  # 0: not active in any earlier month
    joined = models.IntegerField(default=0)  # registered; of ANY_COURSE only
    starters = models.IntegerField(default=0)
    active = models.IntegerField(default=0)
    finishers = models.IntegerField(default=0)
    certified = models.IntegerField(default=0)

    class Meta:
        abstract = True


class ByPeople(OfPeople):
    """By centre. The key's order serves a scan of a course's months, and a look at one centre in listed months."""

    pk = models.CompositePrimaryKey("course", "month", "centre_id", "previous")
    centre = _place("Centre")

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.month} {self.centre_id} {self.course}"


class PeopleCount(ByPeople):
    """What reports read."""


class ErasedPeopleCount(ByPeople):
    """The part of it that came from people who have been erased since."""


class ByAge(OfPeople):
    """By age band, of which a province is the smallest place: at a centre it could tell who somebody is."""

    pk = models.CompositePrimaryKey("course", "month", "province_id", "age_band", "previous")
    province = _place("Province")
    age_band = models.CharField(max_length=5, blank=True)  # as it is known today; "" is not told

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.month} {self.province_id} {self.age_band} {self.course}"


class AgeCount(ByAge):
    """What reports read."""


class ErasedAgeCount(ByAge):
    """The part of it that came from people who have been erased since."""


class CountedPerson(models.Model):
    """Where and when a learner is counted as joined, and under which age: so that a change moves what was counted."""

    learner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    month = models.PositiveIntegerField()
    centre = _place("Centre")
    age_band = models.CharField(max_length=5, blank=True)

    objects = LearnerOwnedQuerySet.as_manager()

    def __str__(self):
        return f"{self.learner_id} {self.month}"
