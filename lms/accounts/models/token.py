"""Tokens with which other programs read and write in a person's name."""

import hashlib
import secrets
from base64 import urlsafe_b64encode

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from lms.accounts.models.user import User
from lms.accounts.prepared import Prepared, fields_of, object_of

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
        """The token whose text this is, with its person; None if there is none.

        Asked for on every call, so it is worded once: the query builder takes several times as long as the query.
        """
        for row in _OF_DIGEST.rows("whole", digest=ApiToken.digest_of(text)):
            token = object_of(ApiToken, row)
            token.user = object_of(User, row, "user__")
            return token
        return None

    def of_centre(self, code):
        """All that were made for a centre, whoever made them: caretakers change."""
        return self.filter(centre=code)

    def make(self, user, name, expires_at=None, scopes=SCOPES, centre="", form=None):
        """A new token and its text, which is shown this once and kept nowhere.

        The same `form` (any text that is made once) makes the same text: whoever sends it twice makes one token.
        """
        text = self.text_of(user, form) if form else f"sala_{secrets.token_urlsafe(32)}"
        token = self.create(
            user=user,
            name=name,
            digest=ApiToken.digest_of(text),
            expires_at=expires_at,
            scopes=" ".join(scope for scope in SCOPES if scope in scopes),
            centre=centre,
        )
        return token, text

    @staticmethod
    def text_of(user, form):
        """256 bits that nobody finds without the site's secret key."""
        made = salted_hmac("lms.accounts.token", f"{user.pk} {form}", algorithm="sha256")
        return f"sala_{urlsafe_b64encode(made.digest()).decode().rstrip('=')}"

    def revoke(self):
        """From now on they open nothing. Revoking twice keeps the first date."""
        return self.filter(revoked_at=None).update(revoked_at=timezone.now())


class ApiToken(models.Model):
    """A program's key: of what its person may do, it may do what its scopes say. Only the SHA-256 is kept.

    `centre` is the code of the only centre that it may see; empty, it sees all that its person sees.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
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

    def hand_to(self, user):
        """From now on it sees what this person sees. Who used it goes on as before."""
        self.user = user
        self.save(update_fields=["user"])

    def may(self, scope):
        return scope in self.scopes.split()

    @staticmethod
    def digest_of(text):
        """A plain hash is enough here: the text has 256 random bits, so it cannot be guessed from it."""
        return hashlib.sha256(text.encode()).hexdigest()


def _of_digest(shape, digest):
    return ApiToken.objects.filter(digest=digest).values(*fields_of(ApiToken), *fields_of(User, "user__"))


_OF_DIGEST = Prepared(_of_digest)
