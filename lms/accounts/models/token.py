"""Tokens with which other programs read and write in a person's name."""

import hashlib
import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

READ_PROGRESS, WRITE_EVENTS, READ_COUNTS = "read_progress", "write_events", "read_counts"
SCOPES = (READ_PROGRESS, WRITE_EVENTS, READ_COUNTS)


class ApiTokenQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; a superuser ends anybody's."""
        return self if user.is_superuser else self.filter(user_id=user.pk)

    def usable(self):
        """Neither revoked nor past their day."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)

    def of_text(self, text):
        """The token whose text this is, with its person; None if there is none. Asked for on every call."""
        try:
            return self.select_related("user").get(digest=ApiToken.digest_of(text))
        except ApiToken.DoesNotExist:
            return None

    def make(self, user, name, expires_at=None, scopes=SCOPES, centre=""):
        """A new token and its text, which is shown this once and kept nowhere."""
        text = f"sala_{secrets.token_urlsafe(32)}"
        token = self.create(
            user=user,
            name=name,
            digest=ApiToken.digest_of(text),
            expires_at=expires_at,
            scopes=" ".join(scope for scope in SCOPES if scope in scopes),
            centre=centre,
        )
        return token, text

    def revoke(self):
        """From now on they open nothing. Revoking twice keeps the first date."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


class ApiToken(models.Model):
    """A program's key: of what its person may do, it may do what its scopes say. Only the SHA-256 is kept.

    `centre` is the code of the only centre that it may see; empty, it sees all that its person sees.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    last_used_from = models.CharField(max_length=45, blank=True)
    scopes = models.CharField(max_length=80, default=" ".join(SCOPES))
    centre = models.CharField(max_length=20, blank=True, db_index=True)

    objects = ApiTokenQuerySet.as_manager()

    def __str__(self):
        return self.name

    def is_usable(self, now):
        """Neither revoked nor past its day."""
        return self.revoked_at is None and (self.expires_at is None or self.expires_at > now)

    def may(self, scope):
        return scope in self.scopes.split()

    @staticmethod
    def digest_of(text):
        """A plain hash is enough here: the text has 256 random bits, so it cannot be guessed from it."""
        return hashlib.sha256(text.encode()).hexdigest()
