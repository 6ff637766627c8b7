"""What happens to every request: headers that protect, the language, and the idle shared device."""

import logging
import time

from django.conf import settings
from django.contrib.auth import logout
from django.core.paginator import InvalidPage
from django.http import Http404
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from rest_framework.exceptions import Throttled

from lms.accounts.busy import come_again
from lms.accounts.looks import drop_look
from lms.accounts.problems import problem_json
from lms.accounts.sheets import TYPES, XLSX

PAGES_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
# Wagtail's admin draws with inline scripts and styles; only signed-in authors reach it.
STUDIO_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
)
SEEN_AND_HEARD = ("image/", "audio/", "video/")
SEEN_EVERY = 30  # seconds between two notes that somebody is there

log = logging.getLogger(__name__)


class PackingMiddleware(GZipMiddleware):
    """gzip, but not what is packed already: it would only lose its length, and nginx could give no pieces of it."""

    def process_response(self, request, response):
        return response if _is_packed(response) else super().process_response(request, response)


def _is_packed(response):
    kind = response.headers.get("Content-Type", "")
    return kind == TYPES[XLSX] or kind.startswith(SEEN_AND_HEARD) and kind != "image/svg+xml"


class SecurityHeadersMiddleware:
    """A strict content policy, and no copy of a signed-in person's page in the browser's cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        studio = request.path.startswith("/studio/")
        response.headers.setdefault("Content-Security-Policy", STUDIO_POLICY if studio else PAGES_POLICY)
        response.headers.setdefault("Permissions-Policy", "geolocation=(), camera=(), microphone=()")
        if "Cache-Control" not in response.headers:
            private = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
            response.headers["Cache-Control"] = "no-store" if private else "no-cache"
        return response


class OddRequestsMiddleware:
    """Put right what no page could read, and give a refused method a page that says so.

    A cookie may spell a NUL (`"\\000"`), which PostgreSQL refuses; a header may name a codec that is none for text.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\0" in request.path_info:
            raise Http404  # nothing has such an address, and PostgreSQL would not even look for it
        request.META["REMOTE_ADDR"] = _address_of(request)
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        if (request.encoding or "utf-8").lower() != "utf-8":
            request.encoding = "utf-8"  # what every page of ours sends
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            page = render(request, "400.html", {"code": 405}, status=405)
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_view(self, request, view, args, kwargs):
        """Django would read what does not say how long it is as empty, and the answer would speak of something else."""
        if "Transfer-Encoding" not in request.headers or request.META.get("CONTENT_LENGTH"):
            return None
        if request.path.startswith("/api/"):
            return problem_json(411, _("Length required"), _("Say how long it is, by Content-Length."))
        return render(request, "400.html", {"code": 411}, status=411)

    def process_exception(self, request, exception):
        """What any view may raise and Django has no answer for.

        Too much at once: whoever asks comes again. Wagtail's studio looks up an id or a page of a list before it knows
        that it is a number: there is none.
        """
        if isinstance(exception, Throttled):
            return come_again(request, exception.wait)
        if request.path.startswith("/studio/") and isinstance(exception, ValueError | InvalidPage):
            log.warning("the studio could not read an id or a page of a list", exc_info=exception)
            return render(request, "404.html", status=404)
        return None


def _address_of(request):
    """Who calls: behind proxies of ours, the address that the outermost of them saw."""
    proxies = settings.SALA_PROXIES
    hops = [hop.strip()[:45] for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    seen = hops[-proxies] if 0 < proxies <= len(hops) else ""
    return seen or request.META.get("REMOTE_ADDR", "")


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

    The time is kept in the session at most every 30 seconds, so that reading costs no writes. A page that is looked
    at for longer, as a group's is, keeps its own limit there as `idle_seconds`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        seen = request.session.get("seen") if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if seen is not None:
            now = int(time.time())
            if now - seen > request.session.get("idle_seconds", settings.SALA_IDLE_SECONDS) + SEEN_EVERY:
                logout(request)
                if not request.path.startswith("/api/"):
                    return drop_look(redirect(reverse("home") + "?idle=1"))
            elif now - seen >= SEEN_EVERY:
                request.session["seen"] = now
        return self.get_response(request)
