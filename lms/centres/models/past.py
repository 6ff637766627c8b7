"""What a centre was before it changed: figures stay under the place and the code they were made under."""

from contextlib import contextmanager

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import ApiToken
from lms.centres.models.closure import Closure
from lms.centres.models.place import Named

KEPT = ("code", "name_th", "name_en", "subdistrict_id", "host_kind")
NAMES_OF_KEPT = {*KEPT, "subdistrict", "status"}  # as `update` and `save` may name them


class CentrePast(Named):
    """What a centre was up to and including a month, in Thai time: 202611.

    Of several with the same month the first counts: it is what the centre was when the month began.
    """

    centre = models.ForeignKey("centres.Centre", models.CASCADE, related_name="pasts")
    until = models.PositiveIntegerField()
    code = models.CharField(max_length=20, db_index=True)
    subdistrict = models.ForeignKey("centres.Subdistrict", models.PROTECT, related_name="+")
    host_kind = models.CharField(max_length=16)

    class Meta:
        verbose_name = _("what a centre was")
        verbose_name_plural = _("what centres were")
        ordering = ["centre", "until", "pk"]
        indexes = [models.Index(fields=["centre", "until"], name="pasts_of_a_centre")]

    def __str__(self):
        return f"{self.code} {self.until}"


@contextmanager
def pasts_kept(centres):
    """Write down what some centres were, and when they were not open, where what is done meanwhile changes it.

    The month of the change is the last under what it was: part of it is counted that way already.
    """
    with transaction.atomic():
        before, statuses = _as_they_are(centres)
        yield
        after, now_so = _as_they_are(centres.model.objects.filter(pk__in=list(before))) if before else ({}, {})
        Closure.objects.follow({pk: status for pk, status in now_so.items() if status != statuses[pk]})
        changed = [pk for pk in after if after[pk] != before[pk]]
        now = timezone.localdate()
        CentrePast.objects.bulk_create(
            CentrePast(centre_id=pk, until=now.year * 100 + now.month, **before[pk]) for pk in changed
        )
        _follow({before[pk]["code"]: after[pk]["code"] for pk in changed if before[pk]["code"] != after[pk]["code"]})


def _follow(codes):
    """Tokens that were made for a centre go on under its new code."""
    tokens = list(ApiToken.objects.filter(centre__in=list(codes))) if codes else []
    for token in tokens:
        token.centre = codes[token.centre]
    ApiToken.objects.bulk_update(tokens, ["centre"], batch_size=500)


def _as_they_are(centres):
    """What is kept of each by pk, and their statuses by pk."""
    rows = list(centres.order_by().values("pk", "status", *KEPT))
    statuses = {row["pk"]: row.pop("status") for row in rows}
    return {row.pop("pk"): row for row in rows}, statuses
