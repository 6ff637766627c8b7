"""How what authors write is drawn: as text, with Thai that breaks between its phrases."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.utils import translation
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file, get_test_image_file_svg

from cms.blocks import ContentBlock, FactBlock
from cms.models import StandardPage
from lms.accounts.templatetags.dates import NBSP

CONTENT = ContentBlock()


def draw(kind, value):
    block = CONTENT.child_blocks[kind]
    return BeautifulSoup(block.render(block.to_python(value)), "html.parser")


@pytest.fixture
def upload(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return lambda model, file: model.objects.create(title="basket", file=file)


def test_headings_break_between_phrases():
    assert str(draw("heading", "ขายหมด แต่ไม่เหลือ")).strip() == "<h2><span>ขายหมด</span> <span>แต่ไม่เหลือ</span></h2>"


def test_text_becomes_paragraphs():
    assert [p.text for p in draw("text", "หนึ่ง\n\nสอง").find_all("p")] == ["หนึ่ง", "สอง"]


@pytest.mark.parametrize("kind", ["heading", "text", "tip", "warning", "example"])
def test_what_authors_write_is_never_html(kind):
    drawn = draw(kind, "<script>alert(1)</script> <b>")
    assert not drawn.find_all(["script", "b"])
    assert "<script>" in drawn.text


def test_steps_are_a_numbered_list():
    assert [li.text for li in draw("steps", ["จด", "บวก"]).select("ol.steps > li")] == ["จด", "บวก"]


def test_a_table_has_heads_and_its_numbers_stand_in_line():
    rows = [["วัตถุดิบ", "600"], ["", "1,200"]]
    drawn = draw("table", {"caption": "", "head": ["รายการ", "บาท"], "rows": rows})
    assert drawn.div["aria-label"] == "รายการ, บาท"
    assert [th.text for th in drawn.select("th[scope=col]")] == ["รายการ", "บาท"]
    assert [th.text for th in drawn.select("th[scope=row]")] == ["วัตถุดิบ"]
    assert [td.text for td in drawn.select("td.num")] == ["600", "1,200"]


@pytest.mark.parametrize(("kind", "look"), [("tip", "tip"), ("warning", "warn")])
def test_notes_say_what_they_are_in_words_too(kind, look):
    drawn = draw(kind, "จดทันที")
    assert drawn.select_one(f".note.{look} strong").text
    assert drawn.select_one(".note p:last-child").text == "จดทันที"


@pytest.mark.parametrize(("language", "month"), [("th", f"พ.ย.{NBSP}2569 · กรมที่ดิน"), ("en", f"Nov{NBSP}2026 · กรมที่ดิน")])
def test_a_fact_says_when_it_was_checked_in_the_readers_calendar(language, month):
    with translation.override(language):
        drawn = draw("fact", {"text": "ต้องมีเจ็ดคน", "checked": "2026-11", "owner": "กรมที่ดิน", "recheck": True})
    assert month in drawn.text


def test_a_fact_needs_a_month():
    with pytest.raises(ValidationError):
        FactBlock().clean(FactBlock().to_python({"text": "ก", "checked": "พ.ย. 69", "owner": "ข", "recheck": False}))


def test_a_drawing_stays_small_and_a_photograph_goes_across_the_page(upload):
    drawing = upload(get_image_model(), get_test_image_file_svg())
    photo = upload(get_image_model(), get_test_image_file(size=(1200, 600)))
    for image, width in ((drawing, "64"), (photo, "900")):
        drawn = draw("picture", {"image": image.pk, "alt": "ตะกร้า", "caption": "ของดี"})
        assert (drawn.img["alt"], drawn.img["width"]) == ("ตะกร้า", width)
        assert drawn.figcaption.text == "ของดี"
    assert drawn.img["src"].startswith("/media/")


def test_a_picture_that_was_deleted_leaves_its_words(db):
    drawn = draw("picture", {"image": 99, "alt": "ตะกร้า", "caption": "ของดี"})
    assert not drawn.img
    assert drawn.figcaption.text == "ของดี"


@pytest.mark.parametrize("kind", ["audio", "video"])
def test_recordings_have_plain_controls_and_can_be_read(upload, kind):
    file = upload(get_document_model(), get_test_image_file())
    drawn = draw(kind, {"file": file.pk, "captions": None, "transcript": "สวัสดี"})
    assert drawn.find(kind)["src"] == file.url
    assert drawn.find(kind).has_attr("controls")
    assert "สวัสดี" in drawn.details.text


def test_documents_say_their_kind_and_size(upload):
    file = upload(get_document_model(), get_test_image_file("form.pdf"))
    drawn = draw("document", {"file": file.pk, "title": "แบบ สวช.01"})
    assert drawn.a["href"] == file.url
    assert "PDF" in drawn.a.text


def test_a_plain_page_is_read_in_either_language(shelf, client):
    body = [{"type": "text", "value": "เราเก็บข้อมูลเท่าที่จำเป็น"}]
    shelf.get_parent().add_child(instance=StandardPage(title="ข้อมูลของฉัน", title_en="My data", slug="about", body=body))
    assert "เราเก็บข้อมูล" in client.get("/about/").content.decode()
    assert "My data" in client.get("/en/about/").content.decode()
