"""For real learners. Every value comes from the environment; a missing one stops the start."""

import os

from django.core.exceptions import ImproperlyConfigured

from lms.settings.base import *  # noqa: F403
from lms.settings.database import database


def required(name):
    """The environment's value. Raises ImproperlyConfigured with the missing name."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. docs/operations.md says what it is for.")
    return value


DEBUG = False
SECRET_KEY = required("SALA_SECRET_KEY")
SALA_CODE_KEY = required("SALA_CODE_KEY")
ALLOWED_HOSTS = required("SALA_HOSTS").split(",")
DATABASES = {"default": database(required("DATABASE_URL"))}
MEDIA_ROOT = required("SALA_MEDIA_ROOT")
WAGTAILADMIN_BASE_URL = f"https://{ALLOWED_HOSTS[0]}"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

# A centre's own plain-HTTP network sets SALA_HTTPS=no; everything else is https.
_https = os.environ.get("SALA_HTTPS", "yes") != "no"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = _https
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
if _https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
