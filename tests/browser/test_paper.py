"""A lesson on A4, as Chromium prints it: read back from the PDF."""

import io

import pypdfium2
import pytest

from tests.browser.conftest import PHONE
from tests.browser.pages import LESSON

A4 = (595, 842)  # points
MENU = ("ออก", "ขนาดตัวหนังสือ", "สมุดเรียนของฉัน", "ข้อมูลของท่าน", "พิมพ์", "ต่อไป", "ตอบ\n", "อ่านให้ฟัง")
LATER = "คำตอบ"


@pytest.fixture
def printed(open_page):
    """The pages of an address as paper: their text, and their pictures."""

    def make(path, **options):
        page = open_page(PHONE, **options)
        page.goto(path)
        return pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    return make


def text_of(document):
    return [page.get_textpage().get_text_bounded() for page in document]


def coloured(document):
    """How many points of the pages have a colour."""
    found = 0
    for page in document:
        red, green, blue = page.render(scale=0.5).to_pil().convert("RGB").split()
        pairs = zip(red.getdata(), green.getdata(), blue.getdata(), strict=True)
        found += sum(max(point) - min(point) > 12 for point in pairs)
    return found


def test_a_lesson_is_printed_black_on_white_with_its_answers_last(printed, open_page):
    document = printed(f"{LESSON}print/", color_scheme="dark")
    pages = text_of(document)
    assert 3 <= len(pages) <= 8
    assert {tuple(round(side) for side in page.get_size()) for page in document} == {A4}
    assert coloured(document) == 0
    answers = [place for place, text in enumerate(pages) if LATER in str(text.splitlines()[:4])]
    assert answers == [len(pages) - 1]
    for word in MENU:
        assert not [text for text in pages if word in text], word
    assert f"{len(pages)} / {len(pages)}" in pages[-1]
    asked = open_page()
    asked.goto(f"{LESSON}print/")
    reasons = asked.locator(".answers li").all_inner_texts()
    assert reasons
    for reason in reasons:
        words = reason.split("\n")[-1].split()[0]
        assert words in pages[-1]


def test_no_question_is_split_over_two_pages(printed, open_page):
    """Each begins and ends on one page: its number and its last words stand together."""
    page = open_page(PHONE)
    page.goto(f"{LESSON}print/")
    questions = [text.split("\n") for text in page.locator(".question").all_inner_texts()]
    texts = [text.replace("\r", "").replace("\n", "").replace(" ", "") for text in text_of(printed(f"{LESSON}print/"))]
    for question in questions:
        lines = [line.replace("\N{NO-BREAK SPACE}", "").replace(" ", "")[:12] for line in question if line.strip()]
        where = [{place for place, text in enumerate(texts[:-1]) if line in text} for line in (lines[0], lines[-1])]
        assert where[0] & where[1], question


def test_the_lesson_and_the_ministrys_page_print_without_what_only_works_on_a_screen(printed, open_page, sign_in_staff):
    assert not [text for text in text_of(printed(LESSON)) if "ทำต่อ" in text or "ข้อมูลของท่าน" in text]
    page = open_page()
    sign_in_staff(page, "wipha")
    page.emulate_media(media="print")
    for part in page.locator(".filters, .band, .foot, main .btn").all():
        assert not part.is_visible()
    assert page.locator("main h1").is_visible()
