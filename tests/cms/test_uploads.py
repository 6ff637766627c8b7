"""Every way of Wagtail's to bring in a picture or a document keeps what is harmless and nothing else."""

import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, UploadedFile

from cms.uploads import make_harmless
from lms.accounts.models import User
from tests.photos import SECRET, photo, sent, tells

SOUNDS = Path(__file__).parents[1] / "courses" / "sounds"
ON_DISK = f"{TemporaryFileUploadHandler.__module__}.{TemporaryFileUploadHandler.__name__}"
HANDLERS = [[], [ON_DISK]]


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def studio(client, shelf):
    """A superuser's browser: before them no other door stands."""
    client.force_login(User.objects.create_superuser("root", "password-of-root"))
    return client


def root():
    return Collection.get_first_root_node().pk


def kept():
    """The bytes of all files that lie among the uploads, the small copies of the studio too."""
    return [path.read_bytes() for path in Path(get_image_model()().file.storage.location).rglob("*") if path.is_file()]


def is_all_bare():
    files = kept()
    return bool(files) and all(tells(file) == {} for file in files)


@pytest.mark.parametrize("handlers", HANDLERS, ids=["in memory", "on the disk"])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_an_image_that_is_added(studio, settings, handlers, form):
    settings.FILE_UPLOAD_HANDLERS = handlers or settings.FILE_UPLOAD_HANDLERS
    file = sent(photo(form=form), f"x.{form.lower()}")
    answer = studio.post("/studio/images/add/", {"title": "x", "file": file, "collection": root()})
    assert answer.status_code == 302
    assert get_image_model().objects.get().width == 1200
    assert is_all_bare()


@pytest.mark.parametrize("handlers", HANDLERS, ids=["in memory", "on the disk"])
def test_one_of_many_images(studio, settings, handlers):
    settings.FILE_UPLOAD_HANDLERS = handlers or settings.FILE_UPLOAD_HANDLERS
    answer = studio.post("/studio/images/multiple/add/", {"files[]": sent(photo()), "collection": root()})
    assert answer.json()["success"], answer.content
    assert is_all_bare()


@pytest.mark.parametrize("handlers", HANDLERS, ids=["in memory", "on the disk"])
def test_one_of_many_images_whose_title_is_missing_is_bare_while_it_waits(studio, settings, handlers):
    settings.FILE_UPLOAD_HANDLERS = handlers or settings.FILE_UPLOAD_HANDLERS
    many = {"files[]": sent(photo()), "title": "", "collection": root()}
    waiting = studio.post("/studio/images/multiple/add/", many).json()
    assert waiting["success"] and UploadedFile.objects.exists()
    assert is_all_bare()
    number = waiting["uploaded_file_id"]
    fields = {f"uploaded-image-{number}-{name}": value for name, value in {"title": "x", "collection": root()}.items()}
    answer = studio.post(f"/studio/images/multiple/create_from_uploaded_image/{number}/", fields)
    assert answer.json()["success"]
    assert is_all_bare()


def test_an_image_that_is_sent_while_one_is_chosen(studio):
    fields = {"title": "x", "file": sent(photo()), "collection": root()}
    answer = studio.post(
        "/studio/images/chooser/create/", {f"image-chooser-upload-{name}": value for name, value in fields.items()}
    )
    assert answer.json()["step"] == "chosen", answer.content
    assert is_all_bare()


def test_another_file_for_an_image(studio):
    studio.post("/studio/images/add/", {"title": "x", "file": sent(photo()), "collection": root()})
    image = get_image_model().objects.get()
    again = {"title": "y", "file": sent(photo(form="PNG"), "y.png"), "collection": root()}
    assert studio.post(f"/studio/images/{image.pk}/", again).status_code == 302
    assert get_image_model().objects.get().title == "y"
    assert is_all_bare()


def test_an_images_title_is_changed_without_another_file(studio):
    studio.post("/studio/images/add/", {"title": "x", "file": sent(photo()), "collection": root()})
    image = get_image_model().objects.get()
    assert studio.post(f"/studio/images/{image.pk}/", {"title": "y", "collection": root()}).status_code == 302
    assert get_image_model().objects.get().file_hash == image.file_hash


@pytest.mark.parametrize("name", ["x.svg", "x.png"])
def test_drawings_are_no_images(studio, name):
    file = sent(b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', name, "image/svg+xml")
    answer = studio.post("/studio/images/add/", {"title": "x", "file": file, "collection": root()})
    assert "SVG" in answer.content.decode()
    assert kept() == []


@pytest.mark.parametrize("name", ["x.jpg", "x.pdf", "x.docx", "ไม่มีนามสกุล"])
def test_documents_that_are_pictures_are_drawn_anew(studio, name):
    answer = studio.post("/studio/documents/add/", {"title": "x", "file": sent(photo(), name), "collection": root()})
    assert answer.status_code == 302
    assert get_document_model().objects.get().filename.endswith(".jpg")
    assert is_all_bare()


def test_one_of_many_documents_that_is_a_picture(studio):
    answer = studio.post("/studio/documents/multiple/add/", {"files[]": sent(photo()), "collection": root()})
    assert answer.json()["success"], answer.content
    assert is_all_bare()


def test_a_document_that_is_sent_while_one_is_chosen(studio):
    fields = {"title": "x", "file": sent(photo()), "collection": root()}
    answer = studio.post(
        "/studio/documents/chooser/create/", {f"document-chooser-upload-{name}": each for name, each in fields.items()}
    )
    assert answer.json()["step"] == "chosen", answer.content
    assert is_all_bare()


def test_another_file_for_a_document(studio):
    studio.post("/studio/documents/add/", {"title": "x", "file": sent(b"%PDF-1.7", "x.pdf"), "collection": root()})
    document = get_document_model().objects.get()
    again = {"title": "x", "file": sent(photo(), "x.pdf"), "collection": root()}
    assert studio.post(f"/studio/documents/edit/{document.pk}/", again).status_code == 302
    assert is_all_bare()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "x.svg", "SVG"),
        (b"<!DOCTYPE html><p>", "x.html", "หน้าเว็บ"),
        (b"<p onclick='x'>", "x.htm", "หน้าเว็บ"),
        (b"  <script>alert(1)</script>", "x.txt", "หน้าเว็บ"),
        (b"<?xml version='1.0'?><a/>", "x.xml", "หน้าเว็บ"),
        (b"MZ\x90\0", "x.exe", "ชนิดนี้รับไม่ได้"),
        (b"alert(1)", "x.js", "ชนิดนี้รับไม่ได้"),
        (b"MZ\x90\0", "x.pdf", "ไม่ตรงกับของข้างใน"),
        (b"<html>", "x.pdf", "ไม่ตรงกับของข้างใน"),
        (b"#EXTM3U\nfile:///etc/passwd", "x.mp4", "ไม่ตรงกับของข้างใน"),
        (b"ffconcat version 1.0\nfile /etc/passwd", "x.mp3", "ไม่ตรงกับของข้างใน"),
        (b"no zip", "x.docx", "ไม่ตรงกับของข้างใน"),
        (b"a\0b", "x.csv", "ไม่ตรงกับของข้างใน"),
        (b"OggS" + bytes(500), "x.ogg", "เปิดไม่ได้"),
    ],
)
def test_what_is_no_document_is_refused_with_what_to_do(studio, content, name, said):
    answer = studio.post("/studio/documents/add/", {"title": "x", "file": sent(content, name), "collection": root()})
    assert said in answer.content.decode()
    assert kept() == []


def zipped():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<?xml version='1.0'?><document/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7\n<?xpacket begin?>", "แบบฟอร์ม.pdf"),
        (zipped(), "x.docx"),
        ("ชื่อ,บาท\nกล้วย,30".encode(), "x.csv"),
        ("ชื่อ,บาท".encode("cp874"), "x.csv"),
        (b"WEBVTT\n\n00:00.000 --> 00:01.000\n<i>hello</i>", "x.vtt"),
    ],
    ids=["PDF", "DOCX", "CSV", "CSV of an old Thai alphabet", "WebVTT"],  # a zip tells when it was made
)
def test_documents_are_kept_as_they_are(content, name):
    upload = sent(content, name)
    make_harmless(upload)
    assert (upload.read(), upload.name) == (content, name)


@pytest.fixture
def film_with_a_place(tmp_path):
    """A film as a phone makes it, which says where."""
    made = tmp_path / "film.mp4"
    command = ["ffmpeg", "-loglevel", "error", "-i", SOUNDS / "film.mp4", "-c", "copy"]
    place = ["-metadata", "location=+14.8750+103.4861/", "-metadata", f"comment={SECRET.decode()}"]
    subprocess.run([*command, *place, "-movflags", "use_metadata_tags", made], check=True)
    return made.read_bytes()


def test_a_film_among_the_documents_does_not_say_where_it_was_made(film_with_a_place):
    assert b"+14.8750" in film_with_a_place and SECRET in film_with_a_place
    upload = sent(film_with_a_place, "film.mp4")
    make_harmless(upload)
    content = upload.read()
    assert len(content) == upload.size > 3000
    assert b"+14.8750" not in content and SECRET not in content


@pytest.mark.parametrize("name", ["spoken.mp3", "spoken.m4a", "spoken.ogg", "spoken.wav", "bare.mp3"])
def test_sounds_among_the_documents_can_still_be_played(name):
    upload = sent((SOUNDS / name).read_bytes(), name)
    make_harmless(upload)
    make_harmless(upload)  # what was made of it is a sound again
    assert upload.name == name


def test_without_ffmpeg_a_sound_is_refused_with_whom_to_tell(settings):
    settings.SALA_FFMPEG = "/nowhere/ffmpeg"
    with pytest.raises(ValidationError, match="ffmpeg"):
        make_harmless(sent((SOUNDS / "spoken.mp3").read_bytes(), "spoken.mp3"))
