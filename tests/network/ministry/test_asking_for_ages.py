"""Who asks for ages many times, each time differently, and keeps every answer, knows no more than who asks once."""

from itertools import product
from math import inf
from uuid import uuid4

import pytest

from courses.models import CourseCount
from lms.centres.models import Centre
from tests.network.open_data.attacker import given_away, narrowed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ban_nong_bua", "ban_pua", "regions")]
INSIDE = {"nation": ["N", "NE"], "N": ["55"], "NE": ["32"]}
PATHS = {"nation": "", "N": "region/N/", "NE": "region/NE/", "32": "province/32/", "55": "province/55/"}


@pytest.fixture(autouse=True)
def fiscal_year_2569_is_over(on):
    on(2026, 11, 28)


@pytest.fixture
def ask(officer):
    """ask("course=…"): {(figure, place, age or "all"): number, None where hidden} of all pages; {} where none tells."""

    def asked(question=""):
        told = {}
        for place, path in PATHS.items():
            ages = officer.get(f"/ministry/{path}?{question or 'to=FY2569'}").context["ages"]
            for at, name in enumerate(ages.names if ages else ()):
                told[name, place, "all"] = ages.total[at]
                told |= {(name, place, age): figures[at] for age, _label, figures in ages.rows}
        return told

    return asked


def sums_of(told):
    """What adds up to what, within one answer: ages to a place, and places to the place that they are in."""
    sums = {(name, place, "all"): [] for name, place, _age in told}
    for name, place, age in told:
        if age != "all":
            sums[name, place, "all"].append((name, place, age))
            if place in INSIDE:
                sums[name, place, age] = [(name, part, age) for part in INSIDE[place]]
    return sums


def tagged(tag, figures):
    return {(tag, *key): figure for key, figure in figures.items()}


def small(found):
    return {key: figure for key, figure in found.items() if 0 < figure < 5}


def test_courses_that_nobody_shares_give_nothing_back_that_all_together_hide(officer, counted, ask):
    """As many learn at all as learn in the one and in the other: so nobody learns in both, and their ages add up."""
    children, farmers = uuid4(), uuid4()
    for course, figures in [
        (children, {("32", "11-19"): 8, ("32", "20-39"): 8, ("55", "11-19"): 9, ("55", "20-39"): 9}),
        (farmers, {("32", "11-19"): 3, ("32", "20-39"): 20, ("55", "11-19"): 20, ("55", "20-39"): 20}),
    ]:
        CourseCount.objects.create(course=course, month=202603, centre_id=centre_of("32"), active=1)
        for (province, age), number in figures.items():
            counted(province, age, number, course=course)
    for province, age, number in [("32", "11-19", 11), ("32", "20-39", 28), ("55", "11-19", 29), ("55", "20-39", 29)]:
        counted(province, age, number)
    answers = {tag: ask(f"to=FY2569&course={tag}" if tag else "") for tag in ("", children, farmers)}
    told, sums = {}, {}
    for tag, answer in answers.items():
        told |= tagged(tag, answer)
        sums |= {(tag, *whole): [(tag, *part) for part in parts] for whole, parts in sums_of(answer).items()}
    for key in answers[""].keys() & answers[children].keys() & answers[farmers].keys():
        told["both", *key] = told["", *key]
        sums["both", *key] = [(children, *key), (farmers, *key)]
    assert told["", "active", "32", "11-19"] == 11, "somebody may learn something"
    assert small(given_away(sums, told)) == {}


def centre_of(province):
    return Centre.objects.get(subdistrict__district__province=province).pk


def test_no_filter_and_no_time_gives_another_table_of_the_same_year(counted, ask, on):
    for month, province, age in product((202510, 202603, 202609), ("32", "55"), ("20-39", "60+")):
        counted(province, age, 7, month=month)
    usual = ask()
    assert usual["active", "32", "60+"] == 21
    questions = [
        "to=2025-10",
        "from=2025-11&to=2026-03",
        "from=2026-09&to=2026-09",
        "from=FY2569&to=2026-08",
        "by=month",
    ]
    for question in questions:
        assert ask(question) in (usual, {})
    assert ask("host_kind=temple") == {}


def test_pages_kept_from_month_to_month_tell_no_month(counted, ask, on):
    """Whoever was new in December would stand in the difference of two pages."""
    kept = []
    for month, day in [(202610, (2026, 11, 28)), (202611, (2026, 12, 28)), (202612, (2027, 1, 28))]:
        on(*day)
        counted("32", "60+", 7, month=month)
        counted("55", "20-39", 6, month=month)
        kept.append(ask("from=FY2570&to=FY2570"))
    assert kept == [kept[0]] * len(kept)


def test_in_a_first_year_who_joined_tells_nothing_of_who_learned(counted, ask):
    """All who learned in it have joined in it: where as many learned as joined, they are the same people."""
    counted("32", "20-39", 12)
    counted("32", "60+", 3, joined=8)
    counted("55", "20-39", 9)
    counted("55", "60+", 8)
    told = ask()
    assert told["active", "32", "60+"] is None and told["active", "nation", "60+"] == 11
    bounds = {key: (0, inf) for key, figure in told.items() if figure is None}
    for name, place, age in bounds:
        joined = told["joined", place, age]
        if name == "active" and joined is not None:
            bounds[name, place, age] = (0, joined)
    found = narrowed(sums_of(told), told, bounds)
    assert small({key: low for key, (low, high) in found.items() if low == high}) == {}
