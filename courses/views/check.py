"""Checking a certificate: for anybody, with the QR's text or the number; and what programs ask for the same."""

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.certificates import badge, checking
from courses.models import SigningKey
from lms.accounts.templatetags.dates import NBSP, month_name


def site_of(request):
    """What addresses on paper begin with: the site's own, or on a machine that has none the one it was opened by."""
    return settings.SALA_ADDRESS or f"{request.scheme}://{request.get_host()}"


@require_safe
def check(request):
    """Where to type or paste; `?q=` goes on to the answer."""
    typed = request.GET.get("q", "")
    if asked := checking.asked_for(typed):
        return redirect("checked", asked.replace("/", " ")[: checking.LONGEST])
    return render(request, "courses/check.html", _context())


@require_safe
def checked(request, text):
    """The answer. It is not found where nothing of ours is."""
    found = checking.check(checking.asked_for(text))
    is_ours = found.state not in (checking.FALSE, checking.NO_NUMBER)
    return render(request, "courses/check.html", _context(found), status=200 if is_ours else 404)


@require_safe
def kept_check(request):
    """The same page for any browser to keep: with every key in it, and drawn without the request, so that nobody is."""
    answer = HttpResponse(render_to_string("courses/check.html", _context() | {"is_copy": True}))
    answer["X-Kept"], answer["Cache-Control"] = "1", "no-cache"
    return answer


def _context(found=None):
    return {
        "found": found,
        "keys": _keys(),
        "months": [month_name(2000, month).split(NBSP)[0] for month in range(1, 13)],
        "year_offset": 0 if get_language() == "en" else 543,
    }


def _keys():
    """{key's id: its public half, in hex}, for check.js."""
    return {key.kid: bytes(key.public).hex() for key in SigningKey.objects.trusted()}


@require_safe
def certificate_keys(request):
    return _json(badge.jwks(site_of(request)))


@require_safe
def certificate_key(request, kid):
    key = get_object_or_404(SigningKey.objects.trusted(), kid=kid)
    return _json(badge.jwk_of(key, site_of(request)))


@require_safe
def certificate_issuer(request):
    profile = badge.issuer(site_of(request))
    return _json({"@context": badge.CONTEXT} | profile, "application/ld+json")


@require_safe
def revoked_certificates(request):
    return _json(badge.revoked(site_of(request)), "application/ld+json")


def _json(told, content_type="application/json"):
    """For any program, from any place: nothing here is anybody's."""
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False}, content_type=content_type)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
