"""Errors of the API as `application/problem+json` (RFC 9457) that say what to do."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import set_rollback

TYPE = "application/problem+json"


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
    body = problem(exc.status_code, exc.default_detail, _first(exc.detail))
    if isinstance(exc, exceptions.ValidationError) and isinstance(exc.detail, dict):
        body["errors"] = exc.detail
    headers = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(exc.wait) + 1)
    return Response(body, status=exc.status_code, headers=headers, content_type=TYPE)


def _first(detail):
    """One sentence out of DRF's nested details."""
    while isinstance(detail, dict | list):
        if not detail:
            return _("The request was not understood.")
        detail = next(iter(detail.values())) if isinstance(detail, dict) else detail[0]
    return detail
