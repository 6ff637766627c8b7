"""A lesson's figures through the API: those of its page on the screen, and only where lessons are counted."""

import csv
import io

import pytest
from django.test import Client

from courses.models import LessonCount
from lms.accounts.models import ApiToken, User

ADDRESS = "/api/v1/statistics/completions/"
COUNTED = "Lessons are counted by province"


@pytest.fixture
def lesson(course, ban_nong_bua, ban_pua):
    """20 reached it in Nan and 12 finished, in two months; in Surin 10 and all."""
    first, second = course.lessons()
    rows = [(first, "55", 202611, 15, 10), (first, "55", 202610, 5, 2), (first, "32", 202610, 10, 10)]
    for page, province, month, reached, finished in [*rows, (second, "55", 202611, 7, 7)]:
        LessonCount.objects.create(
            month=month, province_id=province, course=course.key, lesson=page.key, reached=reached, finished=finished
        )
    return first


@pytest.fixture
def ask(api, lesson):
    """ask(user, "by=region"): the answer about the lesson."""
    return lambda user, question: api(user, "en").get(f"{ADDRESS}?lesson={lesson.key}&{question}")


def told(answer):
    return [(row["code"], row["reached"], row["finished"], row["lesson_rate"]) for row in answer.json()["rows"]]


def test_a_lesson_is_told_by_province_region_and_time(ask, wipha):
    assert told(ask(wipha, "by=province&sort=-reached")) == [("55", 20, 12, 0.6), ("32", 10, 10, 1.0)]
    assert told(ask(wipha, "by=region&region=NE")) == [("NE", 10, 10, 1.0)]
    assert told(ask(wipha, "by=month&province=55")) == [("2026-10", 5, 2, 0.4), ("2026-11", 15, 10, 0.6667)]
    assert told(ask(wipha, "by=fiscal_year&from=2026-11")) == [("FY2570", 15, 10, 0.6667)]
    total = ask(wipha, "by=region").json()["total"]
    assert (total["reached"], total["finished"]) == (30, 22) and "starters" not in total


def test_it_is_what_the_screen_tells_with_and_without_the_course(ask, wipha, course, lesson):
    browser = Client()
    browser.force_login(wipha)
    shown = browser.get(f"/en/ministry/?course={course.key}&lesson={lesson.key}&by=province").context["report"]
    for more in ("", f"&course={course.key}"):
        answer = ask(wipha, f"by=province{more}")
        assert told(answer) == [(row.code, row.reached, row.finished, row.lesson_rate) for row in shown.rows]


def test_the_sheet_has_the_columns_of_a_lesson(ask, wipha):
    text = b"".join(ask(wipha, "by=province&format=csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["code"], row["reached"], row["lesson_rate"]) for row in rows] == [
        ("55", "20", "0.6"),
        ("32", "10", "1.0"),
    ]
    assert "starters" not in rows[0]


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("by=district", "by"),
        ("by=centre", "by"),
        ("by=host_kind", "by"),
        ("by=course", "by"),
        ("by=month&district=3201", "lesson"),
        ("by=month&centre=TH-32-0001", "lesson"),
        ("by=month&host_kind=temple", "lesson"),
    ],
)
def test_what_is_not_counted_by_lesson_says_how_lessons_are_counted(ask, wipha, question, field):
    answer = ask(wipha, question)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert list(answer.json()["errors"]) == [field] and COUNTED in answer.json()["detail"]


def test_a_column_of_courses_is_none_of_a_lesson(ask, wipha):
    answer = ask(wipha, "by=region&sort=starters")
    assert answer.status_code == 400 and "lesson_rate" in answer.json()["detail"]


def test_only_officers_are_told_as_a_province_has_centres_of_others(ask, nok, ek, somsri):
    for user in (nok, ek):
        answer = ask(user, "by=province")
        assert answer.status_code == 400 and COUNTED in answer.json()["detail"]
    assert ask(somsri, "by=province").status_code == 404


def test_a_token_for_one_centre_is_told_no_province(lesson, ban_nong_bua):
    chief = User.objects.create_superuser("chief")
    secret = ApiToken.objects.make(chief, "one centre", scopes=["read_counts"], centre="TH-32-0001")[1]
    answer = Client().get(
        f"{ADDRESS}?lesson={lesson.key}&by=province",
        headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"},
    )
    assert answer.status_code == 400 and COUNTED in answer.json()["detail"]


def test_a_lesson_of_another_course_is_refused(ask, wipha, write_course):
    answer = ask(wipha, f"by=region&course={write_course().key}")
    assert answer.status_code == 400 and list(answer.json()["errors"]) == ["lesson"]
