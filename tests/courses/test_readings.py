"""Lessons that are read aloud: which files are sounds, what the studio asks, and what learners hear."""

from contextlib import suppress
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms.blocks import NAMES
from courses.forms import parts_by_first_words
from courses.models import LessonPage, Reading
from courses.rendering import sounds_of
from courses.sounds import LARGEST, check_sound
from lms.accounts.models import User

SOUNDS = Path(__file__).parent / "sounds"  # made with ffmpeg 5.1 and espeak-ng 1.51


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def document():
    """A file that an author has uploaded: document("spoken.ogg", name="ป้าแดง.ogg")."""

    def make(sound="spoken.ogg", name=None, content=None):
        content = (SOUNDS / sound).read_bytes() if content is None else content
        file = ContentFile(content, name=name or sound)
        return get_document_model().objects.create(title=name or sound, file=file)

    return make


@pytest.fixture
def lesson(course):
    return course.lessons().first()


def publish(lesson, *readings):
    for block, file in readings:
        lesson.readings.add(Reading(block=block, file=file))
    lesson.save_revision().publish()


def refusal_of(document):
    with pytest.raises(ValidationError) as refused:
        check_sound(document.file)
    return refused.value.messages[0]


@pytest.mark.parametrize("sound", ["spoken.ogg", "spoken.mp3", "bare.mp3", "spoken.m4a", "spoken.wav"])
def test_what_another_program_recorded_is_taken(db, document, sound):
    check_sound(document(sound).file)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"%PDF-1.7",
        b"OggS" + bytes(600),
        b"ID3\x04\0\0\0\0\0\x7f",
        b"RIFF\0\0\0\0WEBP",
        b"\xff\xf1\x50\x80",
    ],
    ids=["nothing", "a page", "a PDF", "an Ogg film", "a tag alone", "a picture", "bare AAC"],
)
def test_what_only_has_the_name_of_a_sound_is_refused_in_words(db, document, content):
    for name in ("x.mp3", "x.ogg", "x.m4a", "x.wav"):
        assert "ไม่ใช่เสียงที่เปิดฟังได้" in refusal_of(document(name=name, content=content))


def test_a_film_is_no_recording(db, document):
    assert "ไม่ใช่เสียงที่เปิดฟังได้" in refusal_of(document("film.mp4"))
    assert "ไม่ใช่เสียงที่เปิดฟังได้" in refusal_of(document("film.mp4", "film.m4a"))


@pytest.mark.parametrize("name", ["spoken.html", "spoken", "spoken.wav"])
def test_a_sound_by_another_name_is_refused_too_as_browsers_go_by_it(db, document, name):
    assert ".mp3" in refusal_of(document("spoken.mp3", name))


def test_a_recording_may_not_be_too_large(db, document):
    sound = (SOUNDS / "spoken.wav").read_bytes()
    check_sound(document(content=sound.ljust(LARGEST, b"\0"), name="long.wav").file)
    assert "10 MB" in refusal_of(document(content=sound.ljust(LARGEST + 1, b"\0"), name="long.wav"))


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_file_that_was_cut_off_is_refused_or_taken_but_never_breaks(db, document, cut):
    for sound in ("spoken.m4a", "spoken.mp3", "spoken.ogg", "spoken.wav"):
        file = document(content=(SOUNDS / sound).read_bytes()[:cut], name=sound).file
        with suppress(ValidationError):
            check_sound(file)


@pytest.fixture
def edit(client, lesson):
    """An editor opens the lesson and sends its form with these recordings: edit([(block, document)])."""
    editor = User.objects.create_user("editor", "password-of-editor", name="บรรณาธิการ")
    editor.ministry_posts.create(edits_courses=True)
    client.force_login(editor)

    def send(readings, **more):
        body = [(block["type"], block["value"], block["id"]) for block in lesson.body.raw_data]
        form = {
            "title": lesson.title,
            "minutes": 10,
            "slug": lesson.slug,
            "body-count": len(body),
            "readings": inline_formset([{"block": block or "", "file": file.pk} for block, file in readings]),
        }
        for place, (kind, value, key) in enumerate(body):
            form |= {
                f"body-{place}-{name}": text
                for name, text in (("deleted", ""), ("order", place), ("type", kind), ("id", key))
            }
            form |= nested_form_data({f"body-{place}-value": _form_of(value)})
        return client.post(f"/studio/pages/{lesson.pk}/edit/", nested_form_data(form) | more)

    return send


def _form_of(value):
    if not isinstance(value, dict):
        return value
    return {name: _list_of(part) if isinstance(part, list) else part for name, part in value.items()}


def _list_of(rows):
    found = {"count": len(rows)}
    for place, row in enumerate(rows):
        found |= {f"{place}-deleted": "", f"{place}-order": place, f"{place}-type": "item"}
        found[f"{place}-value"] = {name: part for name, part in row.items() if part is not False}
    return found


def test_the_author_finds_a_part_by_its_first_words(lesson):
    assert [words for _key, words in parts_by_first_words(lesson)] == [
        "1. ข้อความ: ป้าแดงทำกล้วยตากขาย",
        "2. เลือกหนึ่งข้อ: อะไรเป็นทุน",
        f"3. {NAMES['number']}: ถุงละกี่บาท",
    ]


def test_a_draft_carries_its_recordings_and_publishing_lets_them_be_heard(edit, client, lesson, document):
    text, choice = (lesson.body.raw_data[place]["id"] for place in (0, 1))
    answer = edit([(None, document()), (text, document("spoken.mp3")), (choice, document("spoken.m4a"))])
    assert answer.status_code == 302, answer.context["form"].errors
    assert not Reading.objects.exists()
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert [sound.part for sound in sounds_of(draft)] == [None, text, choice]
    assert "<audio" not in client.get(lesson.url).text
    draft.get_latest_revision().publish()
    page = BeautifulSoup(client.get(lesson.url).text, "html.parser")
    assert [audio["data-reads"] for audio in page.select("article audio")] == ["", text, choice]
    assert page.select_one(f"[data-block='{text}'] audio")["src"].endswith("spoken.mp3")
    assert page.select_one(f"audio + #activity-{choice}")


def test_two_recordings_of_one_part_and_a_file_that_is_none_are_refused_at_the_form(edit, lesson, document):
    text = lesson.body.raw_data[0]["id"]
    assert "สองเสียง" in edit([(text, document()), (text, document())]).text
    assert "ไม่ใช่เสียงที่เปิดฟังได้" in edit([(text, document(content=b"<html>", name="x.mp3"))]).text
    assert "ตัวเลือก" in edit([("00000000-0000-0000-0000-000000000000", document())]).text
    assert edit([(text, document()), (None, document())]).status_code == 302


def test_a_part_that_was_taken_out_takes_nothing_with_it(edit, client, lesson, document):
    gone = "018f0000-0000-7000-8000-000000000000"
    publish(lesson, (gone, document()))
    assert "(ช่วงที่ไม่มีแล้ว)" in client.get(f"/studio/pages/{lesson.pk}/edit/").text
    assert "<audio" not in client.get(lesson.url).text


def test_hearing_a_lesson_costs_no_query(client, somsri, lesson, document, django_assert_max_num_queries):
    publish(lesson, *((block["id"], document()) for block in lesson.body.raw_data))
    client.force_login(somsri)
    client.get(lesson.url)
    client.get(lesson.url)
    with django_assert_max_num_queries(4):  # as without: the session, the person, their progress, whether they lead
        assert client.get(lesson.url).text.count("<audio") == 3


def test_a_document_that_is_deleted_leaves_the_lesson(client, lesson, document):
    publish(lesson, (None, document()))
    get_document_model().objects.get().delete()
    page = LessonPage.objects.get(pk=lesson.pk)
    page.get_latest_revision().publish()
    assert client.get(lesson.url).status_code == 200
    assert sounds_of(LessonPage.objects.get(pk=lesson.pk)) == []
