"""The one-time QR with which a learner's own phone becomes theirs."""

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from lms.accounts.ids import uuid7
from lms.centres.models.owned import LearnerOwnedQuerySet

HOLDS_FOR = timedelta(minutes=10)


class PhoneInviteQuerySet(LearnerOwnedQuerySet):
    def usable(self):
        return self.filter(used_at=None, expires_at__gt=timezone.now())

    def of_text(self, text):
        """The usable invitation whose text this is, or None."""
        return self.usable().filter(digest=PhoneInvite.digest_of(text)).select_related("learner").first()

    def make(self, learner, made_by):
        """A new invitation and its text, shown once; those made before for this learner end."""
        self.filter(learner_id=learner.pk).usable().update(expires_at=timezone.now())
        text = secrets.token_urlsafe(24)
        expires_at = timezone.now() + HOLDS_FOR
        invite = self.create(
            learner_id=learner.pk, made_by=made_by, digest=PhoneInvite.digest_of(text), expires_at=expires_at
        )
        return invite, text


class PhoneInvite(models.Model):
    """That a caretaker invited a learner to link their phone. Only the SHA-256 of its text is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="phone_invites")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    objects = PhoneInviteQuerySet.as_manager()

    def __str__(self):
        return f"{self.learner_id} {self.made_at:%Y-%m-%d %H:%M}"

    @staticmethod
    def digest_of(text):
        return hashlib.sha256(text.encode()).hexdigest()
