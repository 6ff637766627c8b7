"""The outermost of what happens to a request: it is given a number, timed, and written down."""

import logging
import re
import time
import uuid

from django.conf import settings
from django.utils.functional import LazyObject, empty

from lms.watching import logs

INSIDE = ("/healthz", "/readyz", "/metrics")  # asked every few seconds, and by the machine's own address
NUMBER = re.compile("[0-9a-fA-F-]{16,64}")  # what nginx and programs make; anything else may be a name
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

log = logging.getLogger("sala.requests")


class WatchingMiddleware:
    """Never the address: there are ids and names in it. Which view it was says enough."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        if request.path_info in INSIDE:
            request.META["HTTP_HOST"] = _own_name()
        number = _number_of(request)
        token = logs.request_id.set(number)
        try:
            response = self.get_response(request)
            response.headers["X-Request-ID"] = number
            seen = Seen(request, response, time.perf_counter() - began)
            if seen.is_worth_a_line():
                log.info("request", extra={"facts": seen.facts()})
        finally:
            logs.request_id.reset(token)
        return response


class Seen:
    """What may be told of a request that was answered."""

    def __init__(self, request, response, seconds):
        self.request, self.status, self.seconds = request, response.status_code, seconds
        self.method = request.method if request.method in METHODS else "other"
        self.view = view_of(request)

    def is_worth_a_line(self):
        routine = self.view == "static" or self.request.path_info in INSIDE
        return not (routine and self.status < 400) and log.isEnabledFor(logging.INFO)

    def facts(self):
        found = {"view": self.view, "method": self.method, "status": self.status}
        found["ms"] = round(self.seconds * 1000, 1)
        role = role_of(self.request)
        return found | ({"role": role} if role else {})


def _number_of(request):
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    return given if NUMBER.fullmatch(given) else uuid.uuid4().hex


def view_of(request):
    """The page's name in the program: of these there are some hundreds, whatever is asked."""
    match = request.resolver_match
    if match:
        return match.view_name
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


def role_of(request):
    """What kind of person asked, where the page wanted to know anyway: it costs no query."""
    user = request.__dict__.get("user")
    if user is None or (isinstance(user, LazyObject) and user._wrapped is empty):
        return None
    if not user.is_authenticated:
        return "visitor"
    if getattr(request, "auth", None):
        return "program"
    return "staff" if user.username else "learner"


def _own_name():
    """A name of this site: these pages are the same under every name."""
    name = (settings.ALLOWED_HOSTS or ["localhost"])[0].removeprefix(".")
    return "localhost" if name == "*" else name
