"""What happens to every request: headers that protect, the language, and the idle shared device."""

import time

from django.conf import settings
from django.contrib.auth import logout
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation

from lms.accounts.looks import drop_look

PAGES_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
# Wagtail's admin draws with inline scripts and styles; only signed-in authors reach it.
STUDIO_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)
SEEN_EVERY = 30  # seconds between two notes that somebody is there


class SecurityHeadersMiddleware:
    """A strict content policy, and no copy of a signed-in person's page in the browser's cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        studio = request.path.startswith("/studio/")
        response.headers.setdefault("Content-Security-Policy", STUDIO_POLICY if studio else PAGES_POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=(self)")
        if "Cache-Control" not in response.headers:
            private = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
            response.headers["Cache-Control"] = "no-store" if private else "no-cache"
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Pages go by their address (Thai, or English under /en/); programs by their Accept-Language."""

    def process_request(self, request):
        if request.path_info.startswith("/api/"):
            translation.activate(translation.get_language_from_request(request, check_path=False))
            request.LANGUAGE_CODE = translation.get_language()
        else:
            super().process_request(request)


class IdleSignOutMiddleware:
    """Sign a learner out of a shared device after ten minutes without a request from it.

    The time is kept in the session at most every 30 seconds, so that reading costs no writes.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        seen = request.session.get("seen") if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if seen is not None:
            now = int(time.time())
            if now - seen > settings.SALA_IDLE_SECONDS + SEEN_EVERY:
                logout(request)
                if not request.path.startswith("/api/"):
                    return drop_look(redirect(reverse("home") + "?idle=1"))
            elif now - seen >= SEEN_EVERY:
                request.session["seen"] = now
        return self.get_response(request)
