"""Who looked at whose data, and who changed what others rely on. Rows are added and never changed."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.centres.models.sight import centres_cared_for, only_centre

LOOKS_COUNT_ONCE = timedelta(hours=1)


class AppendOnly(Exception):
    """Somebody tried to change or remove an entry of the audit log."""


class AuditEntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What was done with one's own data; what was done at the centres one runs; all of it to the ministry."""
        if not user.is_authenticated:
            return self.none()
        if only_centre(user):
            return self.filter(centre_id__in=centres_cared_for(user))
        if user.is_superuser or user.ministry_posts.in_force().exists():
            return self
        return self.filter(Q(subject=user.pk) | Q(centre_id__in=centres_cared_for(user)))

    def update(self, **fields):
        raise AppendOnly

    def delete(self):
        raise AppendOnly


class AuditEntry(models.Model):
    """One act. People are named by id only, so that an erased person is named by nothing."""

    class Action(models.TextChoices):
        LOOKED = "looked", _("looked at a learner")
        LISTED = "listed", _("looked at a list")
        EXPORTED = "exported", _("took out a list")
        REGISTERED = "registered", _("registered")
        CORRECTED = "corrected", _("corrected")
        CODE_SET = "code_set", _("set a code")
        UNLOCKED = "unlocked", _("opened a lock")
        CARDS = "cards", _("printed cards")
        PHONE_LINKED = "phone_linked", _("linked a phone")
        PHONE_REVOKED = "phone_revoked", _("ended a phone's link")
        CHECKED = "checked", _("checked a task")
        HELPER = "helper", _("made or ended a helper")
        CONSENT = "consent", _("wrote down a consent")
        WITHDRAWN = "withdrawn", _("wrote down a withdrawal")
        REQUEST = "request", _("answered a data request")
        IMPORTED = "imported", _("brought in a list")
        MERGED = "merged", _("merged")
        UNDONE = "undone", _("undid an import")
        ERASED = "erased", _("erased")
        TOKEN_MADE = "token_made", _("made a token")
        TOKEN_REVOKED = "token_revoked", _("ended a token")
        OPENED = "opened", _("opened a person's record, for a reason")
        FACTOR_RESET = "factor_reset", _("took away a second factor")
        EXPLAINED = "explained", _("answered a question about figures")
        PUBLISHED = "published", _("published a lesson")
        SENT_BACK = "sent_back", _("sent a lesson back")
        OFFERED = "offered", _("offered a lesson to all centres, or no more")
        ADOPTED = "adopted", _("took over another centre's lesson")

    at = models.DateTimeField(default=timezone.now)
    actor = models.UUIDField(null=True)  # null: the program itself, as in the retention job
    action = models.CharField(max_length=14, choices=Action)
    subject = models.UUIDField(null=True)
    centre = models.ForeignKey("centres.Centre", models.PROTECT, null=True, related_name="+", db_index=False)
    token = models.CharField(max_length=80, blank=True)  # the name of the token that was used
    detail = models.CharField(max_length=200, blank=True)  # never anybody's name

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["subject", "at"], name="audit_of_a_person"),
            models.Index(fields=["centre", "at"], name="audit_of_a_centre"),
            models.Index(fields=["actor", "at"], name="audit_by_a_person"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnly
