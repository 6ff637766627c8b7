"""Months whose events were taken out of the database, on PostgreSQL. See courses.event_months."""

from django.db import models
from django.utils import timezone


class DetachedMonth(models.Model):
    """A month of events that stands apart, or was kept elsewhere and dropped: counts cannot be proven without it."""

    month = models.PositiveIntegerField(primary_key=True)  # 202611
    events = models.BigIntegerField()
    detached_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.month)
