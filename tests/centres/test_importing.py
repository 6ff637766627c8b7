import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from lms.centres.importing import COLUMNS, LARGEST, REQUIRED_COLUMNS, Unreadable, read_centres
from lms.centres.models import Centre, Programme, ProgrammeMembership
from lms.centres.registering import import_centres

HEADER = ",".join(REQUIRED_COLUMNS)
GOOD = {
    "code": "TH-32-0002",
    "name_th": "บ้านโนนสูง",
    "name_en": "Ban Non Sung",
    "subdistrict_code": "320101",
    "host_kind": "temple",
}
DOCS = Path(__file__).parents[2] / "docs" / "centres_csv.md"


def line(**cells):
    return ",".join((GOOD | cells).get(column, "") for column in REQUIRED_COLUMNS)


def csv_of(*lines, header=HEADER):
    return "\n".join([header, *lines]).encode()


def read(*lines, **kwargs):
    with translation.override("en"):
        return read_centres(csv_of(*lines, **kwargs), {"320101", "550101"})


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def surin(subdistrict_of):
    return subdistrict_of("32", "สุรินทร์", "Surin", "NE")


def test_a_good_line_is_read_as_typed_values():
    rows, problems = read(
        line(
            host_kind="School ",
            opened_on="2010-05-01",
            latitude="14.8817534",
            longitude="103.49",
            programme_code="ict-2553",
            programme_started_on="2010-05-01",
            programme_ended_on="2013-04-30",
        )
    )
    assert problems == []
    assert rows[0].line == 2
    assert rows[0].values == GOOD | {
        "host_kind": "school",
        "status": "open",
        "status_reason": "",
        "opened_on": date(2010, 5, 1),
        "latitude": Decimal("14.881753"),
        "longitude": Decimal("103.49"),
        "programme_code": "ICT-2553",
        "programme_started_on": date(2010, 5, 1),
        "programme_ended_on": date(2013, 4, 30),
    }


@pytest.mark.parametrize(
    "column, cell, expected",
    [
        ("code", "", "letters A to Z"),
        ("code", "ศูนย์ 1", "letters A to Z"),
        ("code", "A" * 21, "1 to 20"),
        ("name_th", "", "the name in Thai"),
        ("name_th", "ก" * 121, "at most 120 characters"),
        ("name_en", "x" * 121, "at most 120 characters"),
        ("name_th", "บ้าน\0หนอง", "without NUL"),
        ("subdistrict_code", "999999", "6 digits of a subdistrict"),
        ("subdistrict_code", "", "6 digits of a subdistrict"),
        ("host_kind", "monastery", "one of: temple, school"),
        ("host_kind", "", "one of: temple, school"),
        ("status", "shut", "one of: planned, open, paused, closed"),
        ("status_reason", "ก" * 201, "at most 200 characters"),
        ("opened_on", "2569-05-01", "2026 (not 2569)"),
        ("opened_on", "01/05/2026", "year-month-day"),
        ("opened_on", "2026-02-30", "year-month-day"),
        ("opened_on", "20260501", "year-month-day"),
        ("opened_on", "0001-01-01", "year-month-day"),
        ("latitude", "51.5", "degrees from 5.6 to 20.5"),
        ("latitude", "NaN", "degrees from 5.6 to 20.5"),
        ("latitude", "1e1", "degrees from 5.6 to 20.5"),
        ("longitude", "-103", "degrees from 97.3 to 105.7"),
        ("programme_code", "อ", "letters A to Z"),
        ("programme_started_on", "มกราคม", "year-month-day"),
    ],
)
def test_a_bad_cell_is_told_by_line_and_column_and_what_was_expected(column, cell, expected):
    rows, problems = read(line(code="TH-32-0001"), line(**{column: cell}))
    assert [row.values["code"] for row in rows] == ["TH-32-0001"]
    told = [problem for problem in problems if problem.column == column]
    assert [problem.line for problem in told] == [3]
    assert expected in str(told[0])
    assert "Line 3" in str(told[0])


@pytest.mark.parametrize(
    "cells, column",
    [
        ({"status": "closed"}, "status_reason"),
        ({"latitude": "14.5"}, "longitude"),
        ({"longitude": "103.5"}, "latitude"),
        ({"programme_code": "A"}, "programme_started_on"),
        ({"programme_started_on": "2026-01-01"}, "programme_code"),
        ({"programme_ended_on": "2026-01-01"}, "programme_code"),
        (
            {"programme_code": "A", "programme_started_on": "2026-01-02", "programme_ended_on": "2026-01-01"},
            "programme_ended_on",
        ),
    ],
)
def test_cells_at_odds_with_each_other_are_told_once(cells, column):
    rows, problems = read(line(**cells))
    assert rows == []
    assert [problem.column for problem in problems] == [column]


def test_everything_wrong_in_a_line_is_told_at_once():
    _, problems = read(line(host_kind="?", opened_on="?", latitude="?"))
    assert [problem.column for problem in problems] == ["host_kind", "opened_on", "latitude"]


def test_a_code_twice_in_one_file_keeps_the_first_line():
    rows, problems = read(line(name_en="One"), line(code="th-32-0002", name_en="Two"))
    assert [row.values["name_en"] for row in rows] == ["One"]
    assert str(problems[0]).startswith("Line 3, code") and "line 2" in str(problems[0])


@pytest.mark.parametrize("cells", [line() + ",more", line().rsplit(",", 1)[0], "TH-32-0001"])
def test_a_line_of_another_length_is_told(cells):
    rows, problems = read(cells)
    assert rows == []
    assert "13 cells" in str(problems[0])


def test_names_are_stored_in_one_spelling():
    rows, _ = read(line(name_th="  บ้านน\u0e49\u0e4d\u0e32  ใส\u200b "))
    assert rows[0].values["name_th"] == "บ้านน\u0e49\u0e33 ใส"


def test_thai_digits_are_digits():
    rows, problems = read(line(subdistrict_code="๓๒๐๑๐๑", opened_on="๒๐๑๐-๐๕-๐๑", latitude="๑๔.๕", longitude="๑๐๓"))
    assert problems == []
    assert rows[0].values["opened_on"] == date(2010, 5, 1)


def test_columns_may_stand_in_any_order_and_blank_lines_anywhere():
    header = ",".join(reversed(REQUIRED_COLUMNS))
    rows, problems = read("", ",".join(reversed(line().split(","))), ",,,", header=header)
    assert problems == []
    assert [(row.line, row.values["code"]) for row in rows] == [(3, "TH-32-0002")]


def test_lines_are_counted_through_cells_with_line_breaks():
    _, problems = read(line(name_th='"บ้าน\nหนองบัว"', code="TH-32-0001"), line(host_kind="?"))
    assert [problem.line for problem in problems] == [4]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_a_byte_order_mark_and_any_line_ends_are_read(mark, newline):
    data = mark + csv_of(line()).replace(b"\n", newline)
    rows, problems = read_centres(data, {"320101"})
    assert (len(rows), problems) == (1, [])


@pytest.mark.parametrize(
    "data, told",
    [
        (b"", "The file is empty"),
        (b"\n\n", "The file is empty"),
        (b"\xef\xbb\xbf", "The file is empty"),
        (csv_of(line(), header=HEADER.replace("host_kind,", "")), "missing: host_kind"),
        (csv_of(line(), header=HEADER + ",phone"), "not known: phone"),
        (csv_of(line(), header=HEADER + ",code"), "there twice: code"),
        (csv_of(line(), header=HEADER.replace(",", ";")), "with commas between"),
        ((HEADER + "\n" + line()).encode("cp874"), "Line 2 is in TIS-620 (windows-874)"),
        (HEADER.encode() + b"\n\xff\xff", "Line 2 is not UTF-8"),
        ((HEADER + "\n" + line()).encode("utf-16"), "not a CSV file"),
        (b"PK\x03\x04 a spreadsheet", "not a CSV file"),
        (csv_of(line(name_en="x" * 200_000)), "Line 2"),
        (csv_of(line()) + b" " * LARGEST, "larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data, told):
    with pytest.raises(Unreadable, match=re.escape(told)):
        read_centres(data, {"320101"})


def test_one_cell_in_another_code_is_told_and_the_other_lines_are_read():
    others = [line(code=f"TH-32-{n}") for n in range(5)]
    data = csv_of(*others[:3]) + b"\n" + line(code="TH-40-1").encode("cp874") + b"\n" + "\n".join(others[3:]).encode()
    rows, problems = read_centres(data, {"320101"})
    assert len(rows) == 5
    assert [(problem.line, problem.column, problem.expected) for problem in problems] == [
        (5, "name_th", "text in UTF-8")
    ]


@pytest.mark.parametrize("place", [0, 1, 3])
def test_a_quotation_mark_never_closed_spoils_its_own_line_only(place):
    lines = [line(code=f"TH-32-{n}") for n in range(4)]
    lines[place] = lines[place].replace("Ban", '"Ban')
    rows, problems = read(*lines)
    assert len(rows) == 3
    assert [problem.line for problem in problems] == [place + 2]
    assert "13 cells" in str(problems[0])


@given(st.binary(max_size=300))
def test_any_bytes_get_an_answer(data):
    for file in (data, HEADER.encode() + b"\n" + data):
        try:
            rows, _ = read_centres(file, {"320101"})
        except Unreadable:
            rows = []
        assert rows == []


cells = st.lists(
    st.text(max_size=20) | st.sampled_from([*GOOD.values(), "2026-05-01", "14.5"]), min_size=13, max_size=13
)


@given(cells)
def test_any_cells_get_an_answer(texts):
    quoted = ",".join('"' + text.replace('"', '""') + '"' for text in texts)
    data = f"{HEADER}\n{quoted}\n".encode("utf-8", "surrogatepass")
    try:
        rows, problems = read_centres(data, {"320101"})
    except Unreadable:
        return
    assert not (rows and problems)


def test_importing_adds_then_updates_then_changes_nothing(surin):
    first = import_centres(csv_of(line(), line(code="TH-32-0003")))
    assert (first.new, first.changed, first.unchanged) == (2, 0, 0)
    second = import_centres(csv_of(line(host_kind="library"), line(code="TH-32-0003")))
    assert (second.new, second.changed, second.unchanged) == (0, 1, 1)
    assert Centre.objects.get(code="TH-32-0002").host_kind == "library"
    third = import_centres(csv_of(line(host_kind="library"), line(code="TH-32-0003")))
    assert (third.new, third.changed, third.unchanged) == (0, 0, 2)


def test_importing_keeps_what_hangs_on_a_centre(ban_nong_bua, nok):
    import_centres(csv_of(line(code=ban_nong_bua.code, name_en="New name")))
    ban_nong_bua.refresh_from_db()
    assert ban_nong_bua.name_en == "New name"
    assert list(Centre.objects.cared_for_by(nok)) == [ban_nong_bua]


def test_a_programme_is_joined_once_and_left_later(surin):
    joined = {"programme_code": "LEASE-2566", "programme_started_on": "2023-02-01"}
    outcome = import_centres(csv_of(line(**joined)))
    assert outcome.new_programmes == ["LEASE-2566"]
    assert import_centres(csv_of(line(**joined))).unchanged == 1
    left = import_centres(csv_of(line(**joined, programme_ended_on="2025-01-31")))
    assert (left.changed, left.new_programmes) == (1, [])
    assert ProgrammeMembership.objects.get().ended_on == date(2025, 1, 31)
    again = import_centres(csv_of(line(programme_code="LEASE-2566", programme_started_on="2026-01-01")))
    assert again.changed == 1
    assert ProgrammeMembership.objects.count() == 2
    assert Programme.objects.count() == 1


def test_a_programme_that_never_ended_cannot_start_again(surin):
    import_centres(csv_of(line(programme_code="A", programme_started_on="2023-02-01")))
    outcome = import_centres(csv_of(line(host_kind="other", programme_code="A", programme_started_on="2024-01-01")))
    assert "Expected: 2023-02-01" in str(outcome.problems[0])
    assert Centre.objects.get().host_kind == "temple"


def test_hundreds_of_lines_cost_as_many_queries_as_one(surin, django_assert_max_num_queries):
    lines = [line(code=f"TH-32-{n:04}", programme_code="A", programme_started_on="2023-02-01") for n in range(400)]
    with django_assert_max_num_queries(30):
        assert import_centres(csv_of(*lines)).new == 400


def test_the_example_in_the_docs_imports(subdistrict_of, surin, tmp_path, capsys):
    subdistrict_of("92", "ตรัง", "Trang", "S")
    nan = subdistrict_of("55", "น่าน", "Nan", "N")
    nan.district.subdistricts.create(code="550505", name_th="ศิลาเพชร", name_en="Sila Phet")
    example = re.search(r"```csv\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[1]
    file = tmp_path / "centres.csv"
    file.write_text(example, encoding="utf-8")
    call_command("import_centres", str(file))
    assert "New: 3." in capsys.readouterr().out
    assert Centre.objects.get(code="TH-92-0001").status == "paused"


def test_every_column_is_described_in_the_docs():
    assert re.findall(r"^\| `(\w+)` \|", DOCS.read_text(encoding="utf-8"), re.MULTILINE) == COLUMNS


def test_the_command_imports_the_good_lines_and_fails_on_the_others(surin, tmp_path, capsys):
    file = tmp_path / "centres.csv"
    file.write_bytes(csv_of(line(), line(code="TH-32-0003", host_kind="?")))
    with pytest.raises(CommandError, match="mend: 1"):
        call_command("import_centres", str(file))
    out = capsys.readouterr()
    assert "Line 3, host_kind: “?”. Expected: one of" in out.err
    assert "New: 1." in out.out
    assert Centre.objects.count() == 1


def test_the_command_says_which_file_it_cannot_read(surin, tmp_path):
    for path in [tmp_path / "none.csv", tmp_path, tmp_path / "nul\0.csv"]:
        with pytest.raises(CommandError, match=re.escape(str(path))):
            call_command("import_centres", str(path))


def test_the_command_asks_for_places_first(db, tmp_path):
    with pytest.raises(CommandError, match="load_places"):
        call_command("import_centres", str(tmp_path / "centres.csv"))
