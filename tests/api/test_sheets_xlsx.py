"""Lists as XLSX: the same rows by the same query, every text a text, and no memory or thread held for long."""

import csv
import gc
import io
import tempfile
import threading

import pytest
from openpyxl import load_workbook
from rest_framework.exceptions import Throttled

from lms.accounts import exports
from lms.accounts.sheets import TYPES, XLSX, workbook
from lms.centres.models import AuditEntry
from tests.api.test_lists import LISTS

ALL_LISTS = [*LISTS, "progress/", "statistics/completions/?by=centre"]


@pytest.fixture(autouse=True)
def _nobody_else_takes_lists_out(monkeypatch):
    """A sheet that another test never fetched holds its place until it is swept up."""
    monkeypatch.setattr(exports, "_places", threading.BoundedSemaphore(exports.AT_ONCE))


@pytest.fixture
def address(course, ban_nong_bua, crowd):
    crowd(ban_nong_bua, 7)
    return lambda path: "/api/v1/" + path.format(course=course.key)


def asked(path, format):
    return f"{path}{'&' if '?' in path else '?'}format={format}"


def sheet_of(answer):
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets


def rows_of_csv(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("path", ALL_LISTS)
def test_a_workbook_holds_the_rows_of_the_csv(api, nok, address, path):
    (sheet,) = sheet_of(api(nok).get(asked(address(path), "xlsx")))
    found = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet]
    assert found == rows_of_csv(api(nok).get(asked(address(path), "csv")))
    assert all(cell.font.bold for cell in sheet[1]) and not sheet["A2"].font.bold


def test_it_can_be_asked_for_by_the_header_too(api, nok, address):
    answer = api(nok).get(address("learners/"), headers={"Accept": TYPES[XLSX]})
    assert answer["Content-Type"] == TYPES[XLSX]
    assert answer["Content-Disposition"] == 'attachment; filename="learners.xlsx"'
    body = b"".join(answer.streaming_content)
    assert int(answer["Content-Length"]) == len(body) and body.startswith(b"PK")


def test_it_is_not_packed_twice(api, nok, address):
    answer = api(nok).get(asked(address("learners/"), "xlsx"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer and "Content-Length" in answer
    assert api(nok).get(asked(address("learners/"), "csv"), headers={"Accept-Encoding": "gzip"})["Content-Encoding"]


@pytest.mark.parametrize("text", ["=1+1", "+66812345678", "-5", "@sum", "{=1}", "https://example.org", "=", "'x"])
def test_a_name_that_looks_like_a_formula_or_a_link_is_a_text(text):
    book = load_workbook(workbook(("names", ["name"], [[text]])))
    cell = book["names"]["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_times_are_iso_texts_and_figures_are_numbers(api, nok, somsri, course, learn):
    learn(somsri, course.lessons()[0])
    (sheet,) = sheet_of(api(nok).get(f"/api/v1/progress/?course={course.key}&format=xlsx"))
    row = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert row["lessons_finished"].value == 1 and row["last_at"].value.endswith("Z")
    assert (row["lesson_1"].value, row["lesson_2"].value) == ("finished", None)


@pytest.fixture
def two_courses(somsri, thongbai, learn, write_course):
    first, second = write_course("หนึ่ง", lessons=2), write_course("สอง", lessons=1)
    learn(somsri, first.lessons()[0], second.lessons()[0])
    learn(thongbai, first.lessons()[1], verb="started")
    return first, second


def test_without_a_course_a_row_has_every_lesson_of_every_course(api, nok, two_courses, fah):
    header, *rows = rows_of_csv(api(nok).get("/api/v1/progress/?format=csv"))
    assert header[-3:] == ["course-1_1", "course-1_2", "course-2_1"]
    told = {row[1]: (row[header.index("lessons_finished")], *row[-3:]) for row in rows}
    assert told == {"ป้าสมศรี": ("2", "finished", "", "finished"), "ป้าทองใบ": ("0", "", "started", "")}


def test_without_a_course_json_has_the_lessons_of_all_courses(api, nok, two_courses):
    first, second = two_courses
    rows = {row["name"]: row for row in api(nok).get("/api/v1/progress/").json()["results"]}
    lessons = [(lesson["course"], lesson["state"]) for lesson in rows["ป้าสมศรี"]["lessons"]]
    assert lessons == [(str(first.key), "finished"), (str(second.key), "finished")]
    assert rows["ป้าสมศรี"]["completed_at"] is None and rows["ป้าสมศรี"]["lessons_finished"] == 2


def test_every_course_is_filtered_as_one_is(api, nok, two_courses, ban_nong_bua):
    names = lambda more: {  # noqa: E731
        row["name"] for row in api(nok).get(f"/api/v1/progress/?{more}").json()["results"]
    }
    assert names("state=finished") == {"ป้าสมศรี"}  # the course of one lesson
    assert names("state=started") == {"ป้าสมศรี", "ป้าทองใบ"}
    assert names("since=2200-01-01") == set()
    assert names("centre=TH-32-0001") == {"ป้าสมศรี", "ป้าทองใบ"}
    assert api(nok).get("/api/v1/progress/?centre=nowhere").status_code == 400


def test_a_lesson_of_another_centres_course_has_no_column(api, nok, write_course, ban_pua, two_courses):
    write_course("ของบ้านปัว", centre=ban_pua)
    assert "course-3_1" not in rows_of_csv(api(nok).get("/api/v1/progress/?format=csv"))[0]


def test_a_list_taken_out_by_a_centres_old_code_is_in_that_centres_log(api, ek, ban_nong_bua, ban_pua):
    ek.appointments.get().centres.add(ban_pua)
    ban_nong_bua.code = "TH-32-0777"
    ban_nong_bua.save()
    b"".join(api(ek).get("/api/v1/learners/?centre=TH-32-0001&format=csv").streaming_content)
    assert AuditEntry.objects.get(action="exported").centre == ban_nong_bua


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("path", ["learners/", "progress/", "progress/?course={course}"])
def test_whoever_takes_a_list_of_people_out_is_written_down(api, nok, address, ban_nong_bua, path, format):
    b"".join(api(nok, centre="TH-32-0001").get(asked(address(path), format)).streaming_content)
    (entry,) = AuditEntry.objects.all()
    name = path.partition("/")[0]
    assert (entry.action, entry.detail, entry.centre) == ("exported", f"{name}.{format}", ban_nong_bua)
    assert (entry.actor, entry.token) == (nok.pk, "tests")


def test_a_token_that_lists_people_is_written_down_once_an_hour(api, nok, address, ban_nong_bua):
    program = api(nok)
    for _ in range(3):
        program.get(address("learners/"))
        program.get(address("progress/"))
    entries = AuditEntry.objects.values_list("action", "detail", "centre", "token").order_by("pk")
    assert list(entries) == [("listed", name, ban_nong_bua.pk, "tests") for name in ("learners", "progress")]


def test_a_look_at_somebody_is_written_down_and_not_at_oneself(api, nok, somsri):
    api(somsri).get(f"/api/v1/learners/{somsri.pk}/")
    assert not AuditEntry.objects.exists()
    api(nok).get(f"/api/v1/learners/{somsri.pk}/")
    (entry,) = AuditEntry.objects.all()
    assert (entry.action, entry.subject, entry.actor) == ("looked", somsri.pk, nok.pk)


def test_a_list_of_things_is_not_written_down(api, nok, address):
    for path in ("courses/", "centres/", "courses/?format=xlsx", "statistics/completions/?by=centre&format=csv"):
        answer = api(nok).get(address(path))
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert not AuditEntry.objects.exists()


def test_so_many_sheets_at_a_time_and_the_next_one_is_told_to_wait(api, nok, address):
    program = api(nok)
    slow = [program.get(asked(address("learners/"), format)) for format in ("csv", "xlsx")]
    busy = program.get(asked(address("learners/"), "csv"))
    assert len(slow) == exports.AT_ONCE and busy.status_code == 429
    assert busy["Retry-After"] == str(exports.ASK_AGAIN)
    assert program.get(address("learners/")).status_code == 200
    b"".join(slow[0].streaming_content)
    after = program.get(asked(address("learners/"), "xlsx"))
    assert after.status_code == 200
    for answer in (slow[1], after):
        b"".join(answer.streaming_content)
    for _ in range(exports.AT_ONCE):
        slow.append(program.get(asked(address("learners/"), "csv")))
        assert slow[-1].status_code == 200


def test_a_place_that_is_given_back_twice_is_one_place():
    first, second = exports.Export(lambda: []), exports.Export(lambda: [])
    first.close()
    first.close()
    third = exports.Export(lambda: [])
    with pytest.raises(Throttled):
        exports.Export(lambda: [])
    for export in (second, third):
        export.close()


def test_a_list_that_nobody_fetches_gives_its_place_back(api, nok, address):
    for _ in range(2 * exports.AT_ONCE):
        assert api(nok).get(asked(address("learners/"), "xlsx")).status_code == 200
        gc.collect()


def test_nothing_stays_on_the_disk(api, nok, address, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    answer = api(nok).get(asked(address("progress/"), "xlsx"))
    assert list(tmp_path.iterdir()) == []
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_a_list_that_breaks_half_way_gives_its_place_back():
    def rows():
        yield ["a"]
        raise RuntimeError

    for _ in range(2 * exports.AT_ONCE):
        with pytest.raises(RuntimeError):
            exports.Export(lambda: workbook(("broken", ["name"], rows())))
