"""A lesson is read aloud part by part, by whoever wrote it."""

import uuid

import pytest
from wagtail.documents import get_document_model

from cms.voice import spoken as made_small
from courses.sounds import check_sound
from tests.photos import sent

JSON = {"Accept": "application/json"}


def address(lesson, more=""):
    return f"/studio/voice/{lesson.key}/{more}"


def part(lesson, place=0):
    return str(lesson.body[place].id)


def test_all_parts_stand_there_to_be_read(author, lesson):
    page = author.get(address(lesson)).content.decode()
    for words in ("กล้วยตากป้าแดง", "ป้าแดงทำกล้วยตากขาย", "ตากแดดเดียว"):
        assert words in page
    assert page.count('accept="audio/*"') == 4  # the title, two parts, and a story


@pytest.mark.parametrize("sound", ["spoken.ogg", "spoken.mp3", "spoken.m4a", "spoken.wav", "film.mp4"])
def test_a_voice_becomes_the_recording_of_its_part_and_a_small_file(author, lesson, draft, spoken, sound):
    answer = author.post(address(lesson, f"{part(lesson)}/"), {"file": spoken(sound)})
    assert answer["Location"] == f"{address(lesson)}#part-{part(lesson)}"
    (reading,) = draft().readings.all()
    assert str(reading.block) == part(lesson)
    assert reading.file.filename.endswith(".m4a") and reading.file.file_size < 10_000
    check_sound(reading.file.file)
    assert reading.file.file.url in author.get(address(lesson)).content.decode()


def test_the_title_is_read_too(author, lesson, draft, spoken):
    author.post(address(lesson, "title/"), {"file": spoken()})
    assert [reading.block for reading in draft().readings.all()] == [None]


def test_another_recording_takes_the_place_of_the_first_and_the_others_stay(author, lesson, draft, spoken):
    for name in ("title", part(lesson), part(lesson, 1), part(lesson)):
        author.post(address(lesson, f"{name}/"), {"file": spoken()})
    blocks = [str(reading.block) for reading in draft().readings.all()]
    assert sorted(blocks) == sorted(["None", part(lesson), part(lesson, 1)])
    draft().full_clean()
    draft().save_revision().publish()
    lesson.refresh_from_db()
    assert lesson.readings.count() == 3


def test_a_recording_is_taken_away_again(author, lesson, draft, spoken):
    author.post(address(lesson, f"{part(lesson)}/"), {"file": spoken()})
    answer = author.post(address(lesson, f"{part(lesson)}/silence/"))
    assert answer["Location"] == f"{address(lesson)}#part-{part(lesson)}"
    assert list(draft().readings.all()) == []


def test_learners_hear_nothing_of_it_before_it_is_published(author, lesson, spoken):
    lesson.get_latest_revision().publish()
    author.post(address(lesson, f"{part(lesson)}/"), {"file": spoken()})
    assert not lesson.readings.exists()


def test_a_story_becomes_a_part_of_its_own_once(author, lesson, draft, spoken):
    block = uuid.uuid4()
    for _time in range(2):
        story = {"block": block, "file": spoken(), "transcript": "แต่ก่อนตากบนหลังคา", "after": part(lesson)}
        assert author.post(address(lesson, "story/"), story, headers=JSON).status_code == 200
    assert [each.block_type for each in draft().body] == ["text", "audio", "tip"]
    assert draft().body[1].value["transcript"] == "แต่ก่อนตากบนหลังคา"
    assert get_document_model().objects.count() == 1


def test_a_story_without_words_waits_for_them(author, lesson, draft, spoken, uploads):
    answer = author.post(address(lesson, "story/"), {"block": uuid.uuid4(), "file": spoken(), "transcript": ""})
    assert answer.status_code == 400
    assert len(draft().body) == 2 and uploads() == []


@pytest.mark.parametrize("content", [b"OggS" + bytes(400), b"<html>", b"#EXTM3U\nfile:///etc/passwd"])
def test_what_is_no_voice_is_refused_at_its_part(author, lesson, draft, uploads, content):
    answer = author.post(address(lesson, f"{part(lesson)}/"), {"file": sent(content, "voice.ogg", "audio/ogg")})
    assert answer.status_code == 400
    assert "ไม่มีเสียงที่เปิดฟังได้" in answer.content.decode()
    assert uploads() == [] and not draft().readings.all()


@pytest.mark.parametrize("name", ["nothing", "86cb3335-9282-4cb6-bf47-06a9e39cb1b7"])
def test_a_part_that_the_lesson_has_not_is_not_found(author, lesson, spoken, name):
    assert author.post(address(lesson, f"{name}/"), {"file": spoken()}).status_code == 404
    assert author.post(address(lesson, f"{name}/silence/")).status_code == 404


def test_without_ffmpeg_it_is_said_whom_to_tell_and_the_page_still_opens(author, lesson, spoken, settings):
    settings.SALA_FFMPEG = "/nowhere/ffmpeg"
    assert author.get(address(lesson)).status_code == 200
    answer = author.post(address(lesson, "title/"), {"file": spoken()}, headers=JSON)
    assert "ffmpeg" in answer.json()["errors"]["file"][0]


def test_only_the_page_of_voices_may_hear(author, lesson):
    assert "microphone=(self)" in author.get(address(lesson))["Permissions-Policy"]
    for other in (f"/studio/media/{lesson.key}/", "/studio/", "/courses/"):
        assert "microphone=()" in author.get(other)["Permissions-Policy"], other


def test_what_was_just_recorded_may_be_heard_and_no_script_of_the_pages_runs(author, lesson):
    policy = author.get(address(lesson))["Content-Security-Policy"]
    assert "media-src 'self' blob:" in policy and "unsafe" not in policy


def test_a_recording_is_one_channel_of_little_speech_without_what_it_told(spoken):
    made = made_small(spoken("spoken.wav"))
    assert made[4:8] == b"ftyp"
    assert made.index(b"moov") < made.index(b"mdat"), "it plays before all of it has come"
    assert b"Lavf" not in made
