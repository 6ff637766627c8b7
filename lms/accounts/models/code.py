"""A learner's secret code (three pictures or six digits), and the wrong tries at any door."""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SecretCode(models.Model):
    """What a learner taps or types after choosing their name. Only its HMAC is kept."""

    class Kind(models.TextChoices):
        PICTURES = "pictures", _("Three pictures")
        PIN = "pin", _("Six digits")

    user = models.OneToOneField("accounts.User", models.CASCADE, primary_key=True, related_name="code")
    kind = models.CharField(max_length=8, choices=Kind)
    mac = models.CharField(max_length=64)
    set_at = models.DateTimeField(default=timezone.now)
    locked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.user_id} {self.kind}"

    @property
    def is_locked(self):
        return self.locked_at is not None

    def keep(self, code):
        """Replace the code and open the lock. Does not save."""
        self.mac, self.set_at, self.locked_at = self.mac_of(code), timezone.now(), None

    def matches(self, code):
        """Whether `code` is the right one, in constant time."""
        return hmac.compare_digest(self.mac, self.mac_of(code))

    def mac_of(self, code):
        """The HMAC under the server's key; the learner's id in it makes equal codes look different."""
        message = f"{self.user_id}:{self.kind}:{code}".encode()
        return hmac.new(settings.SALA_CODE_KEY.encode(), message, hashlib.sha256).hexdigest()


class WrongTryQuerySet(models.QuerySet):
    def of(self, subject, within):
        """Wrong tries of one subject in the last `within` seconds."""
        return self.filter(subject=subject, at__gt=timezone.now() - timedelta(seconds=within))


class WrongTry(models.Model):
    """One wrong code or password. `subject` says whose: `code:<user>`, `device:<id>`, `password:<name>`."""

    subject = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    objects = WrongTryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["subject", "at"], name="wrong_tries_of_a_subject")]

    def __str__(self):
        return f"{self.subject} {self.at:%Y-%m-%d %H:%M}"
