"""Addresses of the ministry's pages: nothing of a question is lost on the way, and nothing is ignored."""

import re
from html import unescape

import pytest

from courses.models import ANY_COURSE, LessonCount, PeopleCount
from tests.network.test_ministry import text_of

WHOLE = "from=2026-10&figures=courses&by=month&sort=-starters&format=csv"


@pytest.fixture
def learned(ban_nong_bua, ban_pua):
    PeopleCount.objects.create(course=ANY_COURSE, month=202611, centre=ban_nong_bua, joined=6, active=5)
    PeopleCount.objects.create(course=ANY_COURSE, month=202609, centre=ban_pua, joined=11, active=11)


@pytest.fixture
def refused(officer, learned):
    """refused("?form=2026-10"): what an officer reads."""

    def ask(address, status=400):
        answer = officer.get(f"/en/ministry/{address}")
        assert answer.status_code == status
        return text_of(answer)

    return ask


@pytest.fixture
def choose(officer):
    """choose(page, course="…"): sends the form of a page, with another choice."""

    def send(page, **changes):
        html = re.search(r'<form class="card filters".*?</form>', page.content.decode(), re.S).group()
        told = {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', html)}
        for name, options in re.findall(r'<select id="\w+" name="(\w+)">(.*?)</select>', html, re.S):
            chosen = re.search(r'value="([^"]*)" selected', options)
            told[name] = chosen.group(1) if chosen else ""
        return officer.get("/en/ministry/", told | changes, follow=True)

    return send


@pytest.mark.parametrize("question", [WHOLE, "format=csv&part=funnel", "by=centre&format=csv&per=month", "page=2"])
def test_an_old_code_leads_on_with_the_whole_question(learned, officer, ban_pua, question):
    ban_pua.code = "TH-55-0009"
    ban_pua.save()
    assert officer.get(f"/ministry/centre/TH-55-0001/?{question}")["Location"] == (
        f"/ministry/centre/TH-55-0009/?{question}"
    )


def test_a_place_that_the_nation_is_asked_for_has_the_whole_question(learned, officer, course):
    for question in (WHOLE, f"course={course.key}&lesson=x", "by=region"):
        answer = officer.get(f"/ministry/?province=32&{question}")
        assert answer["Location"] == f"/ministry/province/32/?{question}"
    answer = officer.get("/ministry/?province=32&format=csv", follow=True)
    assert answer["Content-Type"].startswith("text/csv")


def test_what_is_refused_is_named_as_it_stands_on_the_page(refused, officer):
    assert "Host: This is none of the values. Allowed: temple," in refused("?host_kind=palace")
    assert "To month: The end lies before the beginning." in refused("?from=2026-11&to=2026-10")
    assert "Province: This is none of the values. Allowed: 55, 32." in refused("?province=99")
    assert "Course: There is no course with this key. All courses: /api/v1/courses/" in refused("?course=rice")
    assert "เจ้าของที่: ไม่มีค่านี้ให้เลือก" in text_of(officer.get("/ministry/?host_kind=palace"))


@pytest.mark.parametrize(
    "address", ["", "province/32/", "completions.csv", "requests/", "oddities/", "audit/", "audit.csv"]
)
def test_a_name_that_means_nothing_is_refused_with_those_that_do(refused, address):
    names = {"requests/": "show, page", "oddities/": "state, kind, region", "audit": "action, actor, subject"}
    known = names.get(address.removesuffix(".csv").replace("audit/", "audit"), "from, to, host_kind, course, lesson")
    assert f"form: Nothing here is called so. What can be asked for: {known}" in refused(f"{address}?form=2026-10")


def test_a_name_that_means_nothing_is_not_lost_on_the_way_to_a_place(refused):
    assert "form: Nothing here" in refused("?province=32&form=2026-10")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("province/32/?region=N", "Region: 32 does not lie in N."),
        ("province/32/?province=55", "Province: 32 does not lie in 55."),
        ("province/32/?district=3201", "District: 32 does not lie in 3201."),
        ("region/NE/?province=55", "Province: NE does not lie in 55."),
        ("centre/TH-32-0001/?district=5501", "District: TH-32-0001 does not lie in 5501."),
        ("?province=32&region=N", "Region: 32 does not lie in N."),
        ("?district=3201&province=55", "Province: 3201 does not lie in 55."),
        ("?centre=TH-32-0001&region=N", "Region: TH-32-0001 does not lie in N."),
        ("?place=32&province=55", "Place: 32 does not lie in 55."),
        ("province/32/?region=X", "Region: This is none of the values. Allowed: N, NE."),
    ],
)
def test_places_that_contradict_each_other_are_refused(refused, address, said):
    assert said in refused(address)


@pytest.mark.parametrize("where", ["en/ministry/completions.csv", "api/v1/statistics/completions/"])
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("province=32&region=N", "32 does not lie in N."),
        ("district=3201&province=55", "3201 does not lie in 55."),
        ("district=3201&region=N", "3201 does not lie in N."),
        ("centre=TH-32-0001&region=N", "TH-32-0001 does not lie in N."),
        ("centre=TH-32-0001&district=5501&region=N", "TH-32-0001 does not lie in 5501."),
    ],
)
def test_the_same_holds_of_sheets_and_of_programs(officer, learned, where, question, said):
    answer = officer.get(f"/{where}?by=centre&{question}", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_a_centre_may_be_asked_for_where_it_was(officer, learned, ban_nong_bua, ban_pua):
    ban_nong_bua.subdistrict = ban_pua.subdistrict
    ban_nong_bua.save()
    for province in ("32", "55"):
        answer = officer.get(f"/ministry/completions.csv?by=centre&centre=TH-32-0001&province={province}")
        assert answer.status_code == 200


@pytest.mark.parametrize("address", ["", "completions.csv", "requests/", "oddities/", "oddities.csv", "audit/"])
def test_what_is_asked_for_twice_is_refused(refused, address):
    name = {"requests/": "page", "audit/": "actor"}.get(address, "region")
    assert "This is asked for twice: N, NE. Ask for one." in refused(f"{address}?{name}=N&{name}=NE")


def test_programs_are_told_too_what_they_ask_for_twice(officer):
    answer = officer.get("/api/v1/statistics/completions/?by=region&region=N&region=NE", HTTP_ACCEPT_LANGUAGE="en")
    assert answer.status_code == 400
    assert "This is asked for twice: N, NE." in answer.json()["errors"]["region"][0]


def test_a_place_may_be_named_with_what_it_lies_in(learned, officer):
    around = "centre=TH-32-0001&district=3201&province=32&region=NE"
    assert officer.get(f"/ministry/?{around}")["Location"] == "/ministry/centre/TH-32-0001/"
    for place in ("province/32/?region=NE", "region/NE/?place=NE", f"centre/TH-32-0001/?{around}"):
        assert officer.get(f"/ministry/{place}").status_code == 200


@pytest.mark.parametrize(
    "question", ["format=csv&page=abc", "format=pdf&page=2", "per=month&by=centre&format=csv&part=funnel"]
)
def test_what_a_file_cannot_heed_is_refused(refused, question):
    assert "Leave this out." in refused(f"?{question}")


def test_requests_that_are_none_are_refused(refused):
    assert "Show: This is none of the values. Allowed: open, late." in refused("requests/?show=x&page=x")
    assert "Page: There is no such page. Allowed: 1." in refused("requests/?show=late&page=x")
    refused("requests/?show=open&page=1", status=200)


@pytest.mark.parametrize("question", ["", "to=2090-01", "from=1995-01"])
def test_months_to_choose_have_counts_or_are_chosen(learned, officer, question):
    offered = officer.get(f"/ministry/?{question}").context["periods"]
    chosen = {question[-7:]} - {""}
    assert {value for value, _label in offered["months"]} == {"2026-09", "2026-10", "2026-11"} | chosen
    assert [value for value, _label in offered["years"]] == ["FY2570", "FY2569"]
    offered = officer.get("/ministry/?to=FY2600").context["periods"]
    assert [value for value, _label in offered["years"]] == ["FY2600", "FY2570", "FY2569"]


def test_another_month_keeps_the_grouping_and_the_order(learned, officer, choose):
    page = choose(officer.get("/en/ministry/?by=centre&sort=-label&figures=courses"), to="2026-11")
    assert page.context["report"].by == "centre"
    assert {name: page.context["asked"].given[name] for name in ("to", "by", "sort", "figures")} == {
        "to": "2026-11", "by": "centre", "sort": "-label", "figures": "courses",
    }  # fmt: skip
    assert choose(page, place="32").context["report"].by == "centre"
    assert choose(officer.get("/en/ministry/?by=province"), place="32").context["report"].by == "centre"


def test_a_choice_that_is_refused_can_be_mended_on_its_page(learned, officer, choose, course):
    page = officer.get(f"/en/ministry/?from=2026-11&to=2026-09&by=centre&course={course.key}")
    assert page.status_code == 400
    mended = choose(page, to="2026-11")
    assert (mended.status_code, mended.context["report"].by, mended.context["scope"].course) == (
        200, "centre", course.key,
    )  # fmt: skip
    assert choose(officer.get("/en/ministry/?sort=beauty")).status_code == 200


def test_a_lesson_stays_chosen_as_long_as_its_course_is(learned, officer, choose, course, write_course):
    lesson, another = course.lessons()[0], write_course()
    LessonCount.objects.create(
        month=202611, province_id="55", course=course.key, lesson=lesson.key, reached=20, finished=12
    )
    page = officer.get(f"/en/ministry/?course={course.key}&lesson={lesson.key}&sort=-reached")
    assert choose(page, to="2026-11").context["scope"].lesson == lesson.key
    assert choose(page, place="55").context["scope"].lesson == lesson.key
    for change in ({"course": str(another.key)}, {"course": ""}, {"host_kind": "temple"}, {"place": "5501"}):
        later = choose(page, **change)
        assert (later.status_code, later.context["scope"].lesson) == (200, None)
    assert choose(page, lesson="x").status_code == 400
