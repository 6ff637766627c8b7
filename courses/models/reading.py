"""A lesson read aloud, part by part."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from courses.sounds import check_sound


class Reading(Orderable):
    """The recording of one part of a lesson; a child of its page, so that drafts and revisions carry it."""

    page = ParentalKey("courses.LessonPage", related_name="readings")
    block = models.UUIDField(_("part that is read"), null=True, blank=True)  # None: the lesson's title and outcome
    file = models.ForeignKey(
        "wagtaildocs.Document",
        models.CASCADE,
        related_name="+",
        verbose_name=_("recording"),
        help_text=_("MP3, M4A, Ogg (Opus) or WAV, at most 10 MB."),
    )

    panels = [FieldPanel("block"), FieldPanel("file")]

    class Meta(Orderable.Meta):
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        # One recording of a part, which courses.models.course.LessonForm holds: rows are saved one after the other, so
        # that the database would refuse two that change their places.

    def __str__(self):
        return f"{self.page_id} {self.block or ''}"

    def clean(self):
        super().clean()
        if self.file_id:
            try:
                check_sound(self.file.file)
            except ValidationError as refused:
                raise ValidationError({"file": refused}) from refused
