"""Lists of learners as people's own programs write them, and files that are no lists."""

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from lms.accounts.thai import to_arabic_digits
from lms.centres import ages, learner_files
from lms.centres.learner_files import Unreadable, sheets_of
from lms.centres.learner_lists import Places, read_learners

FILES = Path(__file__).parents[1] / "network" / "files"
HEADER = "ชื่อเรียก,นามสกุล,ช่วงอายุ,ปีเกิด,ตำบล,ภาษา\n"
PLACES = [("320101", "ในเมือง", "Nai Mueang"), ("320102", "นอกเมือง", "Nok Mueang"), ("550101", "ในเมือง", "Nai Mueang")]


@pytest.fixture
def read(ban_nong_bua):
    """read(bytes or text): the rows and the problems, for Ban Nong Bua."""

    def make(data):
        data = data.encode() if isinstance(data, str) else data
        return read_learners(data, Places(ban_nong_bua, PLACES))

    return make


def said(row):
    return [row[name] for name in ("row", "name", "family_name", "age_band", "subdistrict", "language")]


def workbook(*rows, sheet="ผู้เรียน", before=()):
    book, file = openpyxl.Workbook(), io.BytesIO()
    for title in before:
        book.create_sheet(title, 0)
    page = book[book.sheetnames[-1]]
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(file)
    return file.getvalue()


def zipped(files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return file.getvalue()


def test_the_template_filled_in(read):
    rows, problems = read(HEADER + "ป้าแก้ว,น้ำใส,60+,,ในเมือง,\nTom,,,2000,320102,en\n")
    assert [said(row) for row in rows] == [
        [2, "ป้าแก้ว", "น้ำใส", "60+", "320101", "th"],
        [3, "Tom", "", "20-39", "320102", "en"],
    ]
    assert problems == []


@pytest.mark.parametrize("name", ["calc.xlsx", "calc_windows_874.csv", "calc_utf_16.csv"])
def test_what_libreoffice_saved(read, name):
    """A title above the headings, an empty line, Buddhist years, and a column that is not ours."""
    rows, problems = read((FILES / name).read_bytes())
    assert [said(row)[1:] for row in rows] == [
        ["ป้าแก้ว", "น้ำใส", "60+", "320101", "th"],
        ["ลุงญี่ปุ่น", "ใจซื่อ", "20-39", "", "th"],
        ["น้องต้อม", "", "0-10", "320101", "th"],
    ]
    assert any("หมายเหตุ" in problem["expected"] for problem in problems)
    assert any("windows-874" in problem["expected"] for problem in problems) == ("874" in name)


@pytest.mark.parametrize(("name", "told"), [("calc.xls", ".xls"), ("calc.ods", ".xlsx")])
def test_other_kinds_of_sheets_say_how_to_save_them(read, name, told):
    with pytest.raises(Unreadable, match=told):
        read((FILES / name).read_bytes())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp874"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_encoding_separator_and_line_ending(read, encoding, separator, ending):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator=ending).writerows(
        [["ชื่อเรียก", "นามสกุล", "อายุ"], ["ป้าแก้ว", "น้ำใส, หรือ; ใส", "67"]]
    )
    rows, _problems = read(file.getvalue().encode(encoding))
    assert said(rows[0])[1:4] == ["ป้าแก้ว", "น้ำใส, หรือ; ใส", "60+"]


def test_what_openpyxl_saved_with_numbers_and_dates_as_excel_keeps_them(read):
    rows, problems = read(
        workbook(["ชื่อ", "ปีเกิด"], ["ป้าแก้ว", 2500], ["ลุงดำ", 2500.0], ["น้องต้อม", date(2018, 5, 1)], before=["ปก"])
    )
    assert [row["age_band"] for row in rows] == ["60+", "60+", "0-10"]
    assert problems == []


def test_eleven_to_nineteen_that_excel_took_for_a_day(read):
    rows, _problems = read(workbook(["ชื่อ", "ช่วงอายุ"], ["น้องฟ้า", date(2026, 11, 19)]))
    assert rows[0]["age_band"] == "11-19"


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("60+", "60+"), ("60 ปีขึ้นไป", "60+"), ("๖๗", "60+"), ("67 ปี", "60+"), ("40–59", "40-59"), ("20 - 39 ปี", "20-39"),
        ("ไม่เกิน 10 ปี", "0-10"), ("10 or younger", "0-10"), ("60 or older", "60+"), ("11 ถึง 19", "11-19"),
        ("19-Nov", "11-19"), ("19 พ.ย.", "11-19"), ("0", "0-10"), ("19", "11-19"), ("20", "20-39"),
        ("", None), ("แก่", None), ("-5", None), ("121", None), ("20-29", None), ("2505", None), ("6o", None),
    ],
)  # fmt: skip
def test_ages_as_people_write_them(cell, band):
    assert ages.band_of_text(to_arabic_digits(cell)) == band


@pytest.mark.parametrize(
    ("year", "band"),
    [(2505, "60+"), (1962, "60+"), (2549, "11-19"), (2006, "11-19"), (2548, "20-39"), (2558, "0-10"), (2569, "0-10"),
     (2570, None), (1800, None), (2300, None), (0, None)],
)  # fmt: skip
def test_nobody_under_twenty_passes_for_an_adult_by_a_year_of_birth(year, band):
    assert ages.band_of_year(year, date(2026, 11, 24)) == band


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (",,60+,,,", ["ชื่อเรียก"]),
        ("1234567890123,,60+,,,", ["ชื่อเรียก"]),
        ("๑-๒๓๔๕-๖๗๘๙๐-๑๒-๓,,60+,,,", ["ชื่อเรียก"]),
        ("ก" * 61 + ",,60+,,,", ["ชื่อเรียก"]),
        ("ป้าแก้ว," + "ก" * 61 + ",60+,,,", ["นามสกุล"]),
        ("ป้าแก้ว,,,,,", ["ช่วงอายุ"]),
        ("ป้าแก้ว,,แก่มาก,,,", ["ช่วงอายุ"]),
        ("ป้าแก้ว,,,25050,,", ["ปีเกิด"]),
        ("ป้าแก้ว,,60+,,999999,", ["ตำบล"]),
        ("ป้าแก้ว,,60+,,,ลาว", ["ภาษา"]),
        (",,x,,x,x", ["ชื่อเรียก", "ช่วงอายุ", "ตำบล", "ภาษา"]),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_all_that_is_wrong(read, cells, columns):
    rows, problems = read(f"{HEADER}ลุงดำ,,60+,,,\n{cells}\n")
    assert [row["name"] for row in rows] == ["ลุงดำ"]
    assert [problem["column"] for problem in problems] == columns
    assert {problem["row"] for problem in problems} == {3}
    assert all(problem["expected"] and len(problem["value"]) <= 40 for problem in problems)


def test_a_name_of_two_places_is_the_one_near_the_centre(read):
    rows, _problems = read(HEADER + "ก ข,,60+,,ต.ในเมือง,\n")
    assert rows[0]["subdistrict"] == "320101"


def test_name_and_family_name_in_one_cell(read):
    rows, _problems = read("ลำดับ,ชื่อ - นามสกุล,อายุ (ปี)\n1,นางสาวสมศรี ใจดี ณ อยุธยา,44\n2,ด.ช.ต้อม,9\n")
    assert [said(row)[1:4] for row in rows] == [["สมศรี", "ใจดี ณ อยุธยา", "40-59"], ["ต้อม", "", "0-10"]]


def test_numbers_of_id_cards_are_not_taken_in(read):
    rows, problems = read("ชื่อ,อายุ,เลขบัตรประชาชน\nป้าแก้ว,67,1234567890123\n")
    assert "1234567890123" not in str(rows) + str(problems)
    assert "เลขบัตรประชาชน" in problems[0]["expected"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "ว่าง"), (b"\n \n", "ว่าง"), (b"\xef\xbb\xbf", "หัวตาราง"), (b"a,b\n1,2\n", "หัวตาราง"),
        ("ชื่อ\nป้าแก้ว\n".encode(), "หัวตาราง"), (HEADER.encode(), "ไม่มีใคร"), ("ชื่อ,ชื่อเล่น,อายุ\n".encode(), "ซ้ำ"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "รูป"), (b"\xff\xd8\xff\xe0" + b"\0" * 50, "รูป"), (b"%PDF-1.7\n", "รูป"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 50, ".xls"), (b"PK\x03\x04" + b"\0" * 50, "เสียหาย"),
        (b"\x81\xfe\xff" * 9, "CSV UTF-8"),
        (b"\0\1\2\3" * 50, "หัวตาราง"),
        ((HEADER + '"ป้าแก้ว\n' + "ก,,60+,,,\n" * 50).encode(), "เครื่องหมายคำพูด"),
    ],
)  # fmt: skip
def test_what_is_no_list_says_so_and_what_to_do(read, data, told):
    with pytest.raises(Unreadable, match=told):
        read(data)


def test_a_file_of_more_than_two_megabytes(read):
    with pytest.raises(Unreadable, match="2 MB"):
        read(HEADER + "x" * learner_files.LARGEST)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_five_thousand_are_read_and_one_more_is_too_many(read, kind):
    def file(count):
        rows = [["ชื่อ", "อายุ"], *([f"คนที่ {n}", "67"] for n in range(count))]
        return workbook(*rows) if kind == "xlsx" else "\n".join(",".join(row) for row in rows).encode()

    assert len(read(file(5_000))[0]) == 5_000
    with pytest.raises(Unreadable, match=r"5,000"):
        read(file(5_001))


def test_a_bomb_named_xlsx_is_not_unpacked(read, monkeypatch):
    bomb = zipped({"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": b"0" * (64 * 1024 * 1024)})
    assert len(bomb) < 100_000
    monkeypatch.setattr(openpyxl, "load_workbook", lambda *_args, **_more: pytest.fail("it was opened"))
    with pytest.raises(Unreadable, match="แตกออกมา"):
        read(bomb)


def test_a_bomb_that_lies_about_its_size(read):
    """The header says 10 bytes; more than it says is never unpacked."""
    good = workbook(["ชื่อ", "อายุ"], ["ป้าแก้ว", 67])
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    files["xl/worksheets/sheet1.xml"] = b" " * (40 * 1024 * 1024)
    data = zipped(files).replace((40 * 1024 * 1024).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    with pytest.raises(Unreadable, match="เสียหาย"):
        read(data)


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"]
)
def test_entities_that_grow_are_refused(read, part):
    with zipfile.ZipFile(FILES / "calc.xlsx") as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    evil = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><x>&l9;</x>'
    with pytest.raises(Unreadable):
        read(zipped(files | {part: evil}))


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is(read):
    good = workbook(["ชื่อ", "อายุ"], ["ป้าแก้ว", 67])
    with zipfile.ZipFile(io.BytesIO(good)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    sheet = files["xl/worksheets/sheet1.xml"]
    files["xl/worksheets/sheet1.xml"] = sheet.replace(b'ref="A1:B2"', b'ref="A1:XFD1048576"')
    assert files["xl/worksheets/sheet1.xml"] != sheet
    assert [row["name"] for row in read(zipped(files))[0]] == ["ป้าแก้ว"]


def test_every_harmed_workbook_is_refused_or_read_and_never_a_fault(read):
    good = (FILES / "calc.xlsx").read_bytes()
    for place in range(0, len(good), 37):
        for harmed in (good[:place], good[:place] + b"\xff\0\xfe" + good[place + 3 :]):
            try:
                read(harmed)
            except Unreadable as error:
                assert str(error)


def test_a_formula_is_its_value_and_no_formula_is_kept(read):
    rows, problems = read(HEADER + '=1+1,,60+,,,\n"=HYPERLINK(""x"")",,60+,,,\n')
    assert [problem["row"] for problem in problems] == [2]
    assert [row["name"] for row in rows] == ['=HYPERLINK("x")']  # a sheet made of it gets an apostrophe


def test_sheets_keep_the_numbers_of_their_lines():
    assert sheets_of(b"\na,b\n\nc,d")[0] == [[(1, []), (2, ["a", "b"]), (3, []), (4, ["c", "d"])]]
