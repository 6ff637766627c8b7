"""Ages of people, of one fiscal year, where nobody can be found by them."""

import pytest
from django.test import Client

from tests.network.open_data.attacker import given_away
from tests.network.test_ministry import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ban_nong_bua", "ban_pua", "regions")]


@pytest.fixture(autouse=True)
def fiscal_year_2569_is_over(on):
    on(2026, 11, 28)


def told(officer, place=""):
    """{age: how many were active} on a page."""
    ages = officer.get(f"/ministry/{place}?to=FY2569").context["ages"]
    at = ages.names.index("active")
    return {age: figures[at] for age, _name, figures in ages.rows}


def test_people_are_told_by_age_and_add_up(officer, counted):
    counted("32", "20-39", 12)
    counted("32", "60+", 7)
    counted("55", "60+", 8)
    counted("55", "20-39", 9)
    assert told(officer) == {"0-10": 0, "11-19": 0, "20-39": 21, "40-59": 0, "60+": 15, "": 0}
    assert told(officer, "region/NE/")["60+"] == told(officer, "province/32/")["60+"] == 7
    assert "ปีงบประมาณ 2569" in text_of(officer.get("/ministry/?to=FY2569"))


def test_what_is_hidden_on_any_page_is_not_given_back_by_all_of_them_together(officer, counted):
    for province, age, active in [
        ("32", "20-39", 12), ("32", "60+", 3), ("32", "40-59", 6), ("55", "60+", 8), ("55", "20-39", 9),
    ]:  # fmt: skip
        counted(province, age, active)
    pages = {place: told(officer, path) for place, path in [
        ("nation", ""), ("N", "region/N/"), ("NE", "region/NE/"), ("32", "province/32/"), ("55", "province/55/"),
    ]}  # fmt: skip
    assert pages["32"]["60+"] is None and pages["nation"]["60+"] == 11
    inside = {"nation": ["N", "NE"], "N": ["55"], "NE": ["32"]}
    sums = {(place, "all"): [(place, age) for age in row] for place, row in pages.items()}
    sums |= {(place, age): [(part, age) for part in parts] for place, parts in inside.items() for age in pages[place]}
    known = {(place, age): figure for place, row in pages.items() for age, figure in row.items()}
    known |= {(place, "all"): {"nation": 38, "N": 17, "NE": 21, "32": 21, "55": 17}[place] for place in pages}
    assert not {place: figure for place, figure in given_away(sums, known).items() if 0 < figure < 5}


def test_a_longer_or_shorter_time_gives_the_same_year(officer, counted):
    """Or the difference of two times would tell the ages of the months between them."""
    counted("32", "20-39", 12, month=202603)
    counted("32", "60+", 7, month=202604)
    for question in ("to=2026-03", "from=2026-04&to=2026-04", "from=2026-01&to=FY2569", "from=2020-01&to=2026-09"):
        ages = officer.get(f"/ministry/?{question}").context["ages"]
        assert (ages.year, ages.total[ages.names.index("active")]) == ("ปีงบประมาณ 2569", 19)


def test_a_year_is_told_when_it_is_over_and_what_is_late_had_a_month(officer, counted, on):
    """Or who kept last month's page would have this month's people by the difference."""
    counted("32", "20-39", 12, month=202509)
    counted("32", "20-39", 30, month=202609)
    counted("32", "20-39", 50, month=202610)
    for day, year, active in [((2026, 10, 31), "2568", 12), ((2026, 11, 1), "2569", 30), ((2027, 10, 31), "2569", 30)]:
        on(*day)
        for question in ("", "to=FY2575", "from=2026-10&to=2026-10"):
            ages = officer.get(f"/ministry/?{question}").context["ages"]
            assert (ages.year, ages.total[ages.names.index("active")]) == (f"ปีงบประมาณ {year}", active)


def test_below_the_province_and_for_core_members_no_ages_are_told(officer, counted, ek):
    counted("32", "20-39", 12)
    page = officer.get("/en/ministry/centre/TH-32-0001/?to=FY2569&host_kind=temple")
    assert page.context["ages"] is None
    assert 'href="/en/ministry/province/32/?to=FY2569#ages"' in page.content.decode()
    assert officer.get("/ministry/?host_kind=temple&to=FY2569").context["ages"] is None
    browser = Client()
    browser.force_login(ek)
    assert browser.get("/ministry/province/32/?to=FY2569").context["ages"] is None


def test_with_a_course_the_page_says_that_all_courses_are_told_together_and_leads_there(officer, counted, course):
    counted("32", "20-39", 12)
    counted("32", "20-39", 12, course=course.key)
    for place in ("province/32/", "centre/TH-32-0001/"):
        page = officer.get(f"/en/ministry/{place}?to=FY2569&course={course.key}")
        assert page.context["ages"] is None
        assert 'href="/en/ministry/province/32/?to=FY2569#ages"' in page.content.decode()
    assert "Ages are told for all courses together" in text_of(officer.get(f"/en/ministry/?course={course.key}"))
    assert "Fiscal year 2569, all courses together" in text_of(officer.get("/en/ministry/?to=FY2569"))
