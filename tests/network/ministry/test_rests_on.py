"""How many centres each figure rests on, and what it means."""

from html import unescape

import pytest

from courses.definitions import DEFINITIONS, VERSION, VERSIONS
from courses.models import ANY_COURSE, CourseCount, PeopleCount
from courses.statistics import completions
from lms.centres.models import Centre
from tests.network.test_ministry import cells, sheet_of, text_of


@pytest.fixture
def third(ban_nong_bua):
    """One more centre in Surin."""
    return Centre.objects.create(
        code="TH-32-0002", name_th="ศูนย์", name_en="Third", subdistrict=ban_nong_bua.subdistrict
    )


@pytest.fixture
def count(course):
    """count(ban_pua, 202611, starters=3): what was counted there, of people and of the course."""

    def make(centre, month=202611, **numbers):
        PeopleCount.objects.create(course=ANY_COURSE, month=month, centre=centre, **numbers)
        CourseCount.objects.create(course=course.key, month=month, centre=centre, **numbers)

    return make


def rests_on(user, by, **filters):
    report = completions(user, by, **filters)
    return {row.code: row.centres_counted for row in report.rows}, report.total.centres_counted


def test_each_row_of_places_says_how_many_centres_it_rests_on(wipha, count, ban_nong_bua, ban_pua, third):
    for month in (202610, 202611):
        count(ban_nong_bua, month, starters=2)
    count(third, starters=1)
    assert rests_on(wipha, "province") == ({"55": 0, "32": 2}, 2)
    assert rests_on(wipha, "province", end="2026-10") == ({"55": 0, "32": 1}, 1)
    assert rests_on(wipha, "centre") == ({"TH-32-0001": 1, "TH-32-0002": 1, "TH-55-0001": 0}, 2)


def test_counts_that_were_taken_back_are_nothing(wipha, count, ban_nong_bua, ban_pua):
    count(ban_nong_bua, starters=0)
    count(ban_pua, starters=1)
    assert rests_on(wipha, "province") == ({"55": 1, "32": 0}, 1)


def test_a_centre_that_moved_counts_where_it_was_and_once_in_all(wipha, count, ban_nong_bua, ban_pua, on):
    count(ban_nong_bua, 202609, starters=2)
    on(2026, 10, 15)
    ban_nong_bua.subdistrict = ban_pua.subdistrict
    ban_nong_bua.save()
    count(ban_nong_bua, 202611, starters=2)
    assert rests_on(wipha, "province") == ({"55": 1, "32": 1}, 1)


@pytest.mark.parametrize("by", ["month", "course", "fiscal_year"])
def test_rows_that_are_not_of_places_leave_it_to_the_whole(wipha, count, ban_pua, by):
    count(ban_pua, starters=1)
    rows, total = rests_on(wipha, by)
    assert (set(rows.values()), total) == ({None}, 1)


def test_the_table_its_sheet_and_the_api_say_it(officer, count, ban_nong_bua, ban_pua):
    count(ban_pua, starters=1)
    page = officer.get("/en/ministry/?by=province&figures=courses&sort=-centres_counted")
    place = [header.name for header in page.context["table"].headers].index("centres_counted")
    assert [(row[0], row[place]) for row in cells(page)] == [("Nan", "1"), ("Surin", "0")]
    rows = sheet_of(officer.get("/ministry/?by=province&format=csv"))
    assert {row["code"]: row["centres_counted"] for row in rows} == {"55": "1", "32": "0"}
    rows = officer.get("/api/v1/statistics/completions/?by=province").json()["rows"]
    assert {row["code"]: row["centres_counted"] for row in rows} == {"55": 1, "32": 0}


def test_the_page_of_definitions_has_all_of_them_and_what_changed(client, db):
    page = unescape(text_of(client.get("/en/definitions/")))
    for definition in DEFINITIONS.values():
        assert str(definition.full) in page
    for version in VERSIONS:
        assert f"{version.number} " in page and str(version.change) in page


def test_the_newest_version_is_the_one_that_sheets_name():
    assert VERSIONS[0].number == VERSION
    assert sorted(VERSIONS, key=lambda version: (version.day, version.number), reverse=True) == list(VERSIONS)
