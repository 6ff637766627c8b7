"""The ministry's page: counts that say what they count, and the same ones in its CSV and in the API."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from courses import groupings
from courses.definitions import DEFINITIONS
from courses.models import ActiveMonth, CourseCount, Enrolment, LastHeard, LearningEvent, LessonProgress
from lms.accounts.models import ApiToken
from lms.accounts.templatetags.dates import day
from lms.centres.models import Centre

PAGE, SHEET = "/ministry/", "/ministry/completions.csv"


@pytest.fixture
def signed_in():
    """A browser in which this person is signed in."""

    def make(user):
        browser = Client()
        browser.force_login(user)
        return browser

    return make


@pytest.fixture
def learned(ban_nong_bua, ban_pua, course):
    """1,234 began at Ban Nong Bua and 617 finished; 3 began at Ban Pua, long ago."""
    CourseCount.objects.create(
        centre=ban_nong_bua, course=course.key, month=202611, starters=1234, finishers=617, lessons_finished=3000
    )
    CourseCount.objects.create(centre=ban_pua, course=course.key, month=202608, starters=3)
    LastHeard.objects.create(centre=ban_nong_bua, at=timezone.now())
    LastHeard.objects.create(centre=ban_pua, at=timezone.now() - timedelta(days=45))


def text_of(answer):
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sheet_of(answer):
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def cells(answer):
    """The report's table on the page, as rows of texts."""
    table = re.search(r'id="report".*?<tbody>(.*?)</tbody>', answer.content.decode(), re.S).group(1)
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in table.split("</tr>")[:-1]
    ]


@pytest.mark.parametrize("address", [PAGE, SHEET])
def test_visitors_are_asked_to_sign_in(db, address):
    answer = Client().get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("sign_in"))


@pytest.mark.parametrize("address", [PAGE, SHEET])
def test_who_does_not_plan_finds_nothing_here(signed_in, nok, somsri, address):
    assert signed_in(nok).get(address).status_code == 404
    assert signed_in(somsri).get(address).status_code == 404


def test_an_officer_whose_post_has_ended_finds_nothing(signed_in, wipha):
    wipha.ministry_posts.update(started_on="2020-01-01", ended_on="2020-12-31")
    assert signed_in(wipha).get(PAGE).status_code == 404


def test_the_ministry_sees_all_centres_and_core_members_theirs(learned, signed_in, wipha, ek):
    assert [row[0] for row in cells(signed_in(wipha).get(PAGE))] == ["ภาคเหนือ", "ภาคตะวันออกเฉียงเหนือ"]
    assert [row[0] for row in cells(signed_in(ek).get(PAGE))] == ["ภาคตะวันออกเฉียงเหนือ"]


def test_the_page_says_how_fresh_it_is_and_who_is_missing(learned, signed_in, wipha):
    page = text_of(signed_in(wipha).get("/en/ministry/"))
    assert "heard from 1 of 2 centres" in page
    assert "1 centre is missing" in page
    assert "Ban Pua" in page
    assert "People who did anything in the period." in page


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_says_what_each_of_its_figures_counts(learned, signed_in, wipha, language):
    html = unescape(signed_in(wipha).get(f"{language}{PAGE}?by=centre").content.decode())
    explained = html.partition('id="definitions"')[2]
    with translation.override(language.strip("/") or "th"):
        for name in set(groupings.COLUMNS) - {"code", "label", "centres_total"}:
            assert str(DEFINITIONS[name].title) in html, name
            assert str(DEFINITIONS[name].full) in explained, name


def test_the_page_says_when_each_centre_was_last_heard(learned, signed_in, wipha):
    rows = cells(signed_in(wipha).get(f"/en{PAGE}?by=centre"))
    LastHeard.objects.filter(centre__code="TH-55-0001").delete()
    later = cells(signed_in(wipha).get(f"/en{PAGE}?by=centre"))
    today = day(timezone.now())
    assert [row[7] for row in rows][0] == today
    assert rows[1][7] not in ("–", today)
    assert later[1][7] == "–"


def test_the_page_and_its_sheet_read_nothing_about_learners(learned, signed_in, wipha, django_assert_max_num_queries):
    browser = signed_in(wipha)
    with django_assert_max_num_queries(21 * 9) as asked:
        for by in groupings.BY:
            browser.get(f"{PAGE}?by={by}")
        sheet_of(browser.get(f"{SHEET}?by=centre"))
    said = " ".join(query["sql"] for query in asked.captured_queries)
    assert CourseCount._meta.db_table in said
    of_people = (LearningEvent, Enrolment, LessonProgress, ActiveMonth)
    assert [model for model in of_people if model._meta.db_table in said] == []


@pytest.mark.parametrize(
    "by", ["region", "province", "district", "centre", "host_kind", "course", "month", "fiscal_year"]
)
def test_page_sheet_and_api_tell_the_same_figures(learned, signed_in, wipha, by):
    browser = signed_in(wipha)
    page = cells(browser.get(f"{PAGE}?by={by}&figures=courses"))
    sheet = sheet_of(browser.get(f"{SHEET}?by={by}"))
    api = browser.get(f"/api/v1/statistics/completions/?by={by}", headers={"Accept-Language": "th"}).json()["rows"]
    assert [row[0] for row in page] == [row["label"] for row in sheet] == [row["label"] for row in api]
    for place, name in enumerate(["starters", "finishers"], start=1):
        on_page = [int(row[place].replace(",", "")) for row in page]
        assert on_page == [int(row[name]) for row in sheet] == [row[name] for row in api]
    assert [row["rate"] or "None" for row in sheet] == [str(row["rate"]) for row in api]


def test_numbers_and_dates_are_written_as_people_read_them(learned, signed_in, wipha):
    page = text_of(signed_in(wipha).get(f"{PAGE}?by=month&figures=courses"))
    assert "1,234" in page
    assert "พ.ย.\u00a02569" in page
    assert "50%" in page
    (row, *_rest) = sheet_of(signed_in(wipha).get(f"{SHEET}?by=month"))
    assert row["code"] == "2026-08"


def test_one_centre_is_asked_for_as_in_the_api_and_can_be_let_go(learned, signed_in, wipha):
    browser, question = signed_in(wipha), "?by=month&centre=TH-55-0001"
    page = browser.get(PAGE + question, follow=True)
    assert page.redirect_chain == [("/ministry/centre/TH-55-0001/?by=month", 302)]
    api = browser.get(f"/api/v1/statistics/completions/{question}").json()
    assert page.context["report"].total.starters == api["total"]["starters"] == 3
    assert [row["starters"] for row in sheet_of(browser.get(SHEET + question))] == ["3"]
    html = page.content.decode()
    assert '<option value="TH-55-0001" selected>' in html
    assert '<option value="TH-55-0001"' not in browser.get(PAGE).content.decode()


def test_filters_are_in_the_address_and_stay_chosen(learned, signed_in, wipha, course):
    address = f"{PAGE}?by=centre&region=N&course={course.key}&from=2026-08&to=FY2570"
    answer = signed_in(wipha).get(f"{address}&figures=courses", follow=True)
    assert [row[:2] for row in cells(answer)] == [["ศูนย์ดิจิทัลชุมชนบ้านปัว", "3"]]
    html = answer.content.decode()
    for value in ["N", str(course.key), "2026-08", "FY2570"]:
        assert f'value="{value}" selected' in html
    kept = f"from=2026-08&amp;to=FY2570&amp;course={course.key}&amp;figures=courses"
    assert f"/ministry/region/N/?{kept}&amp;by=centre&amp;format=csv" in html
    assert f"/ministry/centre/TH-55-0001/?{kept}" in html


@pytest.mark.parametrize(
    "question",
    [
        "by=village",
        "from=2569-01",
        "to=x",
        "region=%00",
        "province=99",
        "centre=nowhere",
        "centre=%00",
        "course=1",
        "from=2026-12&to=2026-01",
    ],
)
def test_a_filter_that_names_nothing_is_explained(learned, signed_in, wipha, question):
    browser = signed_in(wipha)
    page = browser.get(f"{PAGE}?{question}")
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()
    sheet = browser.get(f"{SHEET}?{question}")
    assert sheet.status_code == 400
    assert sheet["Content-Type"].startswith("text/plain")


def test_before_anybody_learns_the_page_says_so(signed_in, wipha, regions):
    assert "No data yet" in text_of(signed_in(wipha).get("/en/ministry/"))


def test_the_page_only_shows(signed_in, wipha):
    assert signed_in(wipha).post(PAGE).status_code == 405
    assert signed_in(wipha).post(SHEET).status_code == 405


def test_names_of_learners_are_nowhere(learned, signed_in, wipha, somsri, fah):
    for by in ["region", "centre", "course"]:
        page = signed_in(wipha).get(f"{PAGE}?by={by}").content.decode()
        assert somsri.name not in page
        assert fah.name not in page


@pytest.mark.parametrize("address", [f"{PAGE}?by=centre", f"{PAGE}?by=month", f"{SHEET}?by=centre"])
def test_the_page_costs_the_same_queries_for_few_centres_and_for_many(
    learned, signed_in, wipha, ban_pua, course, address, django_assert_num_queries, django_assert_max_num_queries
):
    browser = signed_in(wipha)
    with django_assert_max_num_queries(21) as few:
        browser.get(address)
    for number in range(300):
        centre = Centre.objects.create(
            code=f"TH-55-1{number:03}", name_th="ศูนย์", name_en="Centre", subdistrict=ban_pua.subdistrict
        )
        CourseCount.objects.create(centre=centre, course=course.key, month=202601 + number % 12, starters=1)
    with django_assert_num_queries(len(few)):
        browser.get(address)


def test_a_long_report_comes_in_pages(learned, signed_in, wipha, ban_pua):
    for number in range(150):
        Centre.objects.create(
            code=f"TH-55-1{number:03}", name_th="ศูนย์", name_en="Centre", subdistrict=ban_pua.subdistrict
        )
    browser = signed_in(wipha)
    assert len(cells(browser.get(f"{PAGE}?by=centre"))) == 100
    assert len(cells(browser.get(f"{PAGE}?by=centre&page=2"))) == 52
    assert len(sheet_of(browser.get(f"{SHEET}?by=centre"))) == 152


def test_a_token_opens_no_page(learned, wipha):
    _token, text = ApiToken.objects.make(wipha, "tests")
    assert Client(headers={"Authorization": f"Bearer {text}"}).get(PAGE).status_code == 302


@pytest.mark.parametrize("page", ["x", "0", "-1", "2", "99999999999999999999", "%00"])
def test_a_page_that_is_not_there_says_which_are(learned, signed_in, wipha, page):
    answer = signed_in(wipha).get(f"/en{PAGE}?page={page}")
    assert answer.status_code == 400
    assert "There is no such page. Allowed: 1." in text_of(answer)


def test_a_sorting_that_is_none_says_which_there_are(learned, signed_in, wipha):
    for address in (PAGE, SHEET):
        answer = signed_in(wipha).get(f"/en{address}?sort=name")
        assert answer.status_code == 400
        assert "-starters" in text_of(answer)


def test_page_and_sheet_are_sorted_alike(learned, signed_in, wipha):
    question = "by=centre&sort=-starters&host_kind=temple"
    page = cells(signed_in(wipha).get(f"{PAGE}?{question}"))
    sheet = sheet_of(signed_in(wipha).get(f"{SHEET}?{question}"))
    assert [row[0] for row in page] == [row["label"] for row in sheet] == ["ศูนย์ดิจิทัลชุมชนบ้านหนองบัว"]
