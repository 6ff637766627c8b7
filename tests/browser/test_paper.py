"""A lesson on A4, as Chromium prints it: read back from the PDF."""

import io
import re

import pypdfium2
import pytest

from tests.browser.conftest import PHONE
from tests.browser.pages import LESSON

A4 = (595, 842)  # points
ON_SCREEN = ("ข้อมูลของท่าน: เก็บอะไรบ้าง", "จบบทนี้ ไปต่อ", "พิมพ์ลงกระดาษ A4", "พิมพ์บทเรียนนี้", "อ่านให้ฟัง")


@pytest.fixture
def printed(open_page):
    """An address as paper."""

    def make(path, **options):
        page = open_page(PHONE, **options)
        page.goto(path)
        return pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))

    return make


def bones(text):
    """Consonants and digits: a PDF keeps the marks of Thai in an order of its own."""
    return re.sub("[^ก-ฮ0-9]", "", text)


def share(words, text):
    """How much of the words a page holds: a font's joined letters are not all read back from a PDF."""
    pieces = {words[place : place + 3] for place in range(len(words) - 2)}
    return sum(piece in text for piece in pieces) / len(pieces)


def pages_of(document):
    return [bones(page.get_textpage().get_text_bounded()) for page in document]


def colours_of(document):
    """How many points of the pages have a colour."""
    found = 0
    for page in document:
        red, green, blue = (channel.tobytes() for channel in page.render(scale=0.5).to_pil().convert("RGB").split())
        found += sum(max(point) - min(point) > 12 for point in zip(red, green, blue, strict=True))
    return found


def test_a_lesson_is_printed_black_on_white_with_its_answers_last(printed, open_page):
    document = printed(f"{LESSON}print/", color_scheme="dark")
    pages = pages_of(document)
    assert 3 <= len(pages) <= 6
    assert {tuple(round(side) for side in page.get_size()) for page in document} == {A4}
    assert colours_of(document) == 0
    assert [place for place, text in enumerate(pages) if bones("คำตอบ") in text[:60]] == [len(pages) - 1]
    assert not [words for words in ON_SCREEN for text in pages if bones(words) in text]
    assert f"{len(pages)} / {len(pages)}" in document[len(pages) - 1].get_textpage().get_text_bounded()
    sheet = open_page(PHONE)
    sheet.goto(f"{LESSON}print/")
    answers = [bones(text) for text in sheet.locator(".answers li p:last-child").all_inner_texts()]
    assert len(answers) == 4
    for answer in answers:
        *before, last = [share(answer, text) for text in pages]
        assert last > 0.6 > max(before), (answer, pages[-1])
    for question in sheet.locator(".question").all():
        words = bones(question.inner_text())
        assert max(share(words, text) for text in pages) > 0.7, f"split over two pages: {words}"


def test_the_lesson_and_the_ministrys_page_print_without_what_only_works_on_a_screen(printed, open_page, sign_in_staff):
    assert not [words for words in ON_SCREEN for text in pages_of(printed(LESSON)) if bones(words) in text]
    page = open_page()
    sign_in_staff(page, "wipha")
    assert page.locator(".filters").first.is_visible()
    page.emulate_media(media="print")
    assert not [part for part in page.locator(".filters, .band, .foot, main .btn").all() if part.is_visible()]
    assert page.locator("main h1").is_visible()
