"""A lesson on A4, as Chromium prints it: read back from the PDF."""

import ctypes
import io
import re
from collections import defaultdict
from statistics import median

import pypdfium2
import pytest
from pypdfium2 import raw

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
        return on_paper(page)

    return make


def on_paper(page):
    return pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True)))


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


SHARP = 4  # points of the picture to one of the page
TILE, KEY = (20, 60), (10, 18)  # points of the page: how long a side of a square is
SHADES = (
    "document.querySelectorAll('.tiles rect:not(.gauge)').forEach((tile, n) => tile.setAttribute('class', `d${n % 6}`))"
)


def squares(document, least, most):
    """{colour: the greys of each square painted with it}: the squares of a size, as a grey printer has them."""
    found = defaultdict(list)
    for page in document:
        picture, height = page.render(scale=SHARP).to_pil().convert("L"), page.get_size()[1]
        for thing in page.get_objects(max_depth=6):
            if thing.type == raw.FPDF_PAGEOBJ_PATH:
                left, bottom, right, top = thing.get_bounds()
                if least < right - left < most and abs(right - left - top + bottom) < 0.6:
                    inside = (left + 2, height - top + 2, right - 2, height - bottom - 2)  # without its line
                    found[colour_of(thing)].append(picture.crop([round(SHARP * end) for end in inside]).tobytes())
    return found


def colour_of(thing):
    channels = [ctypes.c_uint() for _channel in range(4)]
    raw.FPDFPageObj_GetFillColor(thing, *channels)
    return tuple(channel.value for channel in channels[:3])


def colours_on(page, selector):
    """How each of them is painted on the page, as colours of a PDF."""
    painted = page.locator(selector).evaluate_all("all => all.map(each => getComputedStyle(each).fill)")
    return [tuple(map(int, re.findall(r"\d+", colour)[:3])) for colour in painted]


@pytest.fixture
def overview(open_page, sign_in_staff):
    """The ministry's first page, and what it is on A4."""
    page = open_page()
    sign_in_staff(page, "wipha")
    document = on_paper(page)
    assert {tuple(round(side) for side in sheet.get_size()) for sheet in document} == {A4}
    return page, document


def test_the_shades_of_the_map_differ_on_a_grey_printer_and_grow_darker(overview):
    page, document = overview
    real = squares(document, *TILE)
    for colour in colours_on(page, ".tiles a rect:not(.gauge)"):
        assert real[colour], "every province with figures is there"
    page.evaluate(SHADES)
    greys = squares(on_paper(page), *TILE)
    steps = [[median(tile) for tile in greys[colour]] for colour in colours_on(page, ".tiles rect:not(.gauge)")[:6]]
    assert sum(map(len, steps)) == 77
    assert all(max(step) - min(step) <= 2 for step in steps), "a province has the grey of its shade"
    assert all(min(lighter) - max(darker) >= 20 for lighter, darker in zip(steps, steps[1:], strict=False)), steps


def test_the_bars_of_the_months_are_told_apart_on_a_grey_printer(overview):
    page, document = overview
    painted = squares(document, *KEY)
    active, starters, finishers = (painted[colour][0] for colour in colours_on(page, ".keys rect[class]"))
    assert min(active) - median(starters) > 40 and len(set(active)) == 1, "plain and light"
    assert len(set(starters)) > 8 and len(set(finishers)) > 8, "stripes and dots"
    apart = sum(abs(one - other) for one, other in zip(starters, finishers, strict=True)) / len(starters)
    assert apart > 20


def test_buttons_of_the_ministrys_page_are_on_the_screen_and_not_on_paper(overview):
    page, document = overview
    buttons = [bones(text) for text in page.locator("p.unprinted a.btn").all_inner_texts()]
    assert len(buttons) == 5
    title, printed = bones(page.locator("h2#map").inner_text()), pages_of(document)
    page.emulate_media(media="screen")
    drawn = pages_of(on_paper(page))
    for words in buttons:
        there, gone = (max(share(words, text) for text in pages) for pages in (drawn, printed))
        assert gone < 0.5 < there, words
    assert max(share(title, text) for text in printed) > 0.6
