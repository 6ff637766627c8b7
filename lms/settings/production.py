"""For real learners. Every value comes from the environment; a missing or unclear one stops the start."""

import os
import re
from importlib.util import find_spec
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from lms.settings import bucket
from lms.settings.base import *  # noqa: F403
from lms.settings.base import (
    CACHES,
    MIDDLEWARE,
    SALA_DATA_LICENCE,
    SALA_FFMPEG,
    SALA_FILM_MB,
    SALA_REPLICA_LAG,
    STORAGES,
)
from lms.settings.database import database, replica
from lms.watching import logs

POSTGRES = ("postgres://", "postgresql://")
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
SHORTEST_SECRET = 50  # characters, as Django's own check has it
HELP = "docs/operations.md says what it is for."


def required(name):
    """The environment's value. Raises ImproperlyConfigured with the missing name."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {HELP}")
    return value


def secret(name):
    """A key that nobody can guess. Its value is never told."""
    value = required(name)
    if len(value) < SHORTEST_SECRET or len(set(value)) < 5:
        raise ImproperlyConfigured(
            f"{name} is too short: it must be {SHORTEST_SECRET} random characters or more. {HELP}"
        )
    return value


def optional_secret(name):
    return secret(name) if os.environ.get(name, "").strip() else ""


def hosts(name):
    """Names without a scheme, with commas between: sala.example.go.th,192.168.1.10."""
    found = [host.strip() for host in required(name).split(",") if host.strip()]
    wrong = [host for host in found if not re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]", host)]
    if wrong or not found:
        raise ImproperlyConfigured(f"{name} must be host names with commas between, not {required(name)!r}. {HELP}")
    return found


def one_of(name, default, allowed):
    value = os.environ.get(name, "").strip() or default
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}, not {value!r}. {HELP}")
    return value


def number(name, default, least, most):
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise ImproperlyConfigured(f"{name} must be a number from {least} to {most}, not {value!r}. {HELP}")
    return int(value)


def address_of_database(name, pooled):
    """Never the address itself in the message: there is a password in it."""
    unclear = ImproperlyConfigured(f"{name} must be postgres://... or sqlite:////... {HELP}")
    if not required(name).startswith((*POSTGRES, "sqlite:///")):
        raise unclear
    try:
        return database(required(name), pooled)
    except ValueError:
        raise unclear from None


def addresses_of_replicas(name, pooled):
    """{alias: entry} of some addresses with commas between; none if it is not set."""
    unclear = ImproperlyConfigured(f"{name} must be addresses as postgres://... with commas between. {HELP}")
    found = [url.strip() for url in os.environ.get(name, "").split(",") if url.strip()]
    if not all(url.startswith(POSTGRES) for url in found):
        raise unclear
    try:
        return {f"replica{place}": replica(url, pooled) for place, url in enumerate(found, 1)}
    except ValueError:
        raise unclear from None


def address_of_cache(name):
    """Where the cache that all processes share is; None for one of each process's own."""
    value = os.environ.get(name, "").strip()
    if value and not re.fullmatch(r"(rediss?://[^/\s]+(:\d+)?(/\d*)?|unix://\S+)", value):
        raise ImproperlyConfigured(f"{name} must be redis://..., rediss://... or unix://... {HELP}")
    return value or None


def address_of_bucket(name):
    """Where uploads are in a bucket; None for a folder. Never the address in the message: there is a key in it."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured(f"{name} needs more packages: pip install --no-deps -r requirements-hub.txt. {HELP}")
    if os.environ.get("SALA_MEDIA_ROOT", "").strip():
        raise ImproperlyConfigured(f"{name} must be left out where SALA_MEDIA_ROOT is set. {HELP}")
    try:
        return bucket.storage(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be s3://key:secret@host/bucket. {HELP}") from None


def address_of_mail(name):
    """Django's settings of a mail server; none if it is not set. Never the address in the message."""
    value = os.environ.get(name, "").strip()
    if not value:
        return {}
    try:
        url = urlsplit(value)
        found = {
            "EMAIL_HOST": url.hostname,
            "EMAIL_PORT": url.port or {"smtp": 25, "smtp+tls": 587}.get(url.scheme, 465),
        }
    except ValueError:
        found = {}
    if not found.get("EMAIL_HOST") or url.scheme not in ("smtp", "smtp+tls", "smtps"):
        raise ImproperlyConfigured(f"{name} must be smtp://, smtp+tls:// or smtps://user:password@host:port. {HELP}")
    return found | {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_TLS": url.scheme == "smtp+tls",
        "EMAIL_USE_SSL": url.scheme == "smtps",
        "DEFAULT_FROM_EMAIL": required("SALA_MAIL_FROM"),
    }


DEBUG = False
SECRET_KEY = secret("SALA_SECRET_KEY")
SALA_CODE_KEY = secret("SALA_CODE_KEY")
if SALA_CODE_KEY == SECRET_KEY:
    raise ImproperlyConfigured(f"SALA_CODE_KEY must be another one than SALA_SECRET_KEY. {HELP}")
ALLOWED_HOSTS = hosts("SALA_HOSTS")
_pooled = one_of("SALA_POOLER", "no", ["yes", "no"]) == "yes"
DATABASES = {"default": address_of_database("DATABASE_URL", _pooled)}
_replicas = addresses_of_replicas("DATABASE_REPLICA_URLS", _pooled)
if _replicas:
    if not DATABASES["default"]["ENGINE"].endswith("postgresql"):
        raise ImproperlyConfigured(f"DATABASE_REPLICA_URLS must be left out without PostgreSQL. {HELP}")
    DATABASES |= _replicas
    DATABASE_ROUTERS = ["lms.accounts.replicas.Router"]
    MIDDLEWARE = [*MIDDLEWARE, "lms.accounts.replicas.OwnWritesMiddleware"]
SALA_FFMPEG = os.environ.get("SALA_FFMPEG", "").strip() or SALA_FFMPEG
SALA_FILM_MB = number("SALA_FILM_MB", SALA_FILM_MB, 1, 500)
SALA_REPLICA_LAG = number("SALA_REPLICA_LAG", SALA_REPLICA_LAG, 1, 3600)
SALA_DATA_LICENCE = one_of("SALA_DATA_LICENCE", SALA_DATA_LICENCE, ["cc-by-4.0", "cc0-1.0", "odc-by-1.0"])
WAGTAILDOCS_MAX_UPLOAD_SIZE = max(30, SALA_FILM_MB) * 1024 * 1024
_cache = address_of_cache("SALA_CACHE_URL")
if _cache:
    _shared = {"BACKEND": "lms.accounts.shared_cache.SharedCache", "LOCATION": _cache, "KEY_PREFIX": "sala"}
    CACHES = CACHES | {"default": _shared, "figures": _shared | {"KEY_PREFIX": "sala-figures"}}
_bucket = address_of_bucket("SALA_MEDIA_URL")
if _bucket:
    STORAGES = STORAGES | {"default": _bucket}
    WAGTAILDOCS_SERVE_METHOD = "serve_view"  # else it would send people to the bucket, which opens to nobody
else:
    MEDIA_ROOT = required("SALA_MEDIA_ROOT")

# A centre's own plain-HTTP network sets SALA_HTTPS=no; everything else is https, from a web server in front.
_https = one_of("SALA_HTTPS", "yes", ["yes", "no"]) == "yes"
SALA_PROXIES = int(one_of("SALA_PROXIES", "1" if _https else "0", ["0", "1", "2", "3"]))
_scheme = "https" if _https else "http"
SALA_ADDRESS = WAGTAILADMIN_BASE_URL = f"{_scheme}://{ALLOWED_HOSTS[0].removeprefix('.')}"
CSRF_TRUSTED_ORIGINS = [f"{_scheme}://{'*' if host[0] == '.' else ''}{host}" for host in ALLOWED_HOSTS]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside, without the web server in front
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _https else 0
if _https:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

globals().update(address_of_mail("SALA_MAIL_URL"))

SALA_METRICS = optional_secret("SALA_METRICS")
if SALA_METRICS:
    MIDDLEWARE = ["lms.watching.metrics.MetricsMiddleware", *MIDDLEWARE]
LOGGING = logs.config(one_of("SALA_LOG", "json", logs.FORMS))

# W005, W021: whether the domain above and its neighbours have https is not ours to promise.
# W019: the studio shows its preview in a frame of its own; other sites are kept out.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "security.W019"]
