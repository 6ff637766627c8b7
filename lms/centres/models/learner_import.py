"""A list of learners out of a file, from the upload to the day after."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from lms.accounts.ids import uuid7
from lms.centres.models.owned import LearnerOwnedQuerySet
from lms.centres.models.sight import centres_cared_for, sees_all

UNDONE_WITHIN = timedelta(days=1)


class LearnerImportQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated:
            return self.none()
        return self if sees_all(user) else self.filter(centre_id__in=centres_cared_for(user))


class LearnerImport(models.Model):
    """What was read from one file. `rows` hold people's data and are emptied when the day for undoing is over.

    A row is {"row": number in the file, "name", "family_name", "age_band", "subdistrict", "language",
    "same_as": id of a learner it may be, or null, "choice": "new", "merge" or "skip"}.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="learner_imports")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=200)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)  # {"row", "column", "value", "expected"}
    done = models.PositiveIntegerField(default=0)  # rows put in so far
    confirmed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = LearnerImportQuerySet.as_manager()

    def __str__(self):
        return f"{self.file_name} {self.made_at:%Y-%m-%d %H:%M}"

    @property
    def can_be_undone(self):
        return bool(self.finished_at and not self.undone_at and timezone.now() - self.finished_at < UNDONE_WITHIN)


class ImportedLearner(models.Model):
    """That a learner came with an import, or was changed by it: `before` then holds what was there."""

    batch = models.ForeignKey(LearnerImport, models.CASCADE, related_name="learners")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    before = models.JSONField(null=True)

    objects = LearnerOwnedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "learner"], name="a_learner_once_in_an_import")]

    def __str__(self):
        return f"{self.batch_id} {self.learner_id}"
