"""One click and one address for each place, from the nation to a centre."""

import io
import re
from datetime import timedelta
from html import unescape

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from django.utils import timezone

from courses.definitions import VERSION
from courses.models import ANY_COURSE, LastHeard, LateCount, LessonCount, MovedAway, PeopleCount, QuestionCount
from lms.centres.models import Centre
from tests.network.test_ministry import cells, sheet_of, text_of


@pytest.fixture
def officer(wipha):
    browser = Client()
    browser.force_login(wipha)
    return browser


@pytest.fixture
def learned(ban_nong_bua, ban_pua):
    """Five began at Ban Nong Bua and two finished; Ban Pua has eleven, and was never heard from."""
    PeopleCount.objects.create(
        course=ANY_COURSE, month=202611, centre=ban_nong_bua, joined=6, starters=5, active=5, finishers=2
    )
    PeopleCount.objects.create(course=ANY_COURSE, month=202610, centre=ban_pua, joined=11, starters=11, active=11)
    LastHeard.objects.create(centre=ban_nong_bua, at=timezone.now() - timedelta(days=8))


def links(answer, text):
    return [unescape(url) for url in re.findall(rf'<a[^>]*href="([^"]*)"[^>]*>{text}</a>', answer.content.decode())]


def test_each_level_leads_to_the_next_and_back_again(learned, officer):
    page = officer.get("/en/ministry/?from=2026-10")
    for label, address in [
        ("NE", "/en/ministry/region/NE/?from=2026-10"),
        ("Surin", "/en/ministry/province/32/?from=2026-10"),
        ("Ban Nong Bua", "/en/ministry/centre/TH-32-0001/?from=2026-10"),
    ]:
        assert address in links(page, label)
        page = officer.get(address)
        assert page.status_code == 200
        assert page.context["report"].total.people_active == 5
    ways = re.search(r'class="crumbs.*?</ol>', page.content.decode(), re.S).group()
    ways = [unescape(url) for url in re.findall(r'href="([^"]*)"', ways)]
    assert ways == [
        "/en/ministry/?from=2026-10",
        "/en/ministry/region/NE/?from=2026-10",
        "/en/ministry/province/32/?from=2026-10",
        "/en/ministry/district/3201/?from=2026-10",
    ]


@pytest.mark.parametrize(
    "place", ["region/X", "province/99", "province/3", "district/9999", "district/x", "centre/nowhere", "centre/TH-32"]
)
def test_a_place_that_is_none_is_not_found(learned, officer, place):
    assert officer.get(f"/ministry/{place}/").status_code == 404


def test_core_members_find_the_places_of_their_centres_and_no_others(learned, ek):
    browser = Client()
    browser.force_login(ek)
    for place in ("region/NE", "province/32", "district/3201", "centre/TH-32-0001"):
        assert browser.get(f"/ministry/{place}/").context["report"].total.people_joined == 6
    for place in ("region/N", "province/55", "district/5501", "centre/TH-55-0001"):
        assert browser.get(f"/ministry/{place}/").status_code == 404


def test_an_old_code_leads_to_the_centre_under_its_new_one(learned, officer, ban_pua):
    ban_pua.code = "TH-55-0009"
    ban_pua.save()
    assert officer.get("/ministry/centre/TH-55-0001/")["Location"] == "/ministry/centre/TH-55-0009/"


@pytest.mark.parametrize(
    ("place", "address"),
    [("N", "region/N"), ("32", "province/32"), ("3201", "district/3201"), ("TH-55-0001", "centre/TH-55-0001")],
)
def test_the_form_leads_to_the_one_address_of_a_place(learned, officer, place, address):
    answer = officer.get(f"/ministry/?place={place}&from=2026-10&course=")
    assert answer["Location"] == f"/ministry/{address}/?from=2026-10"


@pytest.mark.parametrize(
    ("question", "hint"),
    [
        ("figures=all", "people, courses"),
        ("format=doc", "csv, xlsx, pdf"),
        ("sort=beauty", "-people_active"),
        ("host_kind=palace", "temple"),
        ("place=99", ""),
        ("place=320101", ""),
    ],
)
def test_what_makes_no_sense_is_explained_with_what_does(learned, officer, question, hint):
    answer = officer.get(f"/en/ministry/?{question}")
    assert answer.status_code == 400
    assert hint in text_of(answer)


def test_the_table_sorts_by_every_column_and_says_by_which(learned, officer):
    page = officer.get("/en/ministry/")
    sorts = set(re.findall(r"[?;]sort=(-?\w+)#report", page.content.decode()))
    assert sorts == {"label", *(f"-{name}" for name in page.context["table"].columns)}
    for sort in sorts:
        answer = officer.get(f"/en/ministry/?sort={sort}")
        said = re.findall(r'aria-sort="(\w+)"', answer.content.decode())
        assert said == ["descending" if sort[0] == "-" else "ascending"]
    assert [row[0] for row in cells(officer.get("/en/ministry/?sort=-people_joined"))] == ["N", "NE"]
    assert [row[0] for row in cells(officer.get("/en/ministry/?sort=people_joined"))] == ["NE", "N"]


def test_the_map_shows_each_province_once_and_leads_to_those_with_centres(learned, officer):
    page = officer.get("/ministry/")
    tiles = page.context["tiles"]
    assert len({tile.code for tile in tiles}) == 77
    assert {tile.url for tile in tiles if tile.url} == {"/ministry/province/32/", "/ministry/province/55/"}
    assert len({(tile.x, tile.y) for tile in tiles}) == 77


def test_silent_centres_are_shown_as_missing_and_lead_to_their_page(learned, officer):
    page = officer.get("/en/ministry/")
    assert page.context["reach"] == {"open": 2, "within": [(7, 0), (30, 1), (90, 1)], "never": 1}
    assert "/en/ministry/centre/TH-55-0001/" in links(page, "Ban Pua")
    assert "never heard from" in text_of(page)


def test_a_past_month_that_changed_says_so(learned, officer, ban_pua):
    LateCount.objects.create(month=202610, centre=ban_pua, events=7, last_at=timezone.now())
    assert "Oct\u00a02026: 7 events came after the month was over" in text_of(officer.get("/en/ministry/"))
    assert officer.get("/ministry/region/NE/").context["changed"] == []


def test_a_past_month_that_others_left_says_so_and_has_a_star(learned, officer, ban_pua):
    MovedAway.objects.create(month=202610, centre=ban_pua, at=timezone.now())
    LateCount.objects.create(month=202609, centre=ban_pua, events=0, last_at=timezone.now())  # mended to nothing
    page = officer.get("/en/ministry/")
    assert "Oct\u00a02026: some of what was counted in it turned out" in text_of(page)
    assert "events came after" not in text_of(page) and len(page.context["changed"]) == 1
    assert officer.get("/ministry/region/NE/").context["changed"] == []


def test_of_a_course_one_sees_where_people_stop_and_what_they_miss(learned, officer, course, ban_pua):
    first, second = course.lessons()
    for lesson, reached, finished in ((first, 20, 12), (second, 12, 11)):
        LessonCount.objects.create(
            month=202611, province_id="55", course=course.key, lesson=lesson.key, reached=reached, finished=finished
        )
    for place, missed in ((1, 3), (2, 9)):
        QuestionCount.objects.create(
            course=course.key, month=202611, province_id="55", lesson=first.key, activity=first.body[place].id,
            answers=10, missed=missed,
        )  # fmt: skip
    page = officer.get(f"/ministry/?course={course.key}")
    found = page.context["dropoff"]
    assert [(lesson.reached, lesson.finished, lesson.percent) for lesson in found["lessons"]] == [
        (20, 12, 60), (12, 11, 92),
    ]  # fmt: skip
    assert (found["widest"].title, found["missed"]["text"], found["missed"]["percent"]) == ("บท 1.1", "ถุงละกี่บาท", 90)
    assert officer.get(f"/ministry/region/NE/?course={course.key}").context["dropoff"] is None
    assert officer.get(f"/ministry/centre/TH-55-0001/?course={course.key}").context["is_counted"] is False


@pytest.mark.parametrize("place", ["", "region/N/", "centre/TH-55-0001/"])
@pytest.mark.parametrize("figures", ["people", "courses"])
def test_a_sheet_has_what_the_screen_has_in_its_order(learned, officer, place, figures):
    question = f"/ministry/{place}?figures={figures}&sort=-label"
    page = cells(officer.get(question))
    sheet = sheet_of(officer.get(f"{question}&format=csv"))
    assert [row["label"] for row in sheet] == [row[0] for row in page]
    if figures == "people":
        assert [row["people_joined"] for row in sheet] == [row[1] for row in page]
    assert {row["definitions_version"] for row in sheet} == {VERSION}


def test_the_workbook_begins_with_the_definitions(learned, officer):
    content = b"".join(officer.get("/en/ministry/?format=xlsx").streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    assert book.sheetnames == ["definitions", "table", "funnel", "months", "map", "reach", "silent"]
    told = {row[0]: row[2] for row in book["definitions"].values}
    assert told["people_active"].startswith("People with any event in the period")
    assert [row[2] for row in book["funnel"].values][1:] == [17, 16, 16, 2, 0]
    assert [row[0] for row in book["silent"].values][1:] == ["TH-55-0001"]


def test_the_definitions_are_public(db):
    page = text_of(Client().get("/en/definitions/"))
    assert f"version {VERSION}" in page
    assert "people_certified" in page


@pytest.mark.parametrize("place", ["", "province/55/", "district/5501/"])
def test_a_level_costs_the_same_queries_for_few_centres_and_for_many(
    learned, officer, place, ban_pua, course, django_assert_max_num_queries
):
    address = f"/ministry/{place}?course={course.key}"
    with django_assert_max_num_queries(27) as few:
        officer.get(address)
    for number in range(200):
        centre = Centre.objects.create(
            code=f"TH-55-1{number:03}", name_th="ศูนย์", name_en="Centre", subdistrict=ban_pua.subdistrict
        )
        PeopleCount.objects.create(course=course.key, month=202601 + number % 12, centre=centre, active=1)
    with django_assert_max_num_queries(len(few)):  # sums over many centres are kept, and found again by its map
        officer.get(address)


def test_a_centre_stands_beside_its_like_and_those_that_are_silent_are_left_out(learned, officer, ban_nong_bua):
    ban_nong_bua.seats, ban_nong_bua.line = 8, "fibre"
    ban_nong_bua.save()
    for number in range(8):
        centre = Centre.objects.create(
            code=f"TH-32-1{number:03}", name_th="ศูนย์", subdistrict=ban_nong_bua.subdistrict, host_kind="temple",
            seats=6 + number, line="fibre",
        )  # fmt: skip
        if number:
            LastHeard.objects.create(centre=centre, at=timezone.now())
        PeopleCount.objects.create(course=ANY_COURSE, month=202611, centre=centre, active=10 + number)
    alike = officer.get("/ministry/centre/TH-32-0001/").context["alike"]
    assert (alike.number, alike.silent) == (4, 1), "those of 6 to 10 PCs"
    assert alike.figures[1] == ("people_active", 5, None), "four are too few"
    Centre.objects.filter(code="TH-32-1005").update(seats=10)
    alike = officer.get("/ministry/centre/TH-32-0001/").context["alike"]
    assert (alike.number, alike.figures[1]) == (5, ("people_active", 5, 13))
    assert officer.get("/ministry/centre/TH-55-0001/").context["alike"] is None


def test_the_pdf_has_the_definitions_on_its_first_page_and_then_the_screen(learned, officer):
    answer = officer.get("/ministry/?format=pdf&sort=-label")
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(answer.content)]
    assert answer["Content-Type"] == "application/pdf"
    assert "คนที่ลงชื่อเป็นผู้เรียนของศูนย์" in pages[0]
    later = " ".join(pages[1:])
    assert later.index("ภาคเหนือ") > 0
    assert "ศูนย์ดิจิทัลชุมชนบ้านปัว" in later
