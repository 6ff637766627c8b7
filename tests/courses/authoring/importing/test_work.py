"""One import at a time and each only once, whatever happens to the server that works at it."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from courses.authoring.importing import limits, making, work
from courses.loading.patience import TookTooLongError, go_on, within
from courses.models import LessonImport, LessonPage
from courses.models.lesson_import import SILENT


def files(tmp_path):
    return sorted(str(path.relative_to(tmp_path)) for path in (tmp_path / "media").rglob("*") if path.is_file())


def forsake(batch, tries=1):
    """A server began it, and was killed."""
    batch = LessonImport.objects.claim(batch.pk)
    LessonImport.objects.filter(pk=batch.pk).update(beat_at=timezone.now() - SILENT * 2, tries=tries)
    return batch


def test_a_file_is_gone_when_it_was_read_and_only_what_lessons_show_stays(taken_over, sample, tmp_path):
    batch = taken_over(sample("banana.docx"), "banana.docx")
    assert (batch.state, batch.file.name, batch.progress) == ("done", "", 100)
    assert [name.split("/")[1] for name in files(tmp_path)] == ["original_images"]
    assert list(Path(tempfile.gettempdir()).iterdir()) == []


def test_a_file_is_read_once_however_many_take_it_up(sent, sample):
    batch = sent(sample("banana.docx"), "banana.docx")
    assert LessonImport.objects.claim(batch.pk) is not None
    assert LessonImport.objects.claim(batch.pk) is None
    work.take_up(batch.pk)
    assert not LessonPage.objects.exists()


def test_what_a_killed_server_had_in_hand_is_taken_up_again(sent, sample):
    batch = forsake(sent(sample("banana.docx"), "banana.docx"))
    call_command("import_lessons")
    batch.refresh_from_db()
    assert (batch.state, len(batch.lessons), batch.tries) == ("done", 1, 2)


def test_what_was_interrupted_twice_is_given_up_and_says_so(sent, sample, tmp_path):
    batch = forsake(sent(sample("banana.docx"), "banana.docx"), tries=2)
    batch.refresh_from_db()
    work.look_after(batch)
    assert (batch.state, batch.report["problem"]["code"]) == ("failed", "interrupted")
    assert files(tmp_path) == []


def test_whoever_was_taken_for_dead_makes_nothing_a_second_time(sent, sample, tmp_path, monkeypatch):
    """It reads slowly; another takes the import over and finishes; then it comes back with the same lessons."""
    batch = sent(sample("banana.docx"), "banana.docx")
    found = work._read

    def meanwhile(own, folder):
        parcel = found(own, folder)
        monkeypatch.setattr(work, "_read", found)
        LessonImport.objects.filter(pk=batch.pk).update(beat_at=timezone.now() - SILENT * 2)
        work.take_up(batch.pk)
        return parcel

    monkeypatch.setattr(work, "_read", meanwhile)
    work.take_up(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, LessonPage.objects.count(), get_image_model().objects.count()) == ("done", 1, 1)
    assert len(files(tmp_path)) == 1


def test_all_drafts_are_made_or_none_and_no_file_of_them(sent, tmp_path, monkeypatch):
    from tests.courses.authoring.importing.test_moodle import garden

    batch = sent(garden().as_zip(), "garden.mbz")
    make_draft, made = making.make_draft, []

    def second_fails(*arguments, **fields):
        if made:
            raise RuntimeError("the disk is full")
        made.append(make_draft(*arguments, **fields))
        return made[0]

    monkeypatch.setattr(making, "make_draft", second_fails)
    work.take_up(batch.pk)
    batch.refresh_from_db()
    assert made and (batch.state, batch.report["problem"]["code"]) == ("failed", "our_fault")
    assert not any(model.objects.exists() for model in (LessonPage, get_image_model(), get_document_model()))
    assert files(tmp_path) == []


@pytest.mark.parametrize("steps", [1, 2])  # after a picture, and at the lesson
def test_what_takes_longer_than_a_minute_to_make_is_told_and_leaves_nothing(steps, sent, sample, tmp_path, monkeypatch):
    batch, asked = sent(sample("banana.docx"), "banana.docx"), []

    def is_late():
        asked.append(go_on())
        if len(asked) == steps:
            raise TookTooLongError

    monkeypatch.setattr(making, "go_on", is_late)
    work.take_up(batch.pk)
    batch.refresh_from_db()
    assert len(asked) == steps
    assert (batch.state, batch.report["problem"]["code"]) == ("failed", "took_too_long")
    assert not any(model.objects.exists() for model in (LessonPage, get_image_model(), get_document_model()))
    assert files(tmp_path) == []


def test_reading_and_making_have_one_minute_together(sent, sample, monkeypatch):
    batch, left = sent(sample("banana.docx"), "banana.docx"), []
    monkeypatch.setattr(work, "within", lambda seconds: left.append(seconds) or within(-1))
    work.take_up(batch.pk)
    batch.refresh_from_db()
    assert left == [60]
    assert batch.report["problem"] == {"code": "took_too_long", "details": {"seconds": 60}}


def test_nothing_is_made_for_a_centre_that_one_no_longer_writes_for(sent, sample, nok):
    batch = sent(sample("banana.docx"), "banana.docx")
    nok.memberships.get().end(timezone.localdate() - timedelta(days=1))
    work.take_up(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.report["problem"]["code"]) == ("failed", "no_longer_allowed")
    assert not LessonPage.objects.exists()


def test_a_file_that_is_gone_is_told_as_our_fault(sent, sample):
    batch = sent(sample("banana.docx"), "banana.docx")
    batch.file.storage.delete(batch.file.name)
    work.take_up(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, batch.report["problem"]["code"]) == ("failed", "our_fault")


def test_progress_is_written_while_it_is_read(sent, sample, monkeypatch):
    batch, seen = sent(sample("chickens.pptx"), "chickens.pptx"), []
    monkeypatch.setattr(work, "BEAT", 0)
    monkeypatch.setattr(LessonImport, "beat", lambda batch, progress: seen.append(progress))
    work.take_up(batch.pk)
    assert seen == [0, 29, 59]


def test_folders_of_a_killed_server_are_swept_away_when_they_are_old():
    import os
    import time

    old, young = (Path(tempfile.mkdtemp(prefix=work.PREFIX)) for _each in range(2))
    (old / "file").write_bytes(b"x")
    os.utime(old, times=(time.time() - work.LEFT_BEHIND - 1,) * 2)
    work.sweep()
    assert (old.exists(), young.exists()) == (False, True)


def test_the_lessons_go_into_the_course_that_was_chosen(taken_over, sample, write_course, ban_nong_bua):
    course = write_course(centre=ban_nong_bua)
    batch = taken_over(sample("banana.docx"), "banana.docx", course=course)
    assert LessonPage.objects.get(key=batch.lessons[0]["key"]).get_parent().pk == course.pk


def test_a_reader_that_was_taken_over_by_its_file_gets_nothing_in(sent, sample, monkeypatch):
    """What it leaves is looked through again: names of files, kinds of blocks, and what they hold."""
    block = {"type": "text", "value": "x"}
    for evil in (
        {"kind": "x", "parts": [], "lessons": []},
        {"kind": "x", "parts": [], "lessons": [{"title": "x", "blocks": []}]},
        {"kind": "x", "parts": [], "lessons": [{"title": "x", "blocks": [block] * (limits.BLOCKS + 1)}]},
        {"kind": "x", "parts": [], "lessons": [{"title": "x", "blocks": [{"type": "video", "value": {"file": 1}}]}]},
        {"kind": "x", "parts": [], "lessons": [{"title": "x", "blocks": [{"type": "text", "value": "x" * 7000}]}]},
        {"kind": "x", "parts": [], "lessons": [{"title": "x", "blocks": [_showing("../../../etc/passwd")]}]},
        {"kind": "x", "parts": [], "lessons": [{"title": "x", "blocks": [_showing("0.png")]}]},
        {"kind": "x", "parts": [{"took": {"<b>": 1}, "left": []}], "lessons": [{"title": "x", "blocks": [block]}]},
        {"kind": "x"},
        [],
    ):
        monkeypatch.setattr("courses.authoring.importing.child.found_in", lambda *_given, found=evil: found)
        batch = sent(sample("banana.docx"), "banana.docx")
        work.take_up(batch.pk)
        batch.refresh_from_db()
        assert (batch.state, batch.report["problem"]["code"]) == ("failed", "broken"), evil
    assert not LessonPage.objects.exists()


def _showing(name):
    return {"type": "picture", "value": {"media": name, "alt": "", "caption": ""}}


@pytest.mark.parametrize("days, left", [(89, 1), (91, 0)])
def test_what_was_said_of_a_file_goes_after_its_time(taken_over, sample, days, left):
    from lms.network.retention import keep_to

    batch = taken_over(sample("banana.docx"), "banana.docx")
    LessonImport.objects.update(made_at=timezone.now() - timedelta(days=days))
    keep_to()
    assert LessonImport.objects.count() == left
    assert LessonPage.objects.filter(key=batch.lessons[0]["key"]).exists()
