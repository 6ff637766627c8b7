"""What people ask about the data kept of them (PDPA s.30 to 36), with the day by which they are to be answered."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.ids import uuid7
from lms.centres.models.consent import Consent
from lms.centres.models.owned import LearnerOwnedQuerySet
from lms.centres.models.sight import centres_cared_for, only_centre

ANSWER_WITHIN = timedelta(days=30)  # PDPA s.30, for a copy; held to for every kind


def due():
    return timezone.localdate() + ANSWER_WITHIN


class DataRequestQuerySet(LearnerOwnedQuerySet):
    def open(self):
        return self.filter(answered_at=None)

    def visible_to(self, user):
        """One's own; those of the centres one looks after; all of them to the ministry, which watches the clock."""
        if not user.is_authenticated:
            return self.none()
        if only_centre(user):
            return self.filter(centre_id__in=centres_cared_for(user))
        if user.is_superuser or user.ministry_posts.in_force().exists():
            return self
        return self.filter(models.Q(learner_id=user.pk) | models.Q(centre_id__in=centres_cared_for(user)))


class DataRequest(models.Model):
    """One request. When its learner is erased it stays, without them, as proof that it was answered."""

    class Kind(models.TextChoices):
        COPY = "copy", _("a copy of my data")
        CORRECT = "correct", _("something to be put right")
        ERASE = "erase", _("erase my data")
        OBJECT = "object", _("stop using my data for something")

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not done")
        TAKEN_BACK = "taken_back", _("Taken back")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="data_requests"
    )
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="data_requests")
    kind = models.CharField(max_length=8, choices=Kind)
    words = models.TextField(max_length=500, blank=True)
    how = models.CharField(max_length=6, choices=Consent.How, default=Consent.How.SCREEN)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(default=due)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["centre", "answered_at"], name="data_requests_of_a_centre")]

    def __str__(self):
        return f"{self.kind} {self.asked_at:%Y-%m-%d}"

    @property
    def is_late(self):
        return self.answered_at is None and self.due_on < timezone.localdate()

    def answer(self, by, outcome, reason=""):
        """Close it. Answering twice keeps the first answer."""
        type(self).objects.open().filter(pk=self.pk).update(
            answered_at=timezone.now(), answered_by=by, outcome=outcome, reason=reason
        )
        self.refresh_from_db()
