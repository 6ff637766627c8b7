"""Counts kept by the transaction that records the events. Reports read these and never the events.

Months are whole numbers as 202611: Gregorian, in Thai time, by when the learning happened.
"""

from django.conf import settings
from django.db import models

from lms.centres.models import LearnerOwnedQuerySet


def _centre():
    return models.ForeignKey("centres.Centre", models.PROTECT, related_name="+", db_index=False)


class ByCourse(models.Model):
    """A month, a centre and a course."""

    pk = models.CompositePrimaryKey("month", "centre_id", "course")
    month = models.PositiveIntegerField()
    centre = _centre()
    course = models.UUIDField()
    starters = models.IntegerField(default=0)  # learners whose first event in the course was then and there
    active = models.IntegerField(default=0)  # learners with any event
    lessons_finished = models.IntegerField(default=0)
    finishers = models.IntegerField(default=0)  # learners who finished the course
    seconds = models.BigIntegerField(default=0)  # as told by the devices

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.month} {self.centre_id} {self.course}"


class CourseCount(ByCourse):
    """What reports read."""


class ErasedCourseCount(ByCourse):
    """The part of it that came from people who have been erased since: no event is left to count it from."""


class ByLesson(models.Model):
    """A month, a province, a course and a lesson: where people stop."""

    pk = models.CompositePrimaryKey("month", "province_id", "course", "lesson")
    month = models.PositiveIntegerField()
    province = models.ForeignKey("centres.Province", models.PROTECT, related_name="+", db_index=False)
    course = models.UUIDField()
    lesson = models.UUIDField()
    reached = models.IntegerField(default=0)
    finished = models.IntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.month} {self.province_id} {self.lesson}"


class LessonCount(ByLesson):
    """What reports read."""


class ErasedLessonCount(ByLesson):
    """The part of it that came from people who have been erased since."""


class ActiveMonth(models.Model):
    """That a learner was active in a month, at a centre, in a course: so that `active` counts people once."""

    pk = models.CompositePrimaryKey("learner_id", "month", "centre_id", "course")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    month = models.PositiveIntegerField()
    centre = _centre()
    course = models.UUIDField()

    objects = LearnerOwnedQuerySet.as_manager()

    def __str__(self):
        return f"{self.learner_id} {self.month}"


class LastHeard(models.Model):
    """When a centre's learning last reached this server."""

    centre = models.OneToOneField("centres.Centre", models.CASCADE, primary_key=True, related_name="last_heard")
    at = models.DateTimeField()

    def __str__(self):
        return f"{self.centre_id} {self.at:%Y-%m-%d}"
