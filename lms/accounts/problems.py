"""Errors of the API as `application/problem+json` (RFC 9457) that say what to do."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

TYPE = "application/problem+json"
TITLES = {
    400: gettext_lazy("Bad request"),
    401: gettext_lazy("Not signed in"),
    403: gettext_lazy("Not allowed"),
    404: gettext_lazy("Not found"),
    405: gettext_lazy("Not this method"),
    406: gettext_lazy("Not in this form"),
    413: gettext_lazy("Too much at once"),
    415: gettext_lazy("Not this kind of content"),
    429: gettext_lazy("Too often"),
}


def problem(status, title, detail, **more):
    """The body of a problem."""
    return {"type": "about:blank", "status": status, "title": str(title), "detail": str(detail), **more}


def problem_json(status, title, detail, **more):
    """A plain Django response for errors met before DRF: unknown addresses, crashes."""
    return JsonResponse(problem(status, title, detail, **more), status=status, content_type=TYPE)


def problem_response(exc, context):
    """DRF's exception handler. None for what is not the client's doing, so that it is logged as a fault."""
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    if not isinstance(exc, exceptions.APIException):
        return None
    set_rollback()
    # Whatever the view would have drawn (a page, YAML), a refusal is JSON.
    context["request"].accepted_renderer, context["request"].accepted_media_type = JSONRenderer(), TYPE
    title = TITLES.get(exc.status_code, exc.default_detail)
    body = problem(exc.status_code, title, _what_to_do(exc, context["view"]))
    if isinstance(exc, exceptions.ValidationError) and isinstance(exc.detail, dict):
        body["errors"] = exc.detail
    headers = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if isinstance(exc, exceptions.Throttled):
        headers["Retry-After"] = str(exc.wait or 1)
    return Response(body, status=exc.status_code, headers=headers, content_type=TYPE)


def _what_to_do(exc, view):
    """One sentence; ours where the framework would only say what went wrong."""
    if isinstance(exc, exceptions.NotAuthenticated):
        return _("Send a token in the header Authorization, as: Bearer sala_… Or sign in on the site.")
    if isinstance(exc, exceptions.Throttled):
        return _("This is too much at once. Wait %(seconds)d seconds, then send the same again.") % {
            "seconds": exc.wait or 1
        }
    if isinstance(exc, exceptions.PermissionDenied) and getattr(exc.detail, "code", "") != "scope":
        return _("Send the CSRF token of the page in the header X-CSRFToken, or use a token in Authorization.")
    if isinstance(exc, exceptions.NotFound):
        return _("There is nothing here. Check the address.")
    if isinstance(exc, exceptions.MethodNotAllowed):
        allowed = [method for method in view.allowed_methods if method != "OPTIONS"]
        return _("Use one of these methods: %(methods)s.") % {"methods": ", ".join(allowed)}
    if isinstance(exc, exceptions.NotAcceptable):
        kinds = ", ".join(renderer.media_type for renderer in view.renderer_classes)
        return _("Ask for one of these in the header Accept: %(kinds)s.") % {"kinds": kinds}
    if isinstance(exc, exceptions.UnsupportedMediaType) and _is_the_frameworks(exc):
        return _("Send JSON, with the header Content-Type: application/json.")
    return _first(exc.detail)


def _is_the_frameworks(exc):
    before, _media_type, after = str(exc.default_detail).partition("{media_type}")
    return str(exc.detail).startswith(before) and str(exc.detail).endswith(after)


def _first(detail):
    """One sentence out of DRF's nested details."""
    while isinstance(detail, dict | list):
        if not detail:
            return _("The request was not understood.")
        detail = next(iter(detail.values())) if isinstance(detail, dict) else detail[0]
    return detail
