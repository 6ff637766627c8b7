"""วันนี้: who needs help and why, which tasks wait, who sits where, and what is left to do."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import LessonReview
from lms.centres.models import AuditEntry, DataRequest, Device, SignIn
from tests.courses.test_needs import crowd

TODAY, HELP = "/desk/", "/desk/help/"


@pytest.fixture
def stuck(somsri, hands_on, did):
    for _ in range(4):
        did(somsri, hands_on, "single_choice", 0, ago=5)


def page(browser, url="/en/desk/", **asked):
    answer = browser.get(url, asked)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def text(element):
    return " ".join(element.get_text(" ").split())


def test_it_says_who_is_stuck_at_what_and_at_which_machine(desk, stuck, somsri, hands_on, device, sits_at):
    sits_at(somsri, device)
    needs = page(desk).find(id="needs")
    said = text(needs)
    for words in ("ป้าสมศรี", device.name, "Tried the same question 4 times", "อะไรเป็นทุน", "Our costs"):
        assert words in said
    assert needs.find("a")["href"] == f"/en/desk/learners/{somsri.pk}/lessons/{hands_on.key}/"
    assert "ลองข้อเดียวกันมา" in text(page(desk, TODAY).find(id="needs"))


def test_who_sits_here_and_is_silent_is_told_with_the_time(desk, somsri, course, did, device, sits_at):
    did(somsri, course.lessons()[0], "started", ago=40)
    sits_at(somsri, device)
    SignIn.objects.update(started_at=timezone.now() - timedelta(minutes=40))
    assert "Sits here, and has done nothing since" in text(page(desk).find(id="needs"))


def test_who_is_away_is_told_with_the_day(desk, somsri, course, did):
    did(somsri, course.lessons()[0], "started", ago=20 * 24 * 60)
    assert "Has not learned since" in text(page(desk).find(id="needs"))


def test_a_task_that_waits_leads_to_itself(desk, somsri, hands_on, did):
    did(somsri, hands_on, "task", [0, 1, 2])
    tasks = page(desk).find(id="tasks")
    assert "คิดทุนของเรา" in text(tasks)
    assert tasks.find("a")["href"] == f"/en/desk/tasks/{somsri.pk}/{hands_on.body[1].id}/"


def test_every_machine_is_there_free_or_with_who_learns_what(desk, somsri, ban_nong_bua, course, did, device, sits_at):
    for name in ("เครื่อง 10", "เครื่อง 2"):
        Device.objects.create(centre=ban_nong_bua, name=name)
    Device.objects.create(centre=ban_nong_bua, name="มือถือ", owner=somsri)
    Device.objects.create(centre=ban_nong_bua, name="เครื่องเก่า", revoked_at=timezone.now())
    did(somsri, course.lessons()[0], "started")
    sits_at(somsri, device)
    seats = page(desk).find(id="seats")
    assert [text(seat) for seat in seats.find_all("li")] == [
        f"เครื่อง 1 ป้าสมศรี {course.lessons()[0].title}",
        "เครื่อง 2 Free",
        "เครื่อง 10 Free",
    ]
    assert "3 machines, 2 free" in text(seats)


def test_the_figures_are_of_today_and_of_this_centre(
    desk, somsri, thongbai, fah, ban_pua, course, hands_on, did, device
):
    for learner in (somsri, somsri, thongbai):
        learner.sign_ins.create(device=device, session_key="x")
    thongbai.sign_ins.create(device=device, session_key="y", started_at=timezone.now() - timedelta(days=1))
    fah.sign_ins.create(device=Device.objects.create(centre=ban_pua, name="x"), session_key="z")
    first, second = course.lessons()
    did(somsri, first, "finished")
    did(somsri, second, "finished", ago=24 * 60)
    did(fah, first, "finished")
    did(somsri, hands_on, "task", [0, 1, 2])
    day = desk.get(TODAY).context["day"]
    assert (day["came"], day["lessons"], day["tasks"]) == (2, 1, 1)


def test_what_is_left_to_do_is_counted_and_leads_there(desk, somsri, thongbai, fah, ban_nong_bua, learner_at, set_code):
    code = set_code(somsri, "fish-lotus-mango")
    code.locked_at = timezone.now()
    code.save()
    child = learner_at(ban_nong_bua, "น้องแป้ง", age_band="0-10")
    set_code(child, "fish-lotus-mango")
    DataRequest.objects.create(learner=somsri, centre=ban_nong_bua, kind="copy")
    DataRequest.objects.create(learner=somsri, centre=ban_nong_bua, kind="copy", answered_at=timezone.now())
    day = desk.get(TODAY).context["day"]
    assert [day[name] for name in ("locked", "no_code", "guardians", "requests")] == [1, 1, 1, 1]
    left = page(desk).find(id="left")
    for show, name in (("locked", "ป้าสมศรี"), ("no_code", "ป้าทองใบ"), ("guardian", "น้องแป้ง")):
        href = left.find("a", href=re.compile(f"show={show}"))["href"]
        assert [learner.name for learner in desk.get(href).context["page"]] == [name]


def test_an_empty_day_says_so_kindly(desk):
    said = text(page(desk).find(id="main"))
    for words in ("Nobody needs help just now", "No task waits", "No machine is set up yet", "Nothing is left over"):
        assert words in said


def test_one_button_registers_a_newcomer_and_a_core_member_has_none(desk, client, ek):
    assert [text(go) for go in page(desk).select(".go")] == ["New learner"]
    client.force_login(ek)
    assert page(client).select(".go") == []


def test_more_than_six_are_on_a_page_of_their_own(desk, ban_nong_bua, course):
    crowd(ban_nong_bua, course, 60)
    html = page(desk)
    assert len(html.select("#needs li")) == 12  # stuck, and away
    assert "See everybody" in text(html.find(id="needs"))
    assert len(html.select("#tasks li")) == 6
    assert len(page(desk, HELP).select("main .rows li")) == 50
    assert len(page(desk, HELP, page=4).select("main .rows li")) == 30
    assert len(page(desk, HELP, why="away", page=2).select("main .rows li")) == 10


def test_the_list_can_be_by_name(desk, ban_nong_bua, course):
    crowd(ban_nong_bua, course, 3)
    names = [need.name for need in desk.get(HELP, {"sort": "name"}).context["needs"]]
    assert names == [f"คนที่ {n}" for n in (0, 0, 0, 1, 1, 1, 2, 2, 2)]


@pytest.mark.parametrize("query", ["why=%00", "why=x", "sort=%00", "page=-1", "page=" + "9" * 4999])
def test_an_odd_question_is_answered(desk, stuck, query):
    assert desk.get(f"{HELP}?{query}").status_code == 200


def test_300_learners_cost_no_more_than_eight_queries(desk, ban_nong_bua, course, device, somsri, did, sits_at):
    crowd(ban_nong_bua, course, 300)
    did(somsri, course.lessons()[0], "started", ago=40)
    sits_at(somsri, device)
    desk.get(TODAY)  # that somebody looked is written down once an hour
    with CaptureQueriesContext(connection) as asked:
        assert len(desk.get(TODAY).context["needs"]) == 12
    assert len(asked) <= 8, "\n".join(query["sql"][:400] for query in asked)


def test_lessons_of_the_centres_own_courses_that_wait_to_be_reviewed_are_told(
    desk, ban_nong_bua, ban_pua, write_course
):
    """One, none or many, of this centre only, by as many queries; and for how long the first of them has waited."""
    local = write_course("ทอผ้าบ้านเรา", lessons=3, centre=ban_nong_bua)
    LessonReview.objects.create(lesson=write_course("ที่อื่น", centre=ban_pua).lessons()[0])
    desk.get(TODAY)
    found = []
    for number in (0, 1, 3):
        for place, lesson in enumerate(local.lessons()[:number]):
            since = timezone.now() - timedelta(days=4 - place, minutes=1)
            LessonReview.objects.get_or_create(lesson=lesson, defaults={"submitted_at": since})
        with CaptureQueriesContext(connection) as asked:
            answer = desk.get("/en/desk/")
        assert answer.context["day"]["reviews"] == number
        assert ("Lessons in review" in answer.text) == ("waits for 4 days" in answer.text) == bool(number)
        found.append(len(asked))
    assert len(set(found)) == 1 and found[0] <= 8


def test_the_list_of_300_costs_as_much_as_of_one(desk, ban_nong_bua, course):
    crowd(ban_nong_bua, course, 1)
    desk.get(HELP)
    found = []
    for more in (0, 299):
        crowd(ban_nong_bua, course, more)
        with CaptureQueriesContext(connection) as asked:
            desk.get(HELP)
        found.append(len(asked))
    assert found[0] == found[1] <= 8


def test_nobody_is_named_to_who_does_not_look_after_them(client, kham, wipha, fah, stuck, somsri):
    client.force_login(kham)
    assert somsri.name not in client.get(TODAY).text
    assert client.get(f"{TODAY}?centre=TH-32-0001").status_code == 404
    assert client.get(f"{HELP}?centre=TH-32-0001").status_code == 404
    for person in (wipha, somsri, fah):
        client.force_login(person)
        assert client.get(TODAY).status_code == client.get(HELP).status_code == 404


def test_looking_at_names_is_written_down_once_an_hour(desk, nok, ban_nong_bua, stuck):
    for _ in range(3):
        desk.get(TODAY)
        desk.get(HELP)
    looked = AuditEntry.objects.filter(actor=nok.pk, action="listed", centre=ban_nong_bua)
    assert sorted(looked.values_list("detail", flat=True)) == ["help", "today"]


def test_what_refreshes_itself_holds_no_form(desk, stuck):
    html = page(desk)
    assert html.select_one("[data-live-every='30']")
    live = html.select("[data-live][id]")
    assert {section["id"] for section in live} == {"needs", "tasks", "figures", "seats", "left", "as-of"}
    assert not [form for section in live for form in section.select("form, input")]


def test_the_first_page_of_a_caretaker_is_today(desk):
    assert desk.get("/")["Location"] == TODAY


def test_who_cares_for_two_centres_sees_one_at_a_time(desk, nok, ban_pua, fah, somsri, course, did):
    """With two centres, each page is of one of them."""
    ban_pua.appoint_caretaker(nok)
    for learner in (somsri, fah):
        did(learner, course.lessons()[0], "started", ago=30 * 24 * 60)
    assert [need.name for need in desk.get(TODAY, {"centre": ban_pua.code}).context["needs"]] == [fah.name]
