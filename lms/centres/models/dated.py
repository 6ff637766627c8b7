"""Things that hold from one day to another."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def in_force(prefix="", on=None):
    """The condition "holds on that day" (both days included), for a relation named by `prefix`."""
    on = on or timezone.localdate()
    open_end = models.Q(**{f"{prefix}ended_on": None}) | models.Q(**{f"{prefix}ended_on__gte": on})
    return models.Q(**{f"{prefix}started_on__lte": on}) & open_end


class DatedQuerySet(models.QuerySet):
    def in_force(self, on=None):
        return self.filter(in_force(on=on))


class Dated(models.Model):
    started_on = models.DateField(_("from"), default=timezone.localdate)
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.started_on and self.ended_on and self.ended_on < self.started_on:
            raise ValidationError({"ended_on": _("This day is before the first one.")})

    def end(self, on=None):
        """Hold no longer from the day after `on` (today). Ending twice keeps the earlier day."""
        day = on or timezone.localdate()
        # Asked of the database, not of this object: somebody else may have ended it meanwhile.
        later = models.Q(ended_on=None) | models.Q(ended_on__gt=day)
        type(self)._base_manager.filter(later, pk=self.pk).update(ended_on=day)
        self.refresh_from_db(fields=["ended_on"])
