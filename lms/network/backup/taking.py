"""A folder with the database, the uploaded files and a manifest, which comes last: without it nothing is a backup."""

import errno
import hashlib
import hmac
import json
import shutil
import sqlite3
import tarfile
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from lms.accounts import uploads
from lms.network.backup.stores import Trouble, store

MANIFEST, MEDIA = "manifest.json", "media.tar"


def back_up(folder):
    """Write a backup into a new folder; the manifest. Raises Trouble, and then leaves no folder."""
    folder = Path(folder).resolve()
    if not uploads.bucket() and folder.is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise Trouble(f"{folder} is among the uploaded files: anybody could fetch it")
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        raise Trouble(f"{folder} is there already: each backup has a folder of its own") from None
    except OSError as problem:
        raise Trouble(_in_words(problem)) from problem
    try:
        return _written(folder)
    except (OSError, sqlite3.Error) as problem:
        shutil.rmtree(folder)
        raise Trouble(_in_words(problem)) from problem
    except BaseException:
        shutil.rmtree(folder)
        raise


def _written(folder):
    """The database first: a file that is uploaded meanwhile is one too many and not one too few."""
    source = store()
    rows = source.copy_to(folder / source.file)
    files = None if uploads.bucket() else _pack(folder / MEDIA)
    names = [source.file] if files is None else [source.file, MEDIA]
    manifest = {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "database": connection.vendor,
        "files": {name: facts_of(folder / name) for name in names},
        "rows": rows,
        "uploaded": files,  # how many; None where they are in a bucket, which is kept safe by itself
        "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
        "sealed_with": mark_of_key(),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1))
    return manifest


def mark_of_key():
    """Which SALA_CODE_KEY the codes and secrets of a database need; the key cannot be found by it."""
    return hmac.digest(settings.SALA_CODE_KEY.encode(), b"sala.backup.1", "sha256").hex()[:16]


def _pack(path):
    """How many uploaded files there are. They are pictures and sound: packing them smaller gains nothing."""
    root, packed = Path(settings.MEDIA_ROOT), 0
    found = sorted(file for file in root.rglob("*") if file.is_file()) if root.is_dir() else []
    with tarfile.open(path, "w") as tar:
        for file in found:
            try:
                tar.add(file, arcname=str(file.relative_to(root)), recursive=False)
            except FileNotFoundError:  # it was deleted meanwhile; if somebody wants it, the drill says so
                continue
            packed += 1
    return packed


def facts_of(path):
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _in_words(problem):
    full = getattr(problem, "errno", None) == errno.ENOSPC or "disk is full" in str(problem)
    return "there is no room left for the backup" if full else f"the backup could not be written: {problem}"
