"""One lesson of a course, where lessons are counted."""

import re
from html import unescape

import pytest
from django.test import Client

from courses.models import LessonCount, QuestionCount
from tests.network.test_ministry import cells, sheet_of, text_of


@pytest.fixture
def lessons(course, ban_nong_bua, ban_pua):
    """Of the first lesson's 20 in Nan 12 finished, and of the 10 in Surin all; of the second 12 and 11, in Nan."""
    first, second = course.lessons()
    rows = [(first, "55", 202611, 20, 12), (first, "32", 202610, 10, 10), (second, "55", 202611, 12, 11)]
    for lesson, province, month, reached, finished in rows:
        LessonCount.objects.create(
            month=month, province_id=province, course=course.key, lesson=lesson.key, reached=reached, finished=finished
        )
    for place, missed in ((1, 3), (2, 9)):
        QuestionCount.objects.create(
            course=course.key, month=202611, province_id="55", lesson=first.key, activity=first.body[place].id,
            answers=10, missed=missed,
        )  # fmt: skip
    return first, second


@pytest.fixture
def address(course, lessons):
    return lambda place="", lesson=lessons[0].key: f"/en/ministry/{place}?course={course.key}&lesson={lesson}"


def test_the_lessons_of_the_drop_off_lead_to_their_page(officer, course, lessons, address):
    html = officer.get(f"/en/ministry/?course={course.key}").content.decode()
    ways = {unescape(way) for way in re.findall(r'href="([^"]*lesson=[^"]*)"', html)}
    assert ways == {address(), address(lesson=lessons[1].key)}
    back = officer.get(address())
    assert f'href="/en/ministry/?course={course.key}"' in back.content.decode()


def test_what_exists_by_lesson_is_told_at_each_level_and_nothing_else(officer, address):
    nation = officer.get(address())
    total = nation.context["report"].total
    assert (total.reached, total.finished, total.percent) == (30, 22, 73)
    assert [row[1:4] for row in cells(nation)] == [["20", "12", "60%"], ["10", "10", "100%"]]
    assert [(tile.code, tile.percent) for tile in nation.context["tiles"] if tile.percent is not None] == [
        ("32", 100), ("55", 60),
    ]  # fmt: skip
    assert nation.context["missed"]["percent"] == 90
    for left_out in ("funnel", "alike", "ages", "chart"):
        assert left_out not in nation.context
    assert officer.get(address("region/NE/")).context["report"].total.reached == 10
    by_month = officer.get(address("province/55/"))
    assert [row[:3] for row in cells(by_month)] == [["Nov\u00a02026", "20", "12"]]
    assert "20 12" in text_of(by_month)


def test_screen_and_sheet_tell_the_same(officer, address):
    sheet = sheet_of(officer.get(address() + "&by=month&format=csv&sort=-reached"))
    assert [(row["code"], row["reached"], row["finished"], row["lesson_rate"]) for row in sheet] == [
        ("2026-11", "20", "12", "0.6"), ("2026-10", "10", "10", "1.0"),
    ]  # fmt: skip


def test_the_sheet_of_every_figure_tells_a_lesson_as_the_api_does(officer, course, lessons):
    for question in (f"lesson={lessons[0].key}&by=province", f"course={course.key}&lesson={lessons[0].key}&by=month"):
        sheet = sheet_of(officer.get(f"/ministry/completions.csv?{question}"))
        api = officer.get(f"/api/v1/statistics/completions/?{question}").json()["rows"]
        assert [(row["code"], row["reached"], row["finished"]) for row in sheet] == [
            (row["code"], str(row["reached"]), str(row["finished"])) for row in api
        ]
        assert sum(int(row["reached"]) for row in sheet) == 30


def test_the_sheet_of_every_figure_refuses_a_lesson_where_none_is_counted(officer, course, lessons, ek):
    core = Client()
    core.force_login(ek)
    of_lesson = f"course={course.key}&lesson={lessons[0].key}&by=province"
    asked = [(core, of_lesson), (officer, f"{of_lesson}&centre=TH-55-0001"), (officer, f"{of_lesson}&host_kind=temple")]
    asked += [(officer, f"course={course.key}&lesson=x"), (officer, "lesson=x"), (officer, f"lesson={course.key}")]
    for browser, question in asked:
        answer = browser.get(f"/ministry/completions.csv?{question}")
        assert (answer.status_code, answer.content[:7]) == (400, b"lesson:")


def test_a_lesson_that_is_none_of_the_course_says_which_there_are(officer, lessons, address, course):
    for key in ("x", course.key):
        answer = officer.get(address(lesson=key))
        assert answer.status_code == 400
        assert f"{lessons[0].key}, {lessons[1].key}" in text_of(answer)
    assert officer.get(f"/ministry/?lesson={lessons[0].key}").status_code == 400
    assert "-reached" in text_of(officer.get(address() + "&sort=people_active"))
    assert "region, province, month, fiscal_year" in text_of(officer.get(address() + "&by=host_kind"))


def test_where_lessons_are_not_counted_it_says_so_and_nothing_leads_there(officer, address, ek):
    for place in ("district/5501/", "centre/TH-55-0001/"):
        assert officer.get(address(place)).status_code == 400
    assert officer.get(address() + "&host_kind=temple").status_code == 400
    links = re.findall(r'href="([^"]*/(?:centre|district)/[^"]*)"', officer.get(address()).content.decode())
    assert links and not [way for way in links if "lesson=" in way]
    browser = Client()
    browser.force_login(ek)
    assert browser.get(address("province/32/")).status_code == 400


def test_a_district_leads_up_to_where_people_stop_in_its_province(officer, course, lessons):
    page = officer.get(f"/en/ministry/district/5501/?course={course.key}").content.decode()
    assert f'href="/en/ministry/province/55/?course={course.key}#dropoff"' in page


def test_a_lesson_costs_the_same_queries_for_few_months_and_for_many(
    officer, address, lessons, course, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25) as few:
        officer.get(address())
    LessonCount.objects.bulk_create(
        LessonCount(month=202500 + month, province_id="55", course=course.key, lesson=lessons[0].key, reached=1)
        for month in range(1, 13)
    )
    with django_assert_num_queries(len(few)):
        officer.get(address())
