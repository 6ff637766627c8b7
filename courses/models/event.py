"""What learners did. Written only by courses.progress.record; never changed, never deleted by hand."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.models.answer_text import AnswerText
from lms.centres.models import LearnerOwnedQuerySet


class LearningEvent(models.Model):
    """One thing a learner did, under the id it was given where it happened.

    The key starts with the learner, so that a database can be spread by learner, and nobody can take
    another's id. `claimed_at` keeps what a wrong clock said when `occurred_at` had to be mended,
    and `claimed_correct` what a device without a line told the learner, where we judge otherwise: our verdict stands.
    """

    class Verb(models.TextChoices):
        STARTED = "started", _("started")  # xAPI: initialized
        ANSWERED = "answered", _("answered")  # xAPI: answered
        FINISHED = "finished", _("finished")  # xAPI: completed
        CHECKED = "checked", _("checked")  # xAPI: passed or attempted; of a task, by who saw it done

    pk = models.CompositePrimaryKey("learner_id", "id")
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="learning_events", db_index=False
    )
    id = models.UUIDField()
    course = models.UUIDField()
    lesson = models.UUIDField()
    activity = models.UUIDField(null=True)
    verb = models.CharField(max_length=8, choices=Verb)
    answer = AnswerText(null=True)
    correct = models.BooleanField(null=True)
    score = models.FloatField(null=True)
    seconds = models.PositiveSmallIntegerField(default=0)
    occurred_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="+", db_index=False)
    session = models.UUIDField(null=True)
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", db_index=False)
    claimed_correct = models.BooleanField(null=True)

    objects = LearnerOwnedQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["recorded_at"], name="events_as_they_came"),  # for courses.feed
            models.Index(fields=["recorder"], condition=~models.Q(recorder=None), name="events_of_a_recorder"),
        ]

    def __str__(self):
        return f"{self.learner_id} {self.verb} {self.lesson}"


class RejectedEvent(models.Model):
    """An event that could not be counted, kept aside with the reason so that nothing is lost."""

    digest = models.CharField(max_length=64, primary_key=True)  # of the payload: sent twice, kept once
    payload = models.JSONField()
    reason = models.CharField(max_length=40)
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.reason} {self.recorded_at:%Y-%m-%d}"
