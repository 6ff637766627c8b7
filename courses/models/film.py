"""A film that was sent for a lesson, while it is made ready and until it is in the lesson's draft."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_MINUTES = 20  # after which whatever made it has died


class FilmQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever sent them; the others of a centre see them in the lesson."""
        return self.filter(user=user.pk)

    def being_made(self):
        return self.filter(state=Film.State.MAKING, sent_at__gt=timezone.now() - timedelta(minutes=MOST_MINUTES))


class Film(models.Model):
    """`id` is the block that it becomes."""

    class State(models.TextChoices):
        MAKING = "making", _("being made ready")
        READY = "ready", _("in the draft")
        REFUSED = "refused", _("could not be made ready")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lesson = models.ForeignKey("courses.LessonPage", models.CASCADE, related_name="films")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=8, choices=State, default=State.MAKING)
    refusal = models.CharField(max_length=300, blank=True)  # in the words of the moment
    after = models.UUIDField(null=True)  # the block before it
    transcript = models.TextField()

    objects = FilmQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self):
        return f"{self.lesson_id} {self.state}"

    @property
    def is_lost(self):
        """Its machine was switched off while it was made."""
        is_old = self.sent_at < timezone.now() - timedelta(minutes=MOST_MINUTES)
        return self.state == self.State.MAKING and is_old
