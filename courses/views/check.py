"""Checking a certificate: for anybody, with the QR's text or the number; and what programs ask for the same."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
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
    return _page(request)


@require_safe
def checked(request, text):
    """The answer. It is not found where nothing of ours is."""
    found = checking.check(checking.asked_for(text))
    is_ours = found.state not in (checking.FALSE, checking.NO_NUMBER)
    return _page(request, found, status=200 if is_ours else 404)


@require_safe
def kept_check(request):
    """The same page for a browser to keep: with every key in it, and nobody's name, look or token."""
    request.user, request.COOKIES = AnonymousUser(), {}
    answer = _page(request, is_kept=True)
    answer["Cache-Control"] = "no-cache"
    return answer


def _page(request, found=None, is_kept=False, status=200):
    in_thai = get_language() != "en"
    context = {
        "found": found,
        "is_kept": is_kept,
        "keys": _keys(),
        "months": [month_name(2000, month).split(NBSP)[0] for month in range(1, 13)],
        "year_offset": 543 if in_thai else 0,
    }
    return render(request, "courses/check.html", context, status=status)


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
