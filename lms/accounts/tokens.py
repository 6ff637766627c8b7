"""Sign-in of programs: `Authorization: Bearer sala_...`, what a token may do, and how often."""

import time
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions, permissions, throttling

from lms.accounts.models import ApiToken
from lms.accounts.models.token import READ_COUNTS, READ_PROGRESS, WRITE_EVENTS

NOTE_USE_EVERY = timedelta(minutes=10)  # so that reading does not write on every call
SCOPES = {
    READ_PROGRESS: "read people and how far they got",
    WRITE_EVENTS: "hand in what happened",
    READ_COUNTS: "read the statistics",
}
WINDOW = 60  # seconds in which SALA_TOKEN_RATE calls are answered


class TokenAuthentication(authentication.BaseAuthentication):
    def authenticate(self, request):
        kind, _space, text = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        now = timezone.now()
        token = ApiToken.objects.of_text(text.strip())
        if token is None or not token.is_usable(now) or not token.user.is_active:
            raise exceptions.AuthenticationFailed(
                _("This token is not known, was revoked, or is past its day. Ask for a new one.")
            )
        note_use(token, now, request.META.get("REMOTE_ADDR", "")[:45])
        user = token.user
        user.only_centre, user.token_name = token.centre, token.name  # for lms.centres: sight and the audit log
        return user, token

    def authenticate_header(self, request):
        return "Bearer"


def note_use(token, now, address):
    """Remember when and from where a token was last used: at most every ten minutes, or when the address is new."""
    lately = token.last_used_at is not None and now - token.last_used_at <= NOTE_USE_EVERY
    if not lately or token.last_used_from != address:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=now, last_used_from=address)


def is_token(request):
    return isinstance(request.auth, ApiToken)


def scope_of(view, method):
    """The scope that a view wants of a token; None for any. What says nothing is taken to be about people.

    A view that reads and writes has one for each method.
    """
    scope = getattr(view, "scope", READ_PROGRESS)
    return scope.get("GET" if method == "HEAD" else method) if isinstance(scope, dict) else scope


class ScopePermission(permissions.BasePermission):
    """A token does only what its scopes say. Who is signed in on the site has no scopes."""

    def has_permission(self, request, view):
        scope = scope_of(view, request.method)
        if not is_token(request) or scope is None or request.auth.may(scope):
            return True
        raise exceptions.PermissionDenied(
            _("This needs a token with the scope %(scope)s; yours has %(own)s. Make another token for it.")
            % {"scope": scope, "own": ", ".join(request.auth.scopes.split()) or "-"},
            code="scope",
        )


class TokenThrottle(throttling.BaseThrottle):
    """So many calls of a token in each minute of the clock. Sessions are people, and people are slow.

    Counted in the cache: where each process has a cache of its own, each counts by itself.
    """

    def allow_request(self, request, view):
        if not is_token(request):
            return True
        key = f"token-rate:{request.auth.pk}:{int(time.time() // WINDOW)}"
        return _counted(key) <= settings.SALA_TOKEN_RATE

    def wait(self):
        return WINDOW - time.time() % WINDOW


def _counted(key):
    """How often this key was counted, this time included."""
    try:
        return cache.incr(key)
    except ValueError:  # the first in this minute, or another one was first in this very moment
        return 1 if cache.add(key, 1, WINDOW) else cache.incr(key)


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes the token."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema):
        told = "; ".join(f"`{scope}`: {what}" for scope, what in SCOPES.items())
        return {"type": "http", "scheme": "bearer", "description": f"A token, as `Bearer sala_…`. Its scopes: {told}."}
