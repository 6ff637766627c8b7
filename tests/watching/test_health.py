"""/healthz says that it is alive; /readyz which part would let a page down."""

import shutil
from collections import namedtuple

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from lms.watching import health

Usage = namedtuple("Usage", "total used free")
PARTS = {"database", "migrations", "media", "cache", "disk"}


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def what_fails(client, status=503):
    answer = client.get("/readyz")
    assert answer.status_code == status
    assert answer["Cache-Control"].startswith("max-age=0")
    parts = answer.json()["parts"]
    assert set(parts) == PARTS
    assert answer.json()["status"] == ("ok" if status == 200 else "not ready")
    return {name for name, said in parts.items() if said != "ok"}


@pytest.mark.django_db
def test_a_new_site_is_ready_and_the_asking_leaves_nothing(client, settings):
    assert what_fails(client, 200) == set()
    assert list(settings.MEDIA_ROOT.iterdir()) == []
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.django_db
def test_it_costs_few_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        client.get("/readyz")


@pytest.mark.django_db
def test_a_migration_that_waits_is_a_reason_and_the_log_says_what_to_do(client, caplog):
    MigrationRecorder(connection).record_unapplied(*max(health.migrations_on_disk()))
    assert what_fails(client) == {"migrations"}
    assert "run manage.py migrate" in caplog.text


@pytest.mark.django_db
def test_the_migrations_are_those_that_django_finds():
    assert health.migrations_on_disk() == set(MigrationLoader(None).disk_migrations)


@pytest.mark.django_db
def test_no_room_is_a_reason(client, monkeypatch, settings):
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**12, 10**12, 499_999_999))
    assert what_fails(client) == {"disk"}
    settings.SALA_DISK_FREE = 100
    assert what_fails(client, 200) == set()


@pytest.mark.django_db
def test_a_folder_that_cannot_be_written_is_a_reason(client, settings, tmp_path):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file" / "media"
    assert what_fails(client) == {"media", "disk"}


@pytest.mark.django_db
def test_a_cache_that_forgets_is_a_reason(client, monkeypatch):
    monkeypatch.setattr(cache, "set", lambda *args: None)
    assert what_fails(client) == {"cache"}


@pytest.mark.django_db
def test_who_asks_is_told_the_part_and_not_why(client, monkeypatch):
    def refused():
        raise DatabaseError("password authentication failed for user sala at 10.0.0.7")

    monkeypatch.setitem(health.PARTS, "database", refused)
    assert what_fails(client) == {"database"}
    assert "10.0.0.7" not in client.get("/readyz").content.decode()
