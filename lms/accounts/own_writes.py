"""Who has just written something reads it back: for some seconds a replica of the database may not have it yet."""

import hashlib

from django.conf import settings
from django.core.cache import cache

COOKIE = "just_wrote"  # says nothing but that; who forges it waits for the primary
SAFE = ("GET", "HEAD", "OPTIONS")
MORE = 5  # seconds beyond what a replica may be behind: for the way of the answer, and clocks


def has_just_written(request):
    return COOKIE in request.COOKIES or ("Authorization" in request.headers and bool(cache.get(_key(request))))


def note(request, response):
    """Remember it in the browser; of programs, which keep no cookies, in the cache."""
    if request.method in SAFE or response.status_code >= 400:
        return
    seconds = settings.SALA_REPLICA_LAG + MORE
    if "Authorization" in request.headers:
        cache.set(_key(request), True, seconds)
    else:
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(COOKIE, "1", max_age=seconds, secure=secure, httponly=True, samesite="Lax")


def _key(request):
    return f"just-wrote:{hashlib.sha256(request.headers['Authorization'].encode()).hexdigest()}"
