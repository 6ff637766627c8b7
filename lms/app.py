"""Sala as an app on a phone: what the phone is told about it, and the worker that answers when there is no line."""

import json

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.accounts.shell import release, shell_files

BAND, PAPER = "#232f66", "#faf5ea"  # --band and --paper of tokens.css


@require_safe
def manifest(request):
    """One app in two languages: its id is the same in both."""
    home = reverse("home")
    app = {
        "id": "/",
        "name": _("Sala"),
        "short_name": _("Sala"),
        "description": _("Learn at ease, with a line or without"),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": home,
        "scope": "/",
        "display": "standalone",
        "theme_color": BAND,
        "background_color": PAPER,
        "categories": ["education"],
        "icons": [
            _icon("sala-192", 192, "any"),
            _icon("sala-512", 512, "any"),
            _icon("sala-maskable-512", 512, "maskable"),
        ],
    }
    response = JsonResponse(app, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/manifest+json"
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def worker(request):
    """The service worker. A developer's server has none: it would go on showing what was just changed."""
    if settings.DEBUG:
        raise Http404
    pages = {"none": _in_each_language("kept_none"), "check": _in_each_language("kept_check")}
    facts = json.dumps({"release": release(), "shell": shell_files(), **pages})
    script = render_to_string("sw.js", {"facts": facts})
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


def _in_each_language(name):
    return {language: _in(language, name) for language, _name in settings.LANGUAGES}


def _in(language, name):
    with override(language):
        return reverse(name)


def _icon(name, size, purpose):
    address = static(f"app/{name}.png")
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
