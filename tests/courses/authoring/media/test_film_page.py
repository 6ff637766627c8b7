"""A short film goes from a phone into a lesson's draft, by way of a process of its own."""

import shutil
import subprocess
import uuid
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.documents import get_document_model

from cms.films import check_film
from courses.authoring.media import films
from courses.models import Film
from tests.photos import sent

JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def phone_film(tmp_path_factory):
    """The bytes of a film of three seconds as a phone makes it, standing, in HD, with its place."""
    made = tmp_path_factory.mktemp("film") / "film.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc=size=720x1280:rate=30:duration=3"]
    sound = ["-f", "lavfi", "-i", "sine=frequency=300:duration=3"]
    place = ["-metadata", "location=+14.8750+103.4861/", "-metadata", "com.apple.quicktime.model=SECRET-PHONE"]
    command = ["ffmpeg", "-loglevel", "error", *picture, *sound, "-c:v", "libx264", "-preset", "ultrafast", "-c:a"]
    subprocess.run([*command, "aac", *place, "-movflags", "use_metadata_tags", made], check=True)
    return made.read_bytes()


@pytest.fixture
def begun(monkeypatch):
    """What would be made ready by processes of their own: [(film, folder)]."""
    begun = []
    monkeypatch.setattr(films, "begin", lambda film, folder: begun.append((film, folder)))
    yield begun
    for _film, folder in begun:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def send(author, lesson, begun, django_capture_on_commit_callbacks):
    def make(content, headers=None, **more):
        fields = {"block": uuid.uuid4(), "file": sent(content, "film.mp4", "video/mp4"), "transcript": "ป้าแดงพลิกกล้วย"}
        with django_capture_on_commit_callbacks(execute=True):
            return author.post(f"/studio/media/{lesson.key}/film/", fields | more, headers=headers)

    return make


def make_ready(begun):
    for film, folder in begun:
        call_command("make_film", film.pk, folder)


def facts_of(file):
    """What ffprobe says of the streams of a file."""
    command = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,width,height,channels", "-of", "csv", file]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


def test_a_film_is_made_small_and_put_into_the_draft(author, lesson, draft, send, begun, phone_film, uploads):
    assert b"SECRET-PHONE" in phone_film and b"+14.8750" in phone_film
    assert send(phone_film, after=str(lesson.body[0].id)).status_code == 302
    assert "กำลังทำวิดีโอให้พร้อม" in author.get(f"/studio/media/{lesson.key}/").content.decode()
    make_ready(begun)
    assert [block.block_type for block in draft().body] == ["text", "video", "tip"]
    assert draft().body[1].value["transcript"] == "ป้าแดงพลิกกล้วย"
    (made,) = uploads()
    assert facts_of(made) == ["stream,h264,480,854", "stream,aac,1"]
    content = made.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert b"SECRET-PHONE" not in content and b"+14.8750" not in content
    assert "วิดีโออยู่ในร่างแล้ว" in author.get(f"/studio/media/{lesson.key}/").content.decode()
    assert not begun[0][1].exists()


def test_what_is_written_meanwhile_stays(lesson, draft, nok, send, begun, phone_film):
    send(phone_film)
    meanwhile = draft()
    meanwhile.title = "ชื่อใหม่"
    meanwhile.save_revision(user=nok)
    make_ready(begun)
    assert draft().title == "ชื่อใหม่"
    assert [block.block_type for block in draft().body] == ["text", "tip", "video"]


def test_what_is_sent_twice_is_made_once(send, begun, phone_film):
    block = uuid.uuid4()
    for _time in range(2):
        assert "next" in send(phone_film, JSON, block=block).json()
    assert len(begun) == Film.objects.count() == 1


def test_a_film_that_is_none_says_so_on_the_page(author, lesson, draft, send, begun, uploads):
    send(b"\0\0\0\x18ftypmp42" + bytes(999))
    make_ready(begun)
    assert "ไม่มีวิดีโอที่เปิดดูได้" in author.get(f"/studio/media/{lesson.key}/").content.decode()
    assert len(draft().body) == 2 and uploads() == []
    assert not begun[0][1].exists()


@pytest.mark.parametrize(
    "content", [b"", b"%PDF", b"#EXTM3U\nhttp://10.0.0.1/x.ts", b"ffconcat version 1.0\nfile /etc/passwd"]
)
def test_what_cannot_be_a_film_is_refused_at_once(send, begun, content):
    answer = send(content, JSON)
    assert answer.status_code == 400 and answer.json()["errors"]["file"]
    assert begun == []


def test_the_largest_film_stands_above_it_and_a_larger_one_is_refused_with_what_to_do(author, lesson, send, settings):
    settings.SALA_FILM_MB = 1
    assert "ไม่เกิน 1 MB" in author.get(f"/studio/media/{lesson.key}/").content.decode()
    answer = send(b"\0\0\0\x18ftypmp42" + bytes(1024 * 1024), JSON)
    assert "ใหญ่กว่า 1 MB" in answer.json()["errors"]["file"][0]
    answer = send(bytes(3 * 1024 * 1024), JSON)
    assert (answer.status_code, "ใหญ่กว่า 1 MB" in answer.json()["errors"]["file"][0]) == (413, True)


def test_a_film_that_is_too_long_is_refused(send, begun, phone_film, author, lesson, monkeypatch):
    monkeypatch.setattr("cms.films.LONGEST", 2)
    send(phone_film)
    make_ready(begun)
    assert "ยาวกว่า 3 นาที" in Film.objects.get().refusal


def test_when_too_many_are_being_made_it_is_said_when_to_come_again(send, begun, phone_film, lesson, nok):
    Film.objects.bulk_create(Film(lesson=lesson, user=nok, transcript="x") for _number in range(films.MOST_AT_ONCE))
    assert "อีกสิบนาที" in send(phone_film, JSON).json()["errors"]["file"][0]
    Film.objects.update(sent_at=timezone.now() - timedelta(hours=1))
    assert "next" in send(phone_film, JSON).json()


def test_a_film_whose_machine_was_switched_off_is_asked_for_again(author, lesson, nok):
    Film.objects.create(lesson=lesson, user=nok, transcript="x", sent_at=timezone.now() - timedelta(hours=1))
    assert "วิดีโอทำไม่เสร็จ" in author.get(f"/studio/media/{lesson.key}/").content.decode()


def test_a_fault_of_ours_is_told_and_leaves_nothing(send, begun, phone_film, uploads, monkeypatch):
    def refuse(*_args):
        raise RuntimeError("the database is gone")

    send(phone_film)
    monkeypatch.setattr(films, "put_block", refuse)
    make_ready(begun)
    assert "ระบบขัดข้องเอง" in Film.objects.get().refusal
    assert uploads() == [] and not get_document_model().objects.exists() and not begun[0][1].exists()


def test_a_film_is_made_once_even_if_asked_for_twice(send, begun, phone_film):
    send(phone_film)
    make_ready(begun)
    with pytest.raises(CommandError):
        make_ready(begun)


def test_films_are_seen_by_whoever_sent_them(lesson, nok, kham):
    Film.objects.create(lesson=lesson, user=nok, transcript="x")
    assert Film.objects.visible_to(nok).count() == 1
    assert not Film.objects.visible_to(kham).exists()


def test_a_film_as_browsers_record_it_is_taken(phone_film):
    check_film(sent(phone_film))
    check_film(sent(b"\x1a\x45\xdf\xa3" + bytes(60)))
