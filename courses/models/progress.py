"""How far learners got. Folded from the events by courses.progress; pages read it, nothing else writes it."""

from django.conf import settings
from django.db import models

from courses.models.answers import PackedAnswers
from lms.centres.models import LearnerOwnedQuerySet


def _learner():
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)


def _centre(**kwargs):
    return models.ForeignKey("centres.Centre", models.PROTECT, related_name="+", db_index=False, **kwargs)


class LessonProgress(models.Model):
    """One learner and one lesson. `answers` is by activity id: see courses.progress.fold.Answer."""

    pk = models.CompositePrimaryKey("learner_id", "lesson")
    learner = _learner()
    lesson = models.UUIDField()
    course = models.UUIDField()
    started_at = models.DateTimeField()
    centre = _centre()  # where it was started
    finished_at = models.DateTimeField(null=True)
    finish_centre = _centre(null=True)
    last_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)
    answers = PackedAnswers(default=dict)
    stuck_since = models.DateTimeField(null=True)  # the same question was missed three times and more
    unchecked_since = models.DateTimeField(null=True)  # a task is done, and the caretaker has not looked yet
    checked_at = models.DateTimeField(null=True)  # somebody looked at a task of it, the last time

    objects = LearnerOwnedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["learner"], condition=~models.Q(stuck_since=None), name="lessons_stuck_in"),
            models.Index(fields=["learner"], condition=~models.Q(unchecked_since=None), name="lessons_to_check"),
        ]

    def __str__(self):
        return f"{self.learner_id} {self.lesson}"

    @property
    def is_finished(self):
        return self.finished_at is not None


class EnrolmentQuerySet(LearnerOwnedQuerySet):
    def completed(self):
        return self.exclude(completed_at=None)


class Enrolment(models.Model):
    """One learner and one course, from the first thing they did in it. Nobody has to apply."""

    pk = models.CompositePrimaryKey("learner_id", "course")
    learner = _learner()
    course = models.UUIDField()
    started_at = models.DateTimeField()
    centre = _centre()  # where it was started
    completed_at = models.DateTimeField(null=True)
    completion_centre = _centre(null=True)
    last_at = models.DateTimeField()
    last_lesson = models.UUIDField()
    lessons_finished = models.PositiveSmallIntegerField(default=0)

    objects = EnrolmentQuerySet.as_manager()

    def __str__(self):
        return f"{self.learner_id} {self.course}"

    @property
    def is_completed(self):
        return self.completed_at is not None
