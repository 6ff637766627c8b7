"""Counts of answers: which questions people miss, and which past months changed because something came late."""

from django.db import models


class ByQuestion(models.Model):
    """A month, a province and a question of a lesson."""

    pk = models.CompositePrimaryKey("course", "month", "province_id", "lesson", "activity")
    course = models.UUIDField()
    month = models.PositiveIntegerField()
    province = models.ForeignKey("centres.Province", models.PROTECT, related_name="+", db_index=False)
    lesson = models.UUIDField()
    activity = models.UUIDField()
    answers = models.IntegerField(default=0)  # every try
    missed = models.IntegerField(default=0)  # those that were not right; of what is not graded, none

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.month} {self.province_id} {self.activity}"


class QuestionCount(ByQuestion):
    """What reports read."""


class ErasedQuestionCount(ByQuestion):
    """The part of it that came from people who have been erased since."""


class ByLateness(models.Model):
    """A month and a centre: what was recorded in a later month than the one it belongs to, in Thai time."""

    pk = models.CompositePrimaryKey("month", "centre_id")
    month = models.PositiveIntegerField()
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="+", db_index=False)
    events = models.IntegerField(default=0)
    last_at = models.DateTimeField()  # when the latest of them was recorded

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.month} {self.centre_id}"


class LateCount(ByLateness):
    """What reports read, to say that a past month changed."""


class ErasedLateCount(ByLateness):
    """The part of it that came from people who have been erased since."""


class MovedAway(models.Model):
    """A month and a centre that had a beginning or an end, until something that came late put it earlier or elsewhere.

    Nothing reckons it anew: events say where everything is, and no longer where it was taken to be.
    """

    pk = models.CompositePrimaryKey("month", "centre_id")
    month = models.PositiveIntegerField()
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()  # when that was last found out

    def __str__(self):
        return f"{self.month} {self.centre_id}"
