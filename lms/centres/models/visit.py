"""How many people came on a day, when it is no longer kept who they were."""

from django.db import models, transaction
from django.db.models import Count, F
from django.db.models.functions import TruncDate


class VisitCountQuerySet(models.QuerySet):
    @transaction.atomic
    def take_in(self, sign_ins):
        """Delete these sign-ins and keep what they come to: people a day (in Thai time) and centre.

        Whoever came twice on a day came once; so all sign-ins of a person on a day are to be taken in at once.
        """
        keys = list(sign_ins.select_for_update(of=("self",)).values_list("pk", flat=True))
        taken = sign_ins.model.objects.filter(pk__in=keys).order_by()
        counted = taken.values(day=TruncDate("started_at"), centre=F("device__centre_id"))
        rows = list(counted.annotate(people=Count("learner_id", distinct=True)).order_by("day", "centre"))
        for row in rows:
            count, _new = self.get_or_create(day=row["day"], centre_id=row["centre"])
            self.filter(pk=count.pk).update(people=F("people") + row["people"])
        taken.delete()


class VisitCount(models.Model):
    """A day and a centre."""

    day = models.DateField()
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="visits")
    people = models.PositiveIntegerField(default=0)

    objects = VisitCountQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "centre"], name="one_visit_count_of_a_day")]

    def __str__(self):
        return f"{self.day} {self.centre_id}"
