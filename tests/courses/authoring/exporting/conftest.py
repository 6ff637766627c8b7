"""A village's lesson with everything that one can have, and Salas to send it to."""

import io
import struct
import wave

import pytest
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms.models import CentreFiles
from courses.authoring.drafts import local_course, make_draft
from courses.authoring.exporting.packing import parcel, zipped
from courses.models import Reading
from lms.accounts.models import User
from tests.courses.conftest import QUESTIONS

FILM = struct.pack(">I4s4sI", 24, b"ftyp", b"isom", 512) + b"isomavc1" + b"\0" * 64


def photo(colour="saffron"):
    file = io.BytesIO()
    Pillow.new("RGB", (40, 30), {"saffron": (240, 170, 40), "leaf": (40, 130, 60)}[colour]).save(file, "JPEG")
    return file.getvalue()


def voice():
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\1" * 800)
    return file.getvalue()


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor(db):
    return User.objects.create_superuser("editor", "password-of-editor", name="บรรณาธิการ")


@pytest.fixture
def keep_file(ban_nong_bua, nok):
    """A file of the centre's: keep_file("a.pdf", b"%PDF-1.4")."""

    def make(name, content):
        own = {"collection": CentreFiles.objects.collection_of(ban_nong_bua), "uploaded_by_user": nok}
        is_picture = name.endswith(("jpg", "svg", "png"))
        model = get_image_model() if is_picture else get_document_model()
        item = model(title=name, file=ContentFile(content, name=name), **own)
        item.save()
        return item

    return make


@pytest.fixture
def silk(shelf, ban_nong_bua, nok, keep_file):
    """ผ้าไหมบ้านเรา: a lesson with a photo, a voice, a film, a paper, recordings, credit and licence."""
    voice_file = keep_file("voice.wav", voice())
    film, words = keep_file("loom.mp4", FILM), keep_file("loom.vtt", b"WEBVTT\n\n")
    body = [
        {"type": "text", "value": "ป้าสมศรีทอผ้า\r\n\r\nมาตั้งแต่สาว\tๆ"},
        {"type": "picture", "value": {"image": keep_file("silk.jpg", photo()).pk, "alt": "ผ้าไหม", "caption": ""}},
        {"type": "audio", "value": {"file": voice_file.pk, "transcript": "สวัสดี"}},
        {"type": "video", "value": {"file": film.pk, "captions": words.pk, "transcript": "กี่"}},
        {"type": "document", "value": {"file": keep_file("แบบ.pdf", b"%PDF-1.4\n%").pk, "title": "แบบลายผ้า"}},
        {"type": "table", "value": {"caption": "", "head": ["ลาย", "บาท"], "rows": [["มัดหมี่", "1,200"]]}},
        {"type": "steps", "value": ["ย้อม", "ทอ"]},
        *({"type": kind, "value": value} for kind, value in QUESTIONS.items()),
    ]  # fmt: skip
    lesson = make_draft(
        local_course(ban_nong_bua, nok), nok, title="ผ้าไหมบ้านเรา", body=body, credit="ป้าสมศรี", credit_consent=True,
        licence="cc-by-4.0", outcome="บอกลายผ้าได้",
    )  # fmt: skip
    draft = lesson.get_latest_revision_as_object()
    draft.picture, draft.picture_alt = keep_file("leaf.jpg", photo("leaf")), "ใบหม่อน"
    draft.readings = [Reading(block=None, file=voice_file), Reading(block=draft.body[0].id, file=voice_file)]
    draft.save_revision(user=nok)
    return lesson


@pytest.fixture
def as_zip():
    """A course as the bytes of its zip."""
    return lambda course: b"".join(zipped(parcel(course)))
