"""The drill: restore a backup where nobody sees it, look whether all is there, and take it away again."""

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection

from lms.accounts import uploads
from lms.network.backup.stores import Trouble, store
from lms.network.backup.taking import MANIFEST, MEDIA, facts_of, mark_of_key

OF_THE_SITE = (
    "DATABASE_REPLICA_URLS",
    "SALA_POOLER",
    "SALA_CACHE_URL",
    "SALA_MEDIA_URL",
)  # what the copy must not touch, or goes past
OTHER_KEY = "SALA_CODE_KEY is not the one of this backup: after a restore no code would be right"


class Proof(NamedTuple):
    """In words: what is wrong with a backup, and what could not be looked at in it."""

    wrong: list
    untried: list


def prove(folder, *, quick=False, server=None, scratch=None):
    """Raises Trouble where a restore cannot even be tried."""
    folder = Path(folder)
    manifest = manifest_of(folder, connection.vendor)
    wrong = [said for name, facts in manifest["files"].items() if (said := _differs(folder / name, facts))]
    if wrong:
        return Proof(wrong, ["the restore"])
    with tempfile.TemporaryDirectory(prefix="sala-proof-", dir=scratch) as place:
        place = Path(place).resolve()
        (place / "media").mkdir()
        if MEDIA in manifest["files"]:
            with tarfile.open(folder / MEDIA) as tar:
                tar.extractall(place / "media", filter="data")
        source = store()
        with source.restored((folder / source.file).resolve(), place, server) as (address, name):
            proof = _looked_at(address, place, _questions(manifest, name, quick))
    if manifest["sealed_with"] != mark_of_key():
        proof.wrong.append(OTHER_KEY)
    return proof


def manifest_of(folder, vendor):
    try:
        manifest = json.loads((folder / MANIFEST).read_text())
        kind = manifest["database"]
    except (FileNotFoundError, NotADirectoryError):
        raise Trouble(f"it is no whole backup, as it has no {MANIFEST}") from None
    except (ValueError, KeyError, TypeError):
        raise Trouble(f"{MANIFEST} cannot be read") from None
    if kind != vendor:
        raise Trouble(f"it is of {kind}, and the settings name {vendor}")
    return manifest


def _differs(path, facts):
    if not path.exists():
        return f"{path.name} is missing"
    size = path.stat().st_size
    if size != facts["bytes"]:
        return f"{path.name} has {size} bytes and had {facts['bytes']}"
    return f"{path.name} is not what was written" if facts_of(path) != facts else ""


def _questions(manifest, name, quick):
    asked = {"name": name, "quick": quick} | {key: manifest[key] for key in ("rows", "migrations")}
    return asked | {"elsewhere": None if MEDIA in manifest["files"] else _in_bucket()}


def _in_bucket():
    """The names in the bucket, which is only looked at: the copy itself never reaches it."""
    bucket = uploads.bucket()
    if not bucket:
        raise Trouble("its uploaded files are in a bucket, and the settings name none (SALA_MEDIA_URL)")
    return sorted(bucket.names())


def _looked_at(address, place, asked):
    """By the program itself, started anew on the copy."""
    question, answer, media = place / "asked.json", place / "answer.json", place / "media"
    question.write_text(json.dumps(asked))
    environment = {name: value for name, value in os.environ.items() if name not in OF_THE_SITE}
    environment |= {"DATABASE_URL": address, "SALA_TEST_DATABASE_URL": address, "SALA_MEDIA_ROOT": str(media)}
    command = [sys.executable, "manage.py", "look_at_restored", str(question), str(answer), str(media)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    if not answer.exists():
        raise Trouble(f"the program does not start on it: {(done.stderr or done.stdout).strip()[-1000:]}")
    return Proof(**json.loads(answer.read_text()))
