"""What every page's template knows."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

from lms.accounts.looks import look_of
from lms.accounts.shell import release


def page(request):
    other = "th" if get_language() == "en" else "en"
    return {
        "look": look_of(request),
        "other_language": other,
        "other_language_name": dict(settings.LANGUAGES_SHOWN)[other],
        "other_language_url": translate_url(request.get_full_path(), other),
        "shared_device": "seen" in getattr(request, "session", {}),
        "release": release(),
        "idle_seconds": settings.SALA_IDLE_SECONDS,
        "is_demo": getattr(settings, "SALA_DEMO", False),
    }
