"""A lesson of nok's own village, which nobody but its author sees yet."""

import uuid
from pathlib import Path

import pytest

from courses.authoring.drafts import local_course, make_draft
from tests.photos import sent

SOUNDS = Path(__file__).parents[2] / "sounds"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def uploads(tmp_path):
    """The files that lie among the uploads just now."""
    return lambda: [path for path in (tmp_path / "media").rglob("*") if path.is_file()]


@pytest.fixture
def lesson(shelf, nok, ban_nong_bua):
    body = [
        {"type": "text", "id": str(uuid.uuid4()), "value": "ป้าแดงทำกล้วยตากขาย"},
        {"type": "tip", "id": str(uuid.uuid4()), "value": "ตากแดดเดียว"},
    ]
    return make_draft(local_course(ban_nong_bua, nok), nok, title="กล้วยตากป้าแดง", body=body)


@pytest.fixture
def draft(lesson):
    """What stands in the newest draft just now."""
    return lambda: type(lesson).objects.get(pk=lesson.pk).get_latest_revision_as_object()


@pytest.fixture
def author(client, nok):
    client.force_login(nok)
    return client


@pytest.fixture
def spoken():
    """A recording of another program: spoken("spoken.ogg")."""
    return lambda sound="spoken.ogg", name=None: sent((SOUNDS / sound).read_bytes(), name or sound, "audio/x")
