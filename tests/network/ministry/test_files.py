"""What is on the screen as files: every part of it, in each kind."""

import io

import openpyxl
import pypdfium2
import pytest

from courses.definitions import VERSION
from courses.models import ANY_COURSE, AgeCount, CourseCount, LessonCount, PeopleCount
from lms.network.ministry import paper
from tests.network.test_ministry import sheet_of, text_of


@pytest.fixture
def address(course, ban_nong_bua, ban_pua, on):
    """A nation in which something is counted in every part of the screen. Of a course no ages are told."""
    on(2026, 11, 28)
    for centre, province in ((ban_nong_bua, "32"), (ban_pua, "55")):
        of_people = {"starters": 8, "active": 8, "finishers": 6}
        for key in (ANY_COURSE, course.key):
            PeopleCount.objects.create(course=key, month=202609, centre=centre, **of_people)
            for age in ("20-39", "60+"):
                AgeCount.objects.create(course=key, month=202609, province_id=province, age_band=age, active=9)
        CourseCount.objects.create(course=course.key, month=202609, centre=centre, starters=8, finishers=6)
        LessonCount.objects.create(
            course=course.key, month=202609, province_id=province, lesson=course.lessons()[0].key, reached=8, finished=7
        )
    AgeCount.objects.create(course=ANY_COURSE, month=202609, province_id="32", age_band="0-10", active=5, starters=2)
    return lambda place="", course=course.key, **more: (
        f"/en/ministry/{place}?course={course}&to=FY2569" + "".join(f"&{name}={value}" for name, value in more.items())
    )


OF_COURSE = ["funnel", "months", "map", "reach", "lessons", "silent"]
OF_ALL = ["funnel", "months", "map", "reach", "ages", "silent"]


def test_the_workbook_has_every_part_of_the_screen(officer, address):
    book = openpyxl.load_workbook(io.BytesIO(b"".join(officer.get(address(format="xlsx")).streaming_content)))
    assert book.sheetnames == ["definitions", "table", *OF_COURSE]
    told = {name: [list(row) for row in book[name].values][1:] for name in OF_COURSE}
    assert ["32", "Surin", 75] in told["map"]
    assert told["lessons"][0][1:] == [16, 14, 88]


def test_each_part_comes_as_csv_and_hides_what_the_screen_hides(officer, address):
    for more, parts in [({}, OF_COURSE), ({"course": ""}, OF_ALL)]:
        page = officer.get(address(**more))
        assert [url.partition("part=")[2].partition("&")[0] for _title, url in page.context["parts"]] == parts
        for name in parts:
            rows = sheet_of(officer.get(address(format="csv", part=name, **more)))
            assert rows and {row["definitions_version"] for row in rows} == {VERSION}
    rows = {row["age_band"]: row for row in sheet_of(officer.get(address(format="csv", part="ages", course="")))}
    assert rows["0-10"]["people_starters"] == rows["0-10"]["people_active"] == ""
    assert "hidden" in text_of(page)


def test_ages_of_a_course_are_in_no_file(officer, address):
    answer = officer.get(address(format="csv", part="ages"))
    assert answer.status_code == 400 and "all courses together" in answer.content.decode()
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(officer.get(address(format="xlsx", course="")).streaming_content))
    )
    assert book.sheetnames == ["definitions", "table", *OF_ALL]
    pdf = pypdfium2.PdfDocument(officer.get(address(format="pdf")).content)
    assert "20–39" not in " ".join(page.get_textpage().get_text_bounded() for page in pdf)


@pytest.mark.parametrize("more", [{"part": "ages"}, {"part": "ages", "format": "pdf"}, {"part": "x", "format": "csv"}])
def test_a_part_that_is_none_says_which_there_are(officer, address, more):
    answer = officer.get(address(**more))
    assert answer.status_code == 400
    if more["part"] == "x":
        assert ", ".join(OF_COURSE) in answer.content.decode()


def test_the_pdf_has_every_part_and_says_where_it_is_cut(officer, address, course, monkeypatch):
    monkeypatch.setattr(paper, "MOST_ROWS", 1)
    pages = pypdfium2.PdfDocument(officer.get(address(format="pdf", by="centre")).content)
    text = " ".join(page.get_textpage().get_text_bounded() for page in pages)
    for title in ("Finishing rate of the 77 provinces", "Where people stop", "Silent centres", "People by month"):
        assert title in text
    assert "The first 1 of 2 rows" in text
    assert "learning of 2 centres in this time" in text
    pages = pypdfium2.PdfDocument(officer.get(address(format="pdf", course="")).content)
    assert "all courses together" in " ".join(page.get_textpage().get_text_bounded() for page in pages)
    lesson = course.lessons()[0].key
    pages = pypdfium2.PdfDocument(officer.get(address(format="pdf", lesson=lesson)).content)
    assert "The lesson by month" in " ".join(page.get_textpage().get_text_bounded() for page in pages)
