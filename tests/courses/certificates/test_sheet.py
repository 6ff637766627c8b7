"""The certificate on paper, read back as a person and a camera would."""

import re
import zlib

import pypdfium2
import pytest
import zxingcpp

from courses.certificates import certificate_of, sheet

SITE = "https://sala.example.go.th"
A4_ACROSS = (842, 595)


@pytest.fixture
def paper():
    """paper(certificate): its PDF, its text without spaces, and what a camera finds on it."""

    def make(certificate):
        pdf = sheet.printed(certificate, SITE)
        with pypdfium2.PdfDocument(pdf) as pages:
            assert len(pages) == 1
            page = pages[0]
            assert tuple(round(side) for side in page.get_size()) == A4_ACROSS
            text = "".join(page.get_textpage().get_text_range().split())
            seen = zxingcpp.read_barcodes(page.render(scale=120 / 72).to_pil())
        return pdf, text, [code.text for code in seen]

    return make


def test_it_says_everything_in_thai(given, paper, signatories, finish, thongbai, course):
    pdf, text, _seen = paper(certificate_of(finish(thongbai, course)))
    said = ["ใบรับรอง", "กระทรวงตัวอย่าง", "ร่วมกับศูนย์ดิจิทัลชุมชนบ้านหนองบัว", "ป้าทองใบ", "คิดทุนให้ครบ", "เวลาเรียนราว1ชั่วโมงครึ่ง"]
    said += ["รวมค่าแรงของตัวเอง", "พุทธศักราช๒๕", "(ผู้ลงนามตัวอย่าง)", "เลขที่32-25", "sala.example.go.th/check/"]
    assert [words for words in said if words not in text] == []
    assert len(pdf) <= 60_000


def test_it_can_be_read_out_and_brings_its_letters(given):
    pdf = sheet.printed(given, SITE)
    for part in (b"/Lang(th)", b"pdfuaid", b"/MarkInfo", b"/DisplayDocTitle true", b"/FontFile"):
        assert part in pdf or part in _unpacked(pdf), part
    assert not re.search(rb"/BaseFont/(?![A-Z]{6}\+)", pdf.replace(b" ", b"")), "a font is not embedded"


def _unpacked(pdf):
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return b"".join(found)


@pytest.mark.parametrize(
    "name", ["ปู่ญี่ปุ่น", "ฐิติรัตน์", "น้ำผึ้ง ใจดำ", "ญูฐู", "ผึ้ง ปั๊ม ฝั่ง ฟื้น สิทธิ์ จั๊ก", "Mary O'Neill", '#import "x"', "*_$x$_*"]
)
def test_any_name_can_be_printed_and_read_back(given, paper, name):
    given.name = name
    assert "".join(name.split()) in paper(given)[1]


def test_a_camera_reads_the_address(given, paper):
    assert paper(given)[2] == [f"{SITE}/check/{given.statement}/"]


@pytest.mark.parametrize(
    ("name", "title", "outcomes"),
    [
        ("ก" * 60 + " " + "W" * 60, "วิชาที่มีชื่อยาว " * 14, ["สิ่งที่ทำได้ซึ่งเขียนไว้ยืดยาวมาก " * 8] * 9),
        ("👵 អក្សរ", "ก" * 255, ["ก" * 300]),
        ("อ", "", []),
    ],
)
def test_whatever_is_said_it_is_one_sheet_that_a_camera_reads(given, paper, name, title, outcomes):
    given.name, given.course_title, given.outcomes = name, title, outcomes
    given.statement = given.statement.ljust(464, "A")  # the longest there is
    pdf, _text, seen = paper(given)
    assert seen == [f"{SITE}/check/{given.statement}/"]
    assert sheet.qr_of(given, SITE).version <= 15
    assert len(pdf) <= 60_000
