"""Lists of learners, sent and put in as a caretaker does it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lms.centres.models import LearnerImport
from tests.courses.conftest import workshop  # noqa: F401

IMPORT = "/desk/import/"
HEADER = "ชื่อเรียก,นามสกุล,ช่วงอายุ,ปีเกิด,ตำบล,ภาษา\n"


@pytest.fixture
def desk(nok):
    """The browser of ครูนก, who runs Ban Nong Bua."""
    browser = Client()
    browser.force_login(nok)
    return browser


@pytest.fixture
def send(desk):
    """send(text or bytes, name): the answer to a file."""

    def make(data, name="list.csv", **more):
        data = data.encode() if isinstance(data, str) else data
        return desk.post(IMPORT, {"file": SimpleUploadedFile(name, data)} | more)

    return make


@pytest.fixture
def sent(send):
    """sent(lines): the import of these lines below the headings."""

    def make(lines):
        answer = send(HEADER + lines)
        assert answer.status_code == 302, answer.content.decode()
        return LearnerImport.objects.latest("made_at")

    return make


@pytest.fixture
def put_in(desk):
    """put_in(batch, {row: choice}): press until all is in; how often it took."""

    def make(batch, choices=None):
        form = {f"row-{row}": choice for row, choice in (choices or {}).items()} | {"go": "1"}
        for press in range(1, 100):
            assert desk.post(f"{IMPORT}{batch.pk}/confirm/", form).status_code == 302
            batch.refresh_from_db()
            if batch.finished_at:
                return press
            page = desk.get(f"{IMPORT}{batch.pk}/").content.decode()
            form = {"go": "1", "done": re.search(r'name="done" value="(\d+)"', page)[1]}
        raise AssertionError("never finished")

    return make
