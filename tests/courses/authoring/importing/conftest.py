"""Files to take over, and reading them as the server does, in a process of its own."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses.authoring.importing import work
from courses.authoring.importing.child import found_in
from courses.models import LessonImport

SAMPLES = Path(__file__).with_name("samples")


@pytest.fixture(autouse=True)
def _own_folders(settings, tmp_path, monkeypatch):
    """Uploads and what is left in a temporary folder belong to one test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))


@pytest.fixture
def sample():
    """The bytes of a sample file."""
    return lambda name: (SAMPLES / name).read_bytes()


@pytest.fixture
def read(tmp_path):
    """What the reading process finds in some bytes: read(data, "banana.docx"). Raises ImportProblem."""

    def make(data, name):
        folder = tmp_path / "media-of-reader"
        folder.mkdir(exist_ok=True)
        file = tmp_path / "file-of-reader"
        file.write_bytes(data)
        return found_in(file, folder, name, lambda per_cent: None)

    return make


@pytest.fixture
def sent(shelf, ban_nong_bua, nok):
    """A file that a caretaker sent and that waits: sent(data, "banana.docx")."""

    def make(data, name, centre=None, by=None, **fields):
        return LessonImport.objects.create(
            centre=centre or ban_nong_bua,
            made_by=by or nok,
            file=SimpleUploadedFile(name, data),
            file_name=name,
            **fields,
        )

    return make


@pytest.fixture
def taken_over(sent):
    """The same, read: taken_over(data, "banana.docx") is the import as it ended."""

    def make(data, name, **fields):
        batch = sent(data, name, **fields)
        work.take_up(batch.pk)
        batch.refresh_from_db()
        return batch

    return make
