"""A question that a centre keeps, to put into any of its lessons."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.accounts import thai
from lms.accounts.ids import uuid7


class BankQuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the centres that one writes for, or whose lessons one reviews."""
        from courses.authoring.rights import reviewed_by, written_for

        own, reviewed = written_for(user).order_by(), reviewed_by(user).order_by()
        return self.filter(Q(centre__in=own.values("pk")) | Q(centre__in=reviewed.values("pk")))

    def kept_by(self, user):
        """Those that one may change: of the centres that one writes for."""
        from courses.authoring.rights import written_for

        return self.filter(centre__in=written_for(user).order_by().values("pk"))

    def about(self, words):
        """Those in which every word is found, anywhere inside a phrase."""
        found = self
        for word in thai.search_text(words).split():
            found = found.filter(search_text__contains=word)
        return found


class BankQuestion(models.Model):
    """`value` is a block of a lesson's body as Wagtail stores it, without its id: it gets one in each lesson."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    centre = models.ForeignKey(
        "centres.Centre", models.PROTECT, related_name="bank_questions", verbose_name=_("centre")
    )
    kind = models.CharField(max_length=20)
    value = models.JSONField()
    title = models.CharField(max_length=200)
    search_text = models.TextField(editable=False, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = BankQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-pk"]
        indexes = [models.Index(fields=["centre", "-updated_at"], name="bank_of_a_centre")]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.title
