"""Questions out of files that people have: each looked through first, and hostile ones refused in words."""

import io
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from courses.authoring.bank.bringing import read
from courses.authoring.bank.questions import blocks, checked
from courses.authoring.bank.sheets import MOST, read_sheet
from courses.authoring.bank.template import HEADINGS, examples, workbook
from courses.models import BankQuestion
from lms.accounts.cells import Unreadable

BRING = "/studio/questions/bring/"


@pytest.fixture
def at_desk(client, nok):
    client.force_login(nok)
    return client


def csv(*rows, encoding="utf-8"):
    lines = [",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, *rows)]
    return "\n".join(lines).encode(encoding)


def only(*row, **more):
    [found] = read_sheet(csv([*row, *[""] * (len(HEADINGS) - len(row))], **more))[0]
    return found


def send(client, content, name="questions.csv"):
    return client.post(BRING, {"file": SimpleUploadedFile(name, content)})


def keep(client, page, **more):
    rows = [row["key"] for row in page.context["rows"] if row["key"]]
    return client.post(f"{BRING}keep/", {"questions": page.context["sealed"], "take": rows} | more)


def test_the_template_holds_one_of_each_kind_and_is_read_back():
    for data in (workbook(), csv(*examples())):
        found, told = read_sheet(data)
        assert [each.kind for each in found] == list(blocks())
        assert not told
        assert not any(each.problem for each in found)


def test_a_file_is_looked_through_and_then_kept(at_desk, ban_nong_bua, nok):
    page = send(at_desk, workbook(), "questions.xlsx")
    assert len(page.context["rows"]) == page.context["good"] == 9
    assert not BankQuestion.objects.exists()
    keep(at_desk, page)
    keep(at_desk, page)  # sent twice
    assert {question.kind for question in BankQuestion.objects.all()} == set(blocks())
    assert BankQuestion.objects.count() == 9
    assert {question.centre for question in BankQuestion.objects.all()} == {ban_nong_bua}
    assert "ค่ากล้วย" in BankQuestion.objects.get(kind="single_choice").search_text


def test_what_is_not_ticked_stays_out(at_desk):
    page = send(at_desk, csv(["", "หนึ่ง", "ก"], ["", "สอง", "ข"]))
    keep(at_desk, page, take=[page.context["rows"][1]["key"]])
    assert BankQuestion.objects.get().title == "สอง"


def test_a_line_that_cannot_come_over_says_why_beside_its_number(at_desk):
    page = send(at_desk, csv(["เลือกหนึ่งข้อ", "ถาม", "", "ก | ข"], ["ทำนาย", "ถาม", "ก"], ["", "ดี", "ก"], ["", "", "ก"]))
    found = [row["found"] for row in page.context["rows"]]
    assert [(each.line, bool(each.problem)) for each in found] == [(2, True), (3, True), (4, False), (5, True)]
    assert (page.context["good"], page.context["bad"]) == (1, 3)


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["", "ถาม", "ก", "ข | ค"], "single_choice"),
        (["", "ถาม", "ก | ข", "ค"], "multiple_choice"),
        (["", "ถาม", "ไม่จริง"], "true_false"),
        (["", "ถาม", "๑,๒๐๐"], "number"),
        (["", "ถาม", "ก = ข | ค = ง"], "matching"),
        (["", "ถาม", "ก"], "fill_in"),
        (["", "ถาม", ""], "reflection"),
        (["true_false", "ถาม", "F"], "true_false"),
        (["Put in order", "ถาม", "ก\nข"], "ordering"),
    ],
)
def test_the_kind_is_known_by_its_name_or_by_the_answers(row, kind):
    assert only(*row).kind == kind


def test_numbers_in_thai_digits_with_what_they_may_differ_by():
    found = only("คิดเลข", "กี่บาท", "๑,๒๐๐.๕", "", "หาร", "๐.๕", "บาท")
    assert (found.value["answer"], found.value["tolerance"], found.value["unit"]) == ("1200.5", "0.5", "บาท")


def test_the_old_thai_encoding_is_read_and_told():
    found, told = read_sheet(csv(["", "ทุนคืออะไร", "เงิน"], encoding="cp874"))
    assert found[0].asked == "ทุนคืออะไร"
    assert len(told) == 1


def test_a_formula_is_not_worked_out():
    book = openpyxl.Workbook()
    book.active.append(["คำถาม", "คำตอบ"])
    book.active.append(["ถาม", '=HYPERLINK("http://x","y")'])
    file = io.BytesIO()
    book.save(file)
    [found] = read_sheet(file.getvalue())[0]
    assert "HYPERLINK" not in str(found.value)


def bomb():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "")
        archive.writestr("xl/big.xml", b"\0" * 40_000_000)
    return file.getvalue()


HOSTILE = {
    "nothing": lambda: b"",
    "a bomb": bomb,
    "a zip of something else": lambda: b"PK\x03\x04" + b"x" * 99,
    "a picture": lambda: b"\x89PNG" + b"x" * 99,
    "an old Excel file": lambda: b"\xd0\xcf\x11\xe0" + b"x" * 99,
    "too large": lambda: b"a," * 1_100_000,
    "too many": lambda: csv(*([["", f"ถาม {n}", "ก"] for n in range(MOST + 1)])),
    "no headings": lambda: "ก,ข\nค,ง".encode(),
    "headings alone": lambda: csv(),
    "an open quotation mark": lambda: csv() + b'\n"' + b"x\n" * 90,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words(name, at_desk):
    page = send(at_desk, HOSTILE[name](), "x.csv")
    assert page.status_code == 400
    assert len(page.context["problem"]) > 15


def test_a_cell_has_room_for_a_question_and_no_more():
    assert only("", "ถ" * 6_000, "ก").kind == "fill_in"


def test_gift_comes_by_file_or_by_hand(at_desk):
    for page in (
        send(at_desk, "กี่บาท {#30}\n\nพูดเฉย ๆ".encode("cp874"), "x.txt"),
        at_desk.post(BRING, {"text": "กี่บาท {#30}\n\nพูดเฉย ๆ"}),
    ):
        assert (page.context["good"], page.context["bad"]) == (1, 1)
        keep(at_desk, page)
    assert [question.kind for question in BankQuestion.objects.all()] == ["number"] * 2


def test_nobody_slips_questions_in_that_no_file_held(at_desk):
    answer = at_desk.post(f"{BRING}keep/", {"questions": "x", "take": ["x"]})
    assert answer.status_code == 400
    assert not BankQuestion.objects.exists()


def test_only_authors_bring_questions(client, ek, somsri):
    client.force_login(ek)  # who reviews, and has no bank to put them into
    assert client.get(BRING).status_code == client.post(f"{BRING}keep/").status_code == 404
    client.force_login(somsri)
    assert client.get(BRING).status_code in (302, 404)


def test_the_template_is_there_to_download(at_desk):
    assert at_desk.get("/studio/questions/template/xlsx/")["Content-Disposition"].endswith('.xlsx"')
    assert at_desk.get("/studio/questions/template/csv/").status_code == 200
    assert at_desk.get("/studio/questions/template/exe/").status_code == 404


CELL = st.one_of(
    st.text(max_size=12), st.sampled_from(["|", "ก | ข", "ก=ข|ค=ง", "จริง", "30", "number", "จับคู่", "=", "๑๒"])
)


@given(st.lists(st.lists(CELL, max_size=8), max_size=6))
@hypothesis_settings(max_examples=60)
def test_any_lines_are_read_or_told(rows):
    book = [";".join(HEADINGS), *(";".join(row) for row in rows)]
    try:
        found, _told = read("\n".join(book).encode("utf-8", "replace"), "x.csv")
    except Unreadable as refused:
        assert str(refused)
        return
    for each in found:
        assert bool(each.kind) != bool(each.problem)
        if each.kind:
            assert checked(each.kind, each.value)[0].keys() == each.value.keys()


@given(st.binary(max_size=40), st.integers(0, 8_000), st.integers(0, 200))
@hypothesis_settings(max_examples=40)
def test_whatever_befalls_a_workbook_it_is_read_or_refused(put, spot, cut):
    whole = workbook()
    try:
        read(whole[:spot] + put + whole[spot + cut :], "x.xlsx")
    except Unreadable as refused:
        assert str(refused)
