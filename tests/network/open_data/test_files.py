"""Anybody fetches what is given to everybody, as often as they like, and finds nobody in it."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import ANY_COURSE, CourseCount, PeopleCount
from lms.centres.models import Centre, Subdistrict
from lms.network.open_data import monthly, views
from lms.network.open_data.files import FILES
from tests.network.open_data.attacker import given_away, tree

LAST_MONTH = monthly.last_month


@pytest.fixture(autouse=True)
def _is_november(monkeypatch):
    monkeypatch.setattr(monthly, "last_month", lambda: 202609)


@pytest.fixture
def count(course):
    """What was counted at a centre in a month: count(ban_pua, 202609, active=7, lessons_finished=20)."""

    def make(centre, month=202609, lessons_finished=0, **numbers):
        PeopleCount.objects.create(course=ANY_COURSE, month=month, centre=centre, **numbers)
        CourseCount.objects.create(course=course.key, month=month, centre=centre, lessons_finished=lessons_finished)

    return make


@pytest.fixture
def beside(ban_nong_bua):
    """Another centre in the same subdistrict: beside(2)."""

    def make(number):
        return Centre.objects.create(
            code=f"TH-32-{number:04}",
            name_th=f"ศูนย์ {number}",
            subdistrict=ban_nong_bua.subdistrict,
            host_kind="school",
        )

    return make


def text(answer):
    return b"".join(answer.streaming_content).decode()


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(text(answer).removeprefix("\ufeff"))))


def figures(rows, measure):
    return {(row["level"], row["code"]): row[measure] for row in rows}


@pytest.mark.parametrize("name", FILES)
def test_both_kinds_say_the_same(client, count, ban_nong_bua, ban_pua, name):
    count(ban_nong_bua, active=12, joined=3, lessons_finished=30)
    as_csv = client.get(f"/data/{name}.csv")
    told = rows_of(as_csv)
    as_json = client.get(f"/data/{name}.json")
    said = json.loads(text(as_json))
    assert as_csv["Content-Type"].startswith("text/csv") and as_json["Content-Type"].startswith("application/json")
    assert said["licence"] == "Creative Commons Attribution 4.0 International"
    in_json = [{key: "" if value is None else str(value) for key, value in row.items()} for row in said["rows"]]
    assert in_json == told != []
    assert set(told[0]) == {column.name for column in FILES[name].columns}


def test_small_figures_are_empty_and_cannot_be_counted_out(client, count, beside, ban_nong_bua, ban_pua):
    for number, active in ((2, 3), (3, 8), (4, 0), (5, 20)):
        count(beside(number), active=active, lessons_finished=active * 2)
    count(ban_nong_bua, active=11)
    count(ban_pua, active=40, starters=40, joined=50)
    found = rows_of(client.get("/data/monthly.csv"))
    active = figures(found, "active")
    assert [row["level"] for row in found[:4]] == ["nation", "region", "province", "centre"]
    assert active["nation", "TH"] == "82" and active["province", "32"] == "42"
    hidden = {code for (_level, code), figure in active.items() if figure == ""}
    # 3 learned at the second centre; 8 is the next; the first finished no lesson, which would be counted out too.
    assert {"TH-32-0002", "TH-32-0003", "TH-32-0004"} <= hidden
    assert active["centre", "TH-32-0005"] == "20"
    assert given_away(*tree(found, "active")) == {}


def test_centres_tell_learners_and_lessons_and_provinces_the_rest(client, count, ban_nong_bua):
    count(ban_nong_bua, active=12, starters=9, finishers=6, certified=5, joined=7, lessons_finished=30)
    by_level = {row["level"]: row for row in rows_of(client.get("/data/monthly.csv"))}
    measures = ("joined", "starters", "active", "finishers", "certified", "lessons_finished")
    assert [by_level["province"][name] for name in measures] == ["7", "9", "12", "6", "5", "30"]
    assert [by_level["centre"][name] for name in measures] == ["", "", "12", "", "", "30"]


def test_a_month_is_given_when_the_next_is_over(client, count, ban_nong_bua):
    for month in (202607, 202609, 202610, 202611):
        count(ban_nong_bua, month, active=9)
    months = lambda query="": {row["month"] for row in rows_of(client.get(f"/data/monthly.csv{query}"))}  # noqa: E731
    assert months() == {"2026-07", "2026-09"}
    assert months("?from=2026-08&to=2026-12") == {"2026-09"}
    assert months("?to=FY2568") == set()


@pytest.mark.parametrize(("today", "last"), [("2026-11-28", 202609), ("2027-01-01", 202611), ("2027-02-28", 202612)])
def test_the_last_month_follows_the_thai_calendar(monkeypatch, today, last):
    monkeypatch.setattr(monthly.timezone, "localdate", lambda: date.fromisoformat(today))
    assert LAST_MONTH() == last


@pytest.mark.parametrize("query", ["from=yesterday", "to=2569-01", "from=2026-02&to=2026-01"])
def test_a_month_that_makes_no_sense_is_refused_with_what_is_allowed(db, client, query):
    answer = client.get(f"/data/monthly.json?{query}")
    assert answer.status_code == 400
    assert answer.content.decode()


def test_a_centre_that_moved_stays_where_it_was_in_that_month(client, count, ban_nong_bua, ban_pua):
    count(ban_nong_bua, 202609, active=9)
    Centre.objects.filter(pk=ban_nong_bua.pk).update(code="TH-55-0009", subdistrict=ban_pua.subdistrict)
    active = figures(rows_of(client.get("/data/monthly.csv")), "active")
    assert active["province", "32"] == active["centre", "TH-32-0001"] == "9"
    listed = {row["code"]: row for row in rows_of(client.get("/data/centres.csv"))}
    assert listed["TH-55-0009"]["former_codes"] == "TH-32-0001"
    assert listed["TH-55-0009"]["province_en"] == "Nan"


def test_planned_centres_and_reasons_are_not_in_the_list(client, ban_nong_bua, ban_pua):
    Centre.objects.filter(pk=ban_pua.pk).update(status="planned")
    Centre.objects.filter(pk=ban_nong_bua.pk).update(status="paused", status_reason="คนดูแลป่วย")
    said = text(client.get("/data/centres.json"))
    assert "TH-32-0001" in said and "paused" in said
    assert "TH-55-0001" not in said and "คนดูแลป่วย" not in said


def test_a_name_cannot_run_in_a_spreadsheet(client, ban_nong_bua):
    Centre.objects.filter(pk=ban_nong_bua.pk).update(name_th='=HYPERLINK("x")')
    assert rows_of(client.get("/data/centres.csv"))[0]["name_th"] == '\'=HYPERLINK("x")'


def test_who_has_it_already_is_told_so(client, count, ban_nong_bua):
    count(ban_nong_bua, active=12)
    first = client.get("/data/monthly.json")
    text(first)
    assert (first["Access-Control-Allow-Origin"], first["Cache-Control"]) == ("*", views.KEPT)
    again = client.get("/data/monthly.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["Access-Control-Allow-Origin"]) == (304, b"", "*")
    assert client.get("/data/monthly.csv", headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert "Access-Control-Allow-Origin" not in client.get("/data/")


def test_the_tag_says_nothing_about_what_is_hidden(client, count, ban_nong_bua):
    """Or a guess could be tried on it."""
    tags = set()
    for few in (2, 3):
        PeopleCount.objects.all().delete()
        CourseCount.objects.all().delete()
        count(ban_nong_bua, active=few)
        cache.clear()
        answer = client.get("/data/monthly.csv")
        tags.add(answer["ETag"])
        text(answer)
    assert len(tags) == 1


def test_long_files_wait_for_their_turn(client, count, ban_nong_bua):
    count(ban_nong_bua, active=12)
    slow = client.get("/data/monthly.csv")
    busy = client.get("/data/monthly.csv")
    assert (busy.status_code, busy["Retry-After"]) == (429, "15")
    assert client.get("/data/centres.csv").status_code == 200
    text(slow)
    assert rows_of(client.get("/data/monthly.csv"))


def test_it_asks_the_database_as_often_for_many_centres_and_months(client, count, beside, ban_nong_bua):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            for name in FILES:
                text(client.get(f"/data/{name}.csv"))
        return len(queries)

    count(ban_nong_bua, active=12)
    asked()
    few = asked()
    for number in range(2, 60):
        centre = beside(number)
        for month in (202607, 202608):
            count(centre, month, active=number)
    Centre.objects.filter(code__endswith="1").update(subdistrict=Subdistrict.objects.first(), name_th="ย้าย")
    assert asked() == few


@pytest.mark.parametrize("address", ["/data/", "/en/data/"])
def test_the_page_explains_itself_to_visitors(client, db, address):
    page = client.get(address).content.decode()
    for name in FILES:
        assert f"/data/{name}.csv" in page and f"/data/{name}.json" in page
    assert "creativecommons.org/licenses/by/4.0" in page
    assert ("What is hidden, and why" in page) == (address == "/en/data/")
