"""Receipts for what somebody allowed, and when they took it back (PDPA s.19 and s.20)."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.ids import uuid7
from lms.accounts.models import User
from lms.centres.models.owned import LearnerOwnedQuerySet


class ConsentQuerySet(LearnerOwnedQuerySet):
    def in_force(self):
        return self.filter(withdrawn_at=None)


class Consent(models.Model):
    """One thing allowed by a learner, or by the guardian of one under 20. Never changed, only withdrawn."""

    class Purpose(models.TextChoices):
        LEARNING = "learning", _("learning here, allowed by a guardian")  # of those under 20 only
        PUBLICITY = "publicity", _("showing my story and picture")
        CALLS = "calls", _("calling me later to ask what came of it")
        NEWS = "news", _("sending me news")

    class How(models.TextChoices):
        SCREEN = "screen", _("on the screen")
        PAPER = "paper", _("on paper")
        VOICE = "voice", _("by word of mouth")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose)
    version = models.CharField(max_length=20)  # of the words that were read
    language = models.CharField(max_length=2, choices=User.Language)
    how = models.CharField(max_length=6, choices=How)
    guardian_name = models.CharField(max_length=120, blank=True)
    guardian_relation = models.CharField(max_length=40, blank=True)
    helped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_how = models.CharField(max_length=6, choices=How, blank=True)
    withdrawal_helped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "purpose"],
                condition=models.Q(withdrawn_at=None),
                name="one_consent_in_force_for_a_purpose",
            )
        ]

    def __str__(self):
        return f"{self.learner_id} {self.purpose}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise ValueError("A receipt is not changed: withdraw it, and give another.")
        super().save(*args, **kwargs)

    def withdraw(self, how=How.SCREEN, helped_by=None):
        """Hold no longer. Withdrawing twice keeps the first moment."""
        type(self).objects.in_force().filter(pk=self.pk).update(
            withdrawn_at=timezone.now(), withdrawn_how=how, withdrawal_helped_by=helped_by
        )
        self.refresh_from_db()
