"""From when until when a centre was not open: what is learned there meanwhile is asked about (courses.oddities)."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.centres.models.dated import Dated, DatedQuerySet

OPEN = "open"
DAY = timedelta(days=1)


class ClosureQuerySet(DatedQuerySet):
    def follow(self, statuses):
        """Begin and end closures as the status of some centres says now: {pk: status}. Twice does it once.

        On the day of a change the centre was both, so that day belongs to no closure.
        """
        today = timezone.localdate()
        running = {closure.centre_id: closure for closure in self.filter(ended_on=None, centre__in=list(statuses))}
        for pk, closure in running.items():
            if statuses[pk] != closure.status:
                closure.finish(today - DAY if statuses[pk] == OPEN else today)
        begun = [
            Closure(centre_id=pk, status=status, started_on=today + DAY)
            for pk, status in statuses.items()
            if status != OPEN and (pk not in running or running[pk].status != status)
        ]
        self.bulk_create(begun, ignore_conflicts=True)


class Closure(Dated):
    """That a centre was planned, paused or closed, on each of these days."""

    centre = models.ForeignKey("centres.Centre", models.CASCADE, related_name="closures")
    status = models.CharField(max_length=8)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("when a centre was not open")
        verbose_name_plural = _("when centres were not open")
        constraints = [
            models.UniqueConstraint(
                fields=["centre"], condition=models.Q(ended_on=None), name="one_running_closure_of_a_centre"
            )
        ]

    def __str__(self):
        return f"{self.centre_id} {self.status} {self.started_on}"

    def finish(self, last_day):
        """It was so up to this day; if that is before its first, it never was."""
        if last_day < self.started_on:
            self.delete()
        else:
            self.ended_on = last_day
            self.save(update_fields=["ended_on"])
