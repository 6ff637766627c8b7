"""The ministry's figures through the API: the same as on the page and in its CSV."""

import csv
import io

import pytest

ADDRESS = "/api/v1/statistics/completions/"


@pytest.fixture
def finished(somsri, thongbai, fah, course, learn):
    first, second = course.lessons()
    learn(somsri, first, second)
    learn(thongbai, first)
    learn(fah, first, second)


def test_what_was_learned_is_counted(finished, api, wipha):
    told = api(wipha).get(f"{ADDRESS}?by=region").json()
    figures = [(row["code"], row["starters"], row["finishers"], row["rate"]) for row in told["rows"]]
    assert figures == [("N", 1, 1, 1.0), ("NE", 2, 1, 0.5)]
    assert (told["total"]["starters"], told["total"]["rate"]) == (3, 0.6667)
    assert told["silent"] == []
    assert told["definitions"].keys() >= {"starters", "finishers", "rate"}


def test_everybody_gets_the_figures_of_their_own_centres(finished, api, nok, kham, ek, somsri):
    for user, starters in [(nok, 2), (kham, 1), (ek, 2)]:
        assert api(user).get(f"{ADDRESS}?by=centre").json()["total"]["starters"] == starters
    assert api(somsri).get(f"{ADDRESS}?by=centre").status_code == 404


@pytest.mark.parametrize(
    "by", ["region", "province", "district", "centre", "host_kind", "course", "month", "fiscal_year"]
)
def test_the_sheet_and_the_json_are_the_same_figures(finished, api, wipha, by):
    rows = api(wipha).get(f"{ADDRESS}?by={by}").json()["rows"]
    answer = api(wipha).get(f"{ADDRESS}?by={by}&format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    sheet = list(csv.DictReader(io.StringIO(text)))
    assert [{name: row[name] for name in rows[0]} for row in sheet] == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows
    ]


def test_labels_are_in_the_callers_language(finished, api, wipha):
    thai = api(wipha, "th").get(f"{ADDRESS}?by=province").json()["rows"]
    english = api(wipha, "en").get(f"{ADDRESS}?by=province").json()["rows"]
    assert {row["label"] for row in thai} == {"สุรินทร์", "น่าน"}
    assert {row["label"] for row in english} == {"Surin", "Nan"}


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("", "by"),
        ("?by=village", "by"),
        ("?by=month&from=2569-01", "from"),
        ("?by=month&to=FY2027", "to"),
        ("?by=month&from=2026-12&to=2026-01", "to"),
        ("?by=month&region=X", "region"),
        ("?by=month&province=%00", "province"),
        ("?by=month&district=%00", "district"),
        ("?by=month&district=9999", "district"),
        ("?by=month&host_kind=market", "host_kind"),
        ("?by=month&sort=name", "sort"),
        ("?by=month&page=2", "page"),
        ("?by=month&centre=nowhere", "centre"),
        ("?by=month&course=1", "course"),
        ("?by=month&course=00000000-0000-4000-8000-000000000000", "course"),
        ("?by=month&lesson=1", "lesson"),
        ("?by=month&lesson=00000000-0000-4000-8000-000000000000", "lesson"),
        ("?by=month&sort=reached", "sort"),
        ("?by=month&year=2569", "year"),
        ("?by=month&format=pdf", "format"),
    ],
)
def test_a_filter_that_names_nothing_is_a_problem(finished, api, wipha, question, field):
    answer = api(wipha).get(ADDRESS + question)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert list(answer.json()["errors"]) == [field]
