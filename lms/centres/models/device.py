"""Shared machines that a caretaker bound to a centre, and who sits at them."""

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.accounts.ids import uuid7
from lms.centres.models.owned import LearnerOwnedQuerySet
from lms.centres.models.sight import centres_cared_for, sees_all

SALT = "sala.device"


class DeviceQuerySet(models.QuerySet):
    def bound(self):
        return self.filter(revoked_at=None)

    def shared(self):
        """The centre's own machines."""
        return self.filter(owner=None)

    def visible_to(self, user):
        """Those of the centres that this person looks after; the ministry needs none."""
        if sees_all(user):
            return self
        return self.filter(centre_id__in=centres_cared_for(user))

    def of_cookie(self, value):
        """The bound device whose signed cookie this is, or None."""
        try:
            pk = signing.loads(value or "", salt=SALT)
        except signing.BadSignature:
            return None
        return self.bound().select_related("centre").filter(pk=pk).first()


class Device(models.Model):
    """A PC or tablet of a centre, or a learner's own phone. Only here can a learner sign in with a code."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    centre = models.ForeignKey("centres.Centre", models.CASCADE, related_name="devices")
    name = models.CharField(_("name of the machine"), max_length=40)
    bound_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    bound_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    owner = models.ForeignKey(  # a learner's own phone; nobody else signs in there
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="phones"
    )

    objects = DeviceQuerySet.as_manager()

    def __str__(self):
        return self.name

    @property
    def cookie(self):
        """The value of the cookie that proves a browser is this device."""
        return signing.dumps(str(self.pk), salt=SALT)

    def revoke(self):
        """Let nobody sign in here any more, and sign out whoever is."""
        self.revoked_at = self.revoked_at or timezone.now()
        self.save(update_fields=["revoked_at"])
        self.sign_everybody_out()

    def sign_everybody_out(self):
        self.sign_ins.all().sign_out()


class SignInQuerySet(LearnerOwnedQuerySet):
    def end(self, session_key):
        """Whoever had this session has gone. Ending twice keeps the first moment."""
        self.filter(session_key=session_key, ended_at=None).update(ended_at=timezone.now())

    def sign_out(self):
        """End the sessions of those who are still in."""
        still_in = self.filter(ended_at=None)
        Session.objects.filter(session_key__in=list(still_in.values_list("session_key", flat=True))).delete()
        still_in.update(ended_at=timezone.now())


class SignIn(models.Model):
    """A learner at a device, from signing in to going."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    device = models.ForeignKey(Device, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["session_key"], name="sign_ins_of_a_session")]

    def __str__(self):
        return f"{self.learner_id} {self.started_at:%Y-%m-%d %H:%M}"
