"""A backup is one when it has been restored: the drill finds what is damaged, missing or sealed with another key."""

import errno
import fcntl
import io
import json
import os
import tarfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Collection

from courses import event_months
from courses.certificates.keys import key_in_use
from courses.models import LessonProgress
from lms.network.backup import Trouble, looking, proving, taking
from lms.network.backup.stores import Postgres
from lms.settings.database import database


@pytest.fixture(autouse=True)
def one_after_the_other(tmp_path_factory, worker_id):
    """On PostgreSQL each looks whether a database was left behind.

    A group of xdist would do it too, but groups are run first, and a test with a database of its own empties it.
    """
    shared = tmp_path_factory.getbasetemp()
    shared = shared if worker_id == "master" else shared.parent
    with (shared / "backup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture
def site(transactional_db, settings, tmp_path, hands_on, somsri, did):
    """A small site in which something was learned and a file uploaded."""
    settings.MEDIA_ROOT = tmp_path / "media"
    did(somsri, hands_on, "started")
    root = Collection.get_first_root_node() or Collection.add_root(name="Root")  # tests with threads leave none
    document = Document(title="คู่มือ", collection=root)
    document.file.save("guide.txt", ContentFile(b"how to"))
    return document


@pytest.fixture
def a_month_apart(site, monkeypatch):
    """The month of what was learned, taken out as if it were long ago; and back again for the tests after this one."""
    month = event_months.this_month()
    monkeypatch.setattr(event_months, "last_complete", lambda: month)
    event_months.detach(month)
    yield month
    (event_months.attach if month in event_months.standing_apart() else event_months.make)(month)


@pytest.fixture
def scratch(tmp_path):
    place = tmp_path / "a place #1 %41?"
    place.mkdir()
    return place


def proof(folder, scratch, *options):
    """(what the drill says, whether it was content); and it has left nothing."""
    said, content = io.StringIO(), True
    try:
        call_command("prove_backup", folder, "--scratch", scratch, *options, stdout=said)
    except CommandError as problem:
        content = False
        said.write(str(problem))
    assert not list(scratch.iterdir())
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_database WHERE datname LIKE 'sala_proof_%'")
            assert cursor.fetchone() == (0,)
    return said.getvalue(), content


@pytest.mark.slow
def test_a_backup_is_proved_by_restoring_it_and_damage_is_found(site, scratch, tmp_path, settings):
    folder = tmp_path / "backup"
    call_command("back_up", folder, stdout=io.StringIO())
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["rows"]["courses_learningevent"] == 1
    assert folder.stat().st_mode & 0o077 == 0
    assert settings.SECRET_KEY not in "".join(path.read_text(errors="replace") for path in folder.iterdir())
    said, content = proof(folder, scratch)
    assert content, said
    dump = next(path for path in folder.iterdir() if path.name.startswith("database"))
    whole = dump.read_bytes()
    dump.write_bytes(whole[:-1])
    assert f"{dump.name} has {len(whole) - 1} bytes and had {len(whole)}" in proof(folder, scratch)[0]
    dump.write_bytes(whole[:-1] + b"?")
    assert f"{dump.name} is not what was written" in proof(folder, scratch)[0]
    dump.unlink()
    assert proof(folder, scratch) == (
        f"{dump.name} is missing\nnot looked at: the restore\n{folder} is not proved",
        False,
    )


@pytest.mark.slow
def test_a_file_that_was_not_packed_and_another_key_are_found(site, scratch, tmp_path, settings, monkeypatch):
    settings.SALA_CODE_KEY, ours = "another-key", settings.SALA_CODE_KEY
    key_in_use()
    Path(site.file.path).unlink()
    call_command("back_up", tmp_path / "backup", stdout=io.StringIO())
    settings.SALA_CODE_KEY = ours
    monkeypatch.chdir(tmp_path)
    said, content = proof(Path("backup"), scratch, "--quick")
    assert not content
    assert "1 uploaded files are missing, such as documents/guide" in said
    assert proving.OTHER_KEY in said
    assert looking.SEALED_OTHERWISE in said


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one table for all months")
def test_months_that_were_taken_out_are_in_it_and_what_is_gone_is_named(
    a_month_apart, scratch, tmp_path, somsri, hands_on, did
):
    folder, month = tmp_path / "backup", a_month_apart
    did(somsri, hands_on, "started")  # while its month is out
    call_command("back_up", folder, stdout=io.StringIO())
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["rows"][event_months.table_of(month)] == 1
    said, content = proof(folder, scratch)
    assert content and "not looked at" not in said
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {event_months.table_of(month)}")
    call_command("back_up", tmp_path / "without", stdout=io.StringIO())
    said, content = proof(tmp_path / "without", scratch, "--server", os.environ["SALA_TEST_DATABASE_URL"])
    assert content and f"not looked at: state and counts: the events of {month // 100}-{month % 100:02}" in said


@pytest.mark.slow
def test_rows_that_were_lost_and_dumps_that_hold_nothing_are_found(site, scratch, tmp_path):
    folder = tmp_path / "backup"
    LessonProgress.objects.update(started_at=timezone.now())
    call_command("back_up", folder, stdout=io.StringIO())
    said, content = proof(folder, scratch)
    assert not content and "1 rows of state and counts differ from the events" in said
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["rows"]["courses_learningevent"] = 2
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "courses_learningevent has 1 rows and had 2" in proof(folder, scratch)[0]
    dump = next(name for name in manifest["files"] if name.startswith("database"))
    (folder / dump).write_bytes(b"nothing")
    manifest["files"][dump] = taking.facts_of(folder / dump)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    said, content = proof(folder, scratch)
    assert not content and f"{folder} is not proved" in said


def test_a_full_disk_leaves_no_half_backup(site, tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "add", full)
    with pytest.raises(CommandError, match="there is no room left"):
        call_command("back_up", tmp_path / "backup")
    assert not (tmp_path / "backup").exists()


def test_what_is_no_backup_is_said_to_be_none(db, tmp_path, scratch):
    assert "it has no manifest.json" in proof(tmp_path, scratch)[0]
    for unclear in ("{", "[]", "{}"):
        (tmp_path / "manifest.json").write_text(unclear)
        assert "manifest.json cannot be read" in proof(tmp_path, scratch)[0]
    (tmp_path / "manifest.json").write_text('{"database": "oracle"}')
    assert "it is of oracle" in proof(tmp_path, scratch)[0]


def test_a_backup_has_a_folder_of_its_own_that_nobody_fetches(db, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    with pytest.raises(CommandError, match="is there already"):
        call_command("back_up", tmp_path)
    with pytest.raises(CommandError, match="anybody could fetch it"):
        call_command("back_up", tmp_path / "media" / "backup")
    (tmp_path / "file").touch()
    with pytest.raises(CommandError, match="could not be written"):
        call_command("back_up", tmp_path / "file" / "backup")


@pytest.mark.parametrize(
    "url",
    [
        "postgres://sala:p%40ss@one:5432,two:5433/sala",
        "postgres://sala@%2Frun%2Fpg/sala",
        "postgres://a:b@h/s?sslmode=require",
    ],
)
def test_the_copy_is_reached_as_the_database_is(url):
    ours = database(url)
    copy = database(Postgres(ours)._address("copy"))
    assert copy["NAME"] == "copy"
    for part in ("HOST", "PORT", "USER", "PASSWORD"):
        assert copy[part] == ours[part]
    ours, copy = (sorted((key, str(value)) for key, value in at.get("OPTIONS", {}).items()) for at in (ours, copy))
    assert ours == copy


def test_settings_with_a_database_of_their_own_prove_nothing():
    with pytest.raises(Trouble, match="nothing was looked at"):
        looking.look({"name": "the copy"}, Path())
