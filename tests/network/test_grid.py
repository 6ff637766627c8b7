"""A course at a centre, learner by learner and lesson by lesson: read by shape and by word."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from courses.models import Enrolment, LessonProgress
from lms.accounts.models import User
from lms.centres.models import HomeCentre
from lms.network.desk.grid import SHOWS

GRID = "/desk/grid/"


@pytest.fixture
def learned(somsri, thongbai, ban_nong_bua, learner_at, write_course, did):
    """ป้าสมศรี is in the second of three lessons, ป้าทองใบ stuck in the first; ลุงดำ is through, ป้าแก้ว not begun."""
    course = write_course(lessons=3)
    first, second, third = course.lessons()
    dam = learner_at(ban_nong_bua, "ลุงดำ")
    learner_at(ban_nong_bua, "ป้าแก้ว")
    did(somsri, first, "finished")
    did(somsri, second, "started")
    for _ in range(3):
        did(thongbai, first, "single_choice", 0)
    for lesson in (first, second, third):
        did(dam, lesson, "finished")
    return course


def table(browser, **asked):
    """{name: the words of each lesson, and how many are finished}, in the order of the page."""
    answer = browser.get(f"/en{GRID}", asked)
    assert answer.status_code == 200
    rows = BeautifulSoup(answer.content, "html.parser").select("table.marks tbody tr")
    return {
        row.th.a.get_text(" ", strip=True).split(" ", 1)[1]: [" ".join(cell.get_text().split()) for cell in row("td")]
        for row in rows
    }


def test_every_state_is_a_word_and_a_shape(desk, learned):
    assert table(desk) == {
        "ป้าแก้ว": ["Not begun", "Not begun", "Not begun", "0 of 3"],
        "ป้าทองใบ": ["Stuck", "Not begun", "Not begun", "0 of 3"],
        "ป้าสมศรี": ["Learned", "Learning now", "Not begun", "1 of 3"],
        "ลุงดำ": ["Learned", "Learned", "Learned", "3 of 3"],
    }
    html = BeautifulSoup(desk.get(GRID).content, "html.parser")
    assert {" ".join(mark["class"]) for mark in html.select("td .mark")} == {
        "mark done",
        "mark now",
        "mark help",
        "mark none",
    }
    assert "เรียนแล้ว" in html.select_one("td .mark.done").text


@pytest.mark.parametrize(
    ("show", "names"),
    [
        ("learning", ["ป้าทองใบ", "ป้าสมศรี"]),
        ("stuck", ["ป้าทองใบ"]),
        ("finished", ["ลุงดำ"]),
        ("none", ["ป้าแก้ว"]),
        ("", ["ป้าแก้ว", "ป้าทองใบ", "ป้าสมศรี", "ลุงดำ"]),
        ("nonsense", ["ป้าแก้ว", "ป้าทองใบ", "ป้าสมศรี", "ลุงดำ"]),
    ],
)
def test_it_can_show_only_some(desk, learned, show, names):
    assert list(table(desk, show=show)) == names


def test_names_are_in_thai_order_and_the_furthest_can_come_first(desk, learned):
    assert list(table(desk)) == ["ป้าแก้ว", "ป้าทองใบ", "ป้าสมศรี", "ลุงดำ"]
    assert list(table(desk, sort="progress")) == ["ลุงดำ", "ป้าสมศรี", "ป้าทองใบ", "ป้าแก้ว"]


def test_a_part_of_a_name_finds_it(desk, learned):
    assert list(table(desk, q="ทอง")) == ["ป้าทองใบ"]
    assert table(desk, q="ฮ") == {}


def test_another_course_can_be_chosen_and_none_of_others(desk, learned, write_course, ban_pua):
    other, theirs = write_course("อีกวิชา", lessons=1), write_course("ของเขา", centre=ban_pua)
    assert set(map(tuple, table(desk, course=str(other.key)).values())) == {("Not begun", "0 of 1")}
    for key in (theirs.key, "x", "\0", "9" * 5000):
        assert desk.get(GRID, {"course": str(key)}).status_code == 404


def test_without_a_course_it_says_so(desk, shelf):
    assert "No course is here yet" in desk.get(f"/en{GRID}").text


@pytest.mark.parametrize("words", ["", "ป้า", " ป้า ทอง ", "ดำ"])
@pytest.mark.parametrize("show", ["", *SHOWS])
@pytest.mark.parametrize("sort", ["name", "progress"])
def test_the_sheets_it_offers_hold_the_same_people(desk, learned, monkeypatch, show, words, sort):
    monkeypatch.setattr("lms.network.desk.grid.ON_A_PAGE", 2)
    asked = {"show": show, "q": words, "sort": sort}
    pages = [list(table(desk, **asked, page=page)) for page in (1, 2)]
    people = pages[0] if pages[0] == pages[1] else [*pages[0], *pages[1]]  # past the last one is the last one
    html = BeautifulSoup(desk.get(GRID, asked).content, "html.parser")
    links = {a["href"].rpartition("=")[2]: a["href"] for a in html("a") if "format=" in a["href"]}
    if not people:
        assert links == {}
        return
    text = b"".join(desk.get(links["csv"]).streaming_content).decode("utf-8-sig")
    names = [row["name"] for row in csv.DictReader(io.StringIO(text))]
    assert (names if sort == "name" else sorted(names)) == (people if sort == "name" else sorted(people))
    book = load_workbook(io.BytesIO(b"".join(desk.get(links["xlsx"]))))
    assert [row[1] for row in book.active.iter_rows(min_row=2, values_only=True)] == names


def test_other_centres_are_not_there(desk, client, learned, fah, kham):
    assert fah.name not in table(desk)
    client.force_login(kham)
    assert list(table(client)) == [fah.name]
    assert client.get(GRID, {"centre": "TH-32-0001"}).status_code == 404


@pytest.mark.parametrize("query", ["q=%00", "page=-1", "page=" + "9" * 4999, "sort=%00", "show=%00"])
def test_an_odd_question_is_answered(desk, learned, query):
    assert desk.get(f"{GRID}?{query}").status_code == 200


def test_3000_learners_cost_the_same_queries_and_a_small_page(desk, ban_nong_bua, write_course):
    course = write_course(lessons=6)
    found = []
    for count in (50, 2950):
        crowd(ban_nong_bua, course, count)
        desk.get(GRID)
        for sort in ("name", "progress"):
            with CaptureQueriesContext(connection) as asked:
                answer = desk.get(GRID, {"sort": sort})
            found.append(len(asked))
            assert len(answer.context["rows"]) == 50
            assert len(answer.content) < 50_000
    assert len(set(found)) == 1
    assert found[0] <= 9


def crowd(centre, course, count):
    now, lessons = timezone.now(), list(course.lessons())
    people = User.objects.bulk_create(User(name=f"ป้าทองใบ คนที่ {n}", password="!") for n in range(count))
    HomeCentre.objects.bulk_create(HomeCentre(learner=person, centre=centre) for person in people)
    kept = {"course": course.key, "centre": centre, "started_at": now - timedelta(days=1), "last_at": now}
    Enrolment.objects.bulk_create(
        Enrolment(learner=person, last_lesson=lessons[-1].key, lessons_finished=n % 6, **kept)
        for n, person in enumerate(people)
    )
    LessonProgress.objects.bulk_create(
        LessonProgress(learner=person, lesson=lesson.key, finished_at=now if place < n % 6 else None, **kept)
        for n, person in enumerate(people)
        for place, lesson in enumerate(lessons)
    )
