"""What is not known is left open: nothing counted and nothing heard is not the same as nobody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from courses.models import ANY_COURSE, CourseCount, LastHeard, LateCount, LessonCount, Oddity, PeopleCount
from courses.statistics import completions
from lms.centres.merging import merge
from lms.centres.models import Centre
from tests.network.test_ministry import cells, sheet_of, text_of

SEEN = {"status": "paused", "people": 3, "events": 20}  # the evidence of a question
FIGURES = ["people_joined", "people_starters", "people_active", "people_finishers", "people_certified"]


@pytest.fixture
def count_courses(course):
    """count_courses(ban_pua, 202611, starters=3): a row of counts of the course."""

    def make(centre, month=202611, **numbers):
        return CourseCount.objects.create(centre=centre, course=course.key, month=month, **numbers)

    return make


@pytest.fixture
def heard_once(ban_nong_bua, ban_pua):
    """Ban Nong Bua learned in November 2024 and was heard from then for the last time; Ban Pua never was."""
    PeopleCount.objects.create(
        course=ANY_COURSE, month=202411, centre=ban_nong_bua, joined=6, starters=5, active=5, finishers=2
    )
    LastHeard.objects.create(centre=ban_nong_bua, at=datetime(2024, 11, 30, 16, 59, tzinfo=UTC))


def numbers(row):
    return [getattr(row, name) for name in FIGURES]


def test_of_a_centre_that_was_never_heard_nothing_is_known(heard_once, wipha):
    known, unknown = completions(wipha, "centre").rows
    assert numbers(known) == [6, 5, 5, 2, 0]
    assert numbers(unknown) == [None] * 5
    assert (unknown.starters, unknown.lessons_finished, unknown.rate) == (None, None, None)
    assert numbers(completions(wipha, "centre").total) == [6, 5, 5, 2, 0]


@pytest.mark.parametrize(
    ("start", "known"), [("2024-10", True), ("2024-11", True), ("2024-12", False), ("FY2569", False)]
)
def test_of_a_time_that_began_after_a_centre_fell_silent_nothing_is_known(heard_once, wipha, start, known):
    total = completions(wipha, "month", centre="TH-32-0001", start=start).total
    assert (total.people_active == 5) is known
    assert (total.people_active is None) is not known


def test_who_was_heard_and_did_nothing_did_nothing(heard_once, wipha, ban_pua):
    LastHeard.objects.create(centre=ban_pua, at=timezone.now())
    assert numbers(completions(wipha, "centre", start="2026-01").rows[1]) == [0] * 5


def test_the_screen_and_its_files_leave_it_open(heard_once, officer):
    page = officer.get("/en/ministry/?by=centre&sort=-people_active")
    assert [row[:2] for row in cells(page)] == [["Ban Nong Bua", "6"], ["Ban Pua", "–"]]
    assert [row["people_active"] for row in sheet_of(officer.get("/ministry/?by=centre&format=csv"))] == ["5", ""]
    page = officer.get("/en/ministry/centre/TH-55-0001/")
    assert [stage.number for stage in page.context["funnel"]] == [None] * 5
    assert text_of(page).count("Nothing came in for this time. What happened is not known.") == 2  # chart and table
    assert "Nothing was learned here" not in text_of(page)
    assert "– courses finished, of – begun" in text_of(page)


def test_the_api_says_null(heard_once, officer):
    rows = officer.get("/api/v1/statistics/completions/?by=centre").json()["rows"]
    assert [row["people_active"] for row in rows] == [5, None]


def test_nobody_joins_a_course(heard_once, officer, wipha, course):
    assert completions(wipha, "centre", course=str(course.key)).total.people_joined is None
    assert completions(wipha, "course").total.people_joined == 6
    page = officer.get(f"/en/ministry/?by=course&course={course.key}")
    assert page.context["funnel"][0].number is None


def test_centres_that_fell_silent_before_are_no_part_of_the_middle(heard_once, officer, ban_nong_bua):
    like = {"host_kind": ban_nong_bua.host_kind, "line": "fibre", "seats": 8, "subdistrict": ban_nong_bua.subdistrict}
    Centre.objects.filter(pk=ban_nong_bua.pk).update(line="fibre", seats=8)
    for number in range(6):
        centre = Centre.objects.create(code=f"TH-32-1{number:03}", name_th="ศูนย์", **like)
        LastHeard.objects.create(centre=centre, at=timezone.now() - timedelta(days=400 * (number == 5)))
    alike = officer.get("/ministry/centre/TH-32-0001/?from=2026-01").context["alike"]
    assert (alike.number, alike.silent) == (5, 1)


def test_where_no_centre_is_open_it_does_not_say_that_all_were_heard(heard_once, officer, ban_pua):
    Centre.objects.filter(pk=ban_pua.pk).update(status="closed", status_reason="น้ำท่วม")
    page = text_of(officer.get("/en/ministry/centre/TH-55-0001/"))
    assert "No open centre here" in page
    assert "We have heard from every centre" not in page
    assert "Not open: Closed. น้ำท่วม" in page


def test_the_page_of_an_old_code_says_that_it_was_one(heard_once, officer, ban_nong_bua):
    ban_nong_bua.code = "TH-32-0099"
    ban_nong_bua.save()
    page = officer.get("/en/ministry/centre/TH-32-0001/", follow=True)
    assert page.redirect_chain[0][0].startswith("/en/ministry/centre/TH-32-0099/")
    assert "its code was TH-32-0001" in text_of(page)


def test_a_merged_centre_says_where_it_went(heard_once, officer, ban_nong_bua, ban_pua):
    merge(ban_pua, ban_nong_bua)
    assert "it is part of Ban Nong Bua (TH-32-0001)" in text_of(officer.get("/en/ministry/centre/TH-55-0001/"))


def test_the_page_says_when_it_is_true_and_how_many_centres_it_rests_on(heard_once, officer):
    page = officer.get("/en/ministry/")
    assert page.context["report"].total.centres_counted == 1
    assert "learning of 1 centre in this time" in text_of(page)
    assert "The figures are true for" in text_of(page)


def test_the_map_of_a_centre_shows_what_its_province_has(officer, ban_nong_bua, count_courses):
    other = Centre.objects.create(
        code="TH-32-0002", name_th="ศูนย์", name_en="Other", subdistrict=ban_nong_bua.subdistrict
    )
    count_courses(ban_nong_bua, starters=10, finishers=10)
    count_courses(other, starters=10, finishers=0)
    for place in ("province/32", "district/3201", "centre/TH-32-0001", "centre/TH-32-0002"):
        tiles = officer.get(f"/ministry/{place}/").context["tiles"]
        assert {tile.code: tile.percent for tile in tiles if tile.url} == {"32": 50}, place


def test_a_lesson_that_nobody_reached_is_where_all_have_stopped(officer, course, ban_pua):
    first, _second = course.lessons()
    LessonCount.objects.create(
        month=202611, province_id="55", course=course.key, lesson=first.key, reached=20, finished=12
    )
    page = officer.get(f"/en/ministry/?course={course.key}")
    assert [(lesson.reached, lesson.percent) for lesson in page.context["dropoff"]["lessons"]] == [(20, 60), (0, None)]
    assert "8 more reached it than finished it in this time" in text_of(page)


def test_months_are_sorted_as_the_year_goes(officer, count_courses, ban_pua):
    for month in (202611, 202609, 202610):
        count_courses(ban_pua, month, starters=1)
    page = officer.get("/ministry/?by=month&sort=-label")
    assert [row.code for row in page.context["report"].rows] == ["2026-11", "2026-10", "2026-09"]


def test_the_page_of_a_lesson_says_that_a_past_month_changed(officer, course, ban_pua):
    LateCount.objects.create(month=202610, centre=ban_pua, events=7, last_at=timezone.now())
    page = officer.get(f"/en/ministry/?course={course.key}&lesson={course.lessons()[0].key}")
    assert "7 events came after the month was over" in text_of(page)


def test_the_page_says_how_many_questions_about_its_figures_wait(
    heard_once, officer, client, ek, ban_nong_bua, ban_pua
):
    for number, centre in enumerate([ban_nong_bua, ban_pua, ban_pua]):
        Oddity.objects.create(kind="closed", centre=centre, day=date(2026, 11, 2 + number), evidence=SEEN, words="")
    Oddity.objects.create(
        kind="closed", centre=ban_pua, day=date(2026, 11, 9), evidence=SEEN, answered_at=timezone.now()
    )
    for place, number, where in [
        ("", 3, "state=waiting"),
        ("province/55/", 2, "state=waiting&province=55"),
        ("district/5501/", 2, "state=waiting&province=55"),
        ("centre/TH-32-0001/", 1, "state=waiting&centre=TH-32-0001"),
    ]:
        page = officer.get(f"/en/ministry/{place}")
        assert page.context["questions"] == (number, f"/en/ministry/oddities/?{where}"), place
        assert officer.get(page.context["questions"][1]).status_code == 200
    assert "2 questions about these figures wait for an answer" in text_of(officer.get("/en/ministry/province/55/"))
    client.force_login(ek)
    assert not client.get("/ministry/").context["questions"]
