"""Certificates: what was printed on each, and the keys that they are signed with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.accounts.ids import uuid7
from lms.centres.models import LearnerOwnedQuerySet


class SigningKeyQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(retired_at=None)

    def trusted(self):
        """Those whose signature proves something: all but the ones that got into wrong hands."""
        return self.filter(leaked_at=None)


class SigningKey(models.Model):
    """An Ed25519 key. Its public half is kept for ever; the other is sealed, and gone once the key is retired."""

    kid = models.CharField(primary_key=True, max_length=8)
    algorithm = models.CharField(max_length=8, default="Ed25519", editable=False)
    public = models.BinaryField(max_length=32)
    sealed = models.BinaryField()  # see courses.certificates.keys
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    leaked_at = models.DateTimeField(null=True)

    objects = SigningKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm"], condition=Q(retired_at=None), name="one_key_signs_certificates_at_a_time"
            ),
        ]

    def __str__(self):
        return self.kid


class CertificateCounter(models.Model):
    """The last number given to a certificate in a province and Buddhist year."""

    pk = models.CompositePrimaryKey("province", "year")
    province = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.province}-{self.year}-{self.last:05}"


class CertificateQuerySet(LearnerOwnedQuerySet):
    def valid(self):
        return self.filter(revoked_at=None)


class Certificate(models.Model):
    """That a course was finished, in the words that were printed. The number outlives whose it was."""

    class Reason(models.TextChoices):
        RENAMED = "renamed", _("the name was put right")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    course = models.UUIDField()
    number = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=130, blank=True)
    course_title = models.CharField(max_length=255)
    course_title_en = models.CharField(max_length=255, blank=True)
    outcomes = models.JSONField(default=list)
    minutes = models.PositiveSmallIntegerField()
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="+", db_index=False)
    centre_name = models.CharField(max_length=200)
    issuer = models.CharField(max_length=200)
    signatories = models.JSONField(default=list)  # [{"name": ..., "title": ...}], two at most
    finished_at = models.DateTimeField()
    issued_at = models.DateTimeField()
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", db_index=False)
    statement = models.CharField(max_length=600, blank=True)  # what stands in the QR, signed
    sha256 = models.CharField(max_length=64, blank=True)  # of the PDF, once it was made
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=8, choices=Reason, blank=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    erased_at = models.DateTimeField(null=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"],
                condition=Q(revoked_at=None),
                name="one_valid_certificate_per_learner_and_course",
            ),
        ]
        indexes = [models.Index(fields=["learner", "course"], name="certificates_of_a_learner")]

    def __str__(self):
        return self.number

    @property
    def is_revoked(self):
        return self.revoked_at is not None


class CertificateSheet(models.Model):
    """The PDF as it was made: beside its certificate so that lists do not carry it, and in no folder."""

    certificate = models.OneToOneField(Certificate, models.CASCADE, primary_key=True, related_name="sheet")
    pdf = models.BinaryField()

    def __str__(self):
        return str(self.certificate_id)
