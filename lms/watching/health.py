"""Is it alive, and may requests be sent here? Asked every few seconds by whoever divides the work."""

import logging
import pkgutil
import secrets
import shutil
import tempfile
from functools import cache
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import cache as kept
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

from lms.accounts import uploads

MEGABYTE = 1_000_000

log = logging.getLogger(__name__)


class NotReady(Exception):
    """Why, in words for the log; whoever asked is only told which part it is."""

    for_the_log = True


@never_cache
def healthz(request):
    """200 when the database answers; anything else means: send nobody here."""
    database()
    return JsonResponse({"status": "ok"})


@never_cache
def readyz(request):
    """200 when all that a page may need is there; else 503, with the names of the parts that are not."""
    parts = {name: "ok" if _is_well(name, check) else "failed" for name, check in PARTS.items()}
    ready = {said for name, said in parts.items() if name not in _goes_on_without()} <= {"ok"}
    return JsonResponse({"status": "ok" if ready else "not ready", "parts": parts}, status=200 if ready else 503)


def _goes_on_without():
    """A bucket that all share takes none of them out: lessons can be read without it, and all would be out together."""
    return {"media"} if uploads.bucket() else set()


def _is_well(name, check):
    try:
        check()
    except Exception as problem:  # whatever it is, this part is not ready
        log.error("%s is not ready", name, exc_info=problem)
        return False
    return True


def database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations():
    """By the names of the files, as reading 200 of them would cost each process megabytes."""
    missing = migrations_on_disk() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        raise NotReady(f"{len(missing)} migrations are not applied: run manage.py migrate")


@cache
def migrations_on_disk():
    """(app, name) of every migration that this code brings."""
    found = set()
    for app in apps.get_app_configs():
        folder = Path(app.path) / "migrations"
        if folder.is_dir():
            names = import_module(f"{app.name}.migrations").__path__
            found |= {(app.label, module.name) for module in pkgutil.iter_modules(names) if module.name[0] not in "_~"}
    return frozenset(found)


def media():
    """Without a name of its own the file cannot be left behind. A new site has no folder before the first upload."""
    if bucket := uploads.bucket():
        bucket.look()
        return
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as file:
        file.write(b"x")


def cached():
    value = secrets.token_hex(8)
    kept.set(f"ready-{value}", value, 10)
    if kept.get(f"ready-{value}") != value:
        raise NotReady("the cache does not keep what it is given")


def disk():
    """Room for uploads (on their way to a bucket too), and for the database where it is a file beside them."""
    taken_in = tempfile.gettempdir() if uploads.bucket() else settings.MEDIA_ROOT
    for folder in {Path(taken_in), _folder_of_database()} - {None}:
        free = shutil.disk_usage(folder).free // MEGABYTE
        if free < settings.SALA_DISK_FREE:
            raise NotReady(f"{free} MB are free, and {settings.SALA_DISK_FREE} are the least (SALA_DISK_FREE)")


def _folder_of_database():
    name = str(connection.settings_dict["NAME"])
    on_file = connection.vendor == "sqlite" and not connection.is_in_memory_db()
    return Path(name.removeprefix("file:").partition("?")[0]).parent if on_file else None


PARTS = {"database": database, "migrations": migrations, "media": media, "cache": cached, "disk": disk}
