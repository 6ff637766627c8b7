"""The second factor of staff: the secret that their phone's app shares with us, and codes for when it is lost."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from lms.accounts.ids import uuid7


class SecondFactorQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own. Who resets somebody else's never sees it."""
        return self.filter(user_id=user.pk)


class SecondFactor(models.Model):
    """That somebody gives a code after their password. Who takes another phone has another one, with another id."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="second_factor")
    sealed = models.BinaryField()  # the secret; see lms.accounts.second_factor.secrets
    last_step = models.BigIntegerField(default=0)  # the latest half minute whose code was used: none works twice
    recovery = models.JSONField(default=list)  # HMACs of the codes that were not used yet
    set_up_at = models.DateTimeField(default=timezone.now)

    objects = SecondFactorQuerySet.as_manager()

    def __str__(self):
        return str(self.user_id)
