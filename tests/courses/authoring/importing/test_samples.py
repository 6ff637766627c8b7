"""Files that LibreOffice made (samples/README.md): what is in them comes over as drafts."""

from pathlib import Path

import pytest
from PIL import Image as Pillow
from wagtail.images import get_image_model

from cms.models import CentreFiles
from courses.models import LessonPage


def said(lesson):
    """[(type, words)]"""
    return [(block.block_type, block.value) for block in lesson.body]


def draft(batch):
    assert batch.state == "done", batch.report
    assert len(batch.lessons) == 1
    return LessonPage.objects.get(key=batch.lessons[0]["key"])


def test_slides_become_headings_text_steps_tables_and_pictures_with_notes(taken_over, sample, nok):
    lesson = draft(taken_over(sample("chickens.pptx"), "chickens.pptx"))
    kinds = [kind for kind, _value in said(lesson)]
    assert kinds == ["text", "text", "heading", "steps", "picture", "heading", "table"]
    assert lesson.title == "เลี้ยงไก่ไข่หลังบ้าน"
    assert lesson.body[1].value == "เล่าเรื่องเล้าไก่เก่าก่อน แล้วถามว่าใครเคยเลี้ยง"  # the notes of the slide
    assert list(lesson.body[3].value) == ["เลือกที่ร่ม น้ำไม่ท่วม", "ตีโครงไม้ไผ่", "มุงจากกันฝน"]
    assert [list(row) for row in lesson.body[6].value["rows"]] == [["รำ", "150"], ["ข้าวโพด", "200"]]


def test_papers_keep_their_headings_numbered_lists_tables_and_pictures(taken_over, sample):
    lesson = draft(taken_over(sample("banana.docx"), "banana.docx"))
    kinds = [kind for kind, _value in said(lesson)]
    assert kinds == ["text", "heading", "steps", "picture", "heading", "table", "text"]
    assert lesson.body[3].value["alt"] == "กล้วยตากบนแผงไม้ไผ่"
    assert lesson.body[6].value == "• อย่าตากวันฝนตก\n\n• เก็บในขวดโหล"


def test_books_keep_text_pictures_and_tables(taken_over, sample):
    batch = taken_over(sample("banana.epub"), "banana.epub")
    lesson = draft(batch)
    assert [kind for kind, _value in said(lesson)] == ["text", "picture", "text", "table", "text"]
    assert "น้ำผึ้งเดือนห้าช่วยให้หวานหอม" in lesson.body[0].value
    assert batch.report["parts"][0]["left"] == [{"code": "picture_alt", "details": {}, "count": 1}]


def test_a_pdf_stays_a_document_and_its_words_become_text(taken_over, sample):
    lesson = draft(taken_over(sample("banana.pdf"), "banana.pdf"))
    assert [kind for kind, _value in said(lesson)] == ["document", "text"]
    document = lesson.body[0].value["file"]
    assert document.file.read() == sample("banana.pdf")
    assert "ป้าแดงทำกล้วยตาก" in lesson.body[1].value


@pytest.mark.parametrize("name", ["chickens.pptx", "banana.docx", "banana.epub", "banana.pdf"])
def test_a_draft_is_seen_by_nobody_and_is_its_senders(taken_over, sample, name, nok, ban_nong_bua):
    lesson = draft(taken_over(sample(name), name))
    assert not lesson.live and not lesson.get_parent().live
    assert lesson.owner == lesson.latest_revision.user == nok
    assert lesson.get_parent().specific.centre == ban_nong_bua


def test_a_picture_loses_where_it_was_taken_and_belongs_to_the_centre(taken_over, sample, ban_nong_bua):
    assert b"PhoneMaker" in sample("banana.docx") or b"PhoneMaker" in _picture_in(sample("banana.docx"))
    draft(taken_over(sample("banana.docx"), "banana.docx"))
    image = get_image_model().objects.get()
    assert image.collection == CentreFiles.objects.collection_of(ban_nong_bua)
    with Pillow.open(image.file.path) as picture:
        assert not picture.getexif()
    assert b"PhoneMaker" not in Path(image.file.path).read_bytes()


def _picture_in(docx):
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith((".jpg", ".jpeg"))))


def test_what_came_over_can_be_published_once_the_description_is_there(taken_over, sample):
    lesson = draft(taken_over(sample("banana.docx"), "banana.docx"))
    lesson.full_clean()
    lesson.body.stream_block.clean(lesson.body)
    lesson.latest_revision.publish()
    assert LessonPage.objects.get(pk=lesson.pk).live
