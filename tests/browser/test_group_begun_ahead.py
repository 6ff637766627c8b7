"""A group begins without a line: on what a course has for groups, and on a page that was open already."""

import json
import re

from tests.browser.conftest import PC, PHONE
from tests.browser.keeping import IS_KEPT, keep_whole_course, kept, link_phone, until, wait_until_kept, worker_ready
from tests.browser.lines import dump, wait_until_sent, waiting
from tests.browser.test_accessibility import check
from tests.browser.test_group_without_a_line import MEMBERS, types
from tests.browser.test_together import CAST, GROUP, answered, events, on_to_a_question

COURSE = "/courses/phone-and-internet/"
LESSON = f"{COURSE}know-your-phone/"
TOGETHER = f"/kept/together{COURSE.removeprefix('/courses')}"
BUTTON = "a.btn:has-text('เรียนเป็นกลุ่ม')"
TAPS = "fish", "lotus", "mango"
HELPER = """
from lms.accounts.models import User
somsri = User.objects.get(name="ป้าสมศรี")
somsri.memberships.create(centre=somsri.home.centre, role="helper", started_on="2020-01-01")
"""
LED = """
from courses.models import GroupSession
for each in GroupSession.objects.order_by("started_at"):
    print(each.facilitator.name, each.lesson is not None, each.mode, each.centre.code)
"""
ANSWERED_ALONE = """
from courses.models import LearningEvent
print(LearningEvent.objects.filter(session=None, verb="answered").count())
"""
HELD = "() => document.querySelector('[data-ahead][data-held]') !== null"


def without_a_line(page):
    """All that the page fetches ahead is here, then the line goes."""
    until(page, HELD)
    page.context.set_offline(True)
    page.wait_for_selector("[data-ahead-ready] >> visible=true")


def back_with_the_line(page, site):
    page.context.set_offline(False)
    page.wait_for_url(GROUP)
    page.wait_for_selector("header form[data-sign-out]", state="attached")  # the server's own page of it, by itself
    wait_until_sent(page)


def test_a_courses_activity_begins_without_a_line_on_an_own_phone(open_page, live_site):
    live_site.shell(CAST)
    phone = open_page()
    link_phone(phone, live_site)
    keep_whole_course(phone, COURSE)
    wait_until_kept(phone, TOGETHER)
    phone.goto(COURSE)
    link = phone.get_attribute(BUTTON, "href")
    live_site.kill()
    phone.goto(link)  # from a page that was opened with a line
    phone.wait_for_url(f"**{TOGETHER}")
    phone.goto(COURSE)
    assert phone.locator(f"a[href='{TOGETHER}']").count() == 1
    phone.goto(TOGETHER)
    found = check(phone, "where a course's activity begins")
    phone.click(".bar .go")
    phone.wait_for_selector("[data-stage] .where")
    types(phone, "ลุงบัตรเดียว", TAPS)
    phone.click("form[data-go='1'] button")
    found += check(phone, "a course's activity begun without a line")
    assert len(waiting(phone)) == 2  # it began, and one came
    to_the_end(phone)
    live_site.start()
    phone.evaluate("dispatchEvent(new Event('online'))")
    phone.wait_for_url(GROUP)
    phone.wait_for_selector(".shares >> text=ลุงบัตรเดียว")
    assert live_site.shell(MEMBERS).splitlines() == ["ป้าสมศรี here", "ลุงบัตรเดียว here"]
    assert events(live_site) == []  # to have been there is all
    assert found == []


def to_the_end(page):
    while page.locator(".bar form[data-go='1'] button").is_visible():
        page.click("form[data-go='1'] button")
    page.click(".bar form[data-end] button")
    page.wait_for_selector("[data-stage] .note.good")


def test_a_helper_at_a_centres_machine_begins_from_the_page_that_is_open(open_page, live_site, people, sign_in_learner):
    live_site.shell(CAST + HELPER)
    screen, found = open_page(PC), []
    sign_in_learner(screen, people)
    worker_ready(screen)
    screen.goto(LESSON)
    without_a_line(screen)
    screen.click(BUTTON)
    screen.wait_for_selector("form[data-begin]")
    screen.click("[data-back]")
    assert screen.locator("article[data-lesson]").count() == 1  # as it was
    assert screen.evaluate("() => document.body.dataset.idle") == "600"
    screen.click(BUTTON)
    found += check(screen, "a group begins on a lesson's page")
    screen.check("[name=mode][value=one_by_one]")
    screen.click(".bar .go")
    types(screen, "ลุงบัตรเดียว", TAPS)
    types(screen, "ป้ามือถือ", ("fish", "fish", "fish"))
    assert screen.locator("#newcomers").count() == 0  # nobody's name is offered
    one_answers(screen, "ลุงบัตรเดียว")
    found += check(screen, "a group begun on a lesson's page")
    assert len(waiting(screen)) == 4  # it began, two came, one answered
    assert not any(name in at_rest(screen) for name in ("ลุงบัตรเดียว", "ป้ามือถือ", "ป้าสมศรี", "lotus"))
    back_with_the_line(screen, live_site)
    screen.wait_for_selector("#here >> text=ลุงบัตรเดียว")
    screen.wait_for_selector("[data-turned-away] >> text=ชื่อกับรหัสลับไม่ตรงกัน")
    rows = sorted((name, verb) for name, verb, *_rest in events(live_site))
    assert rows == [("ป้าสมศรี", "started"), ("ลุงบัตรเดียว", "answered"), ("ลุงบัตรเดียว", "started")]
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"
    assert found == []


def one_answers(screen, name):
    on_to_a_question(screen)
    screen.locator("[data-stage] .choice").first.click()
    screen.click(f"[data-who] >> text={name}")
    screen.wait_for_selector("[data-stage] .note[data-outcome]", timeout=60_000)


def at_rest(page):
    """All that lies on the machine's disk, readable as it is."""
    caches = "".join(f"{path} {text}" for path, text in kept(page).items())
    stores = page.evaluate("() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])")
    return json.dumps(dump(page), ensure_ascii=False) + caches + stores


def test_a_caretaker_begins_from_a_courses_page_that_is_open(open_page, live_site, sign_in_staff):
    live_site.shell(CAST)
    screen, found = open_page(PHONE), []
    sign_in_staff(screen, "nok")
    worker_ready(screen)
    screen.goto(COURSE)
    without_a_line(screen)
    found += check(screen, "a course's page without a line")
    screen.click(BUTTON)
    screen.click("[data-back]")
    assert screen.get_attribute("body", "data-learner") is None  # who leads learns nothing here
    screen.click(BUTTON)
    screen.click(".bar .go")
    screen.wait_for_selector("#here >> text=ยังไม่มีใครเข้ากลุ่ม")
    types(screen, "ลุงบัตรเดียว", TAPS)
    assert screen.locator("#here >> text=ยังไม่มีใครเข้ากลุ่ม").is_hidden()
    found += check(screen, "a group of a caretaker, begun without a line")
    address = screen.url
    assert GROUP.search(address)
    screen.close()  # before anything is sent

    screen = screen.context.new_page()
    screen.context.set_offline(False)
    screen.goto("/desk/")
    wait_until_sent(screen)
    screen.goto(address)
    screen.wait_for_selector("#here >> text=ลุงบัตรเดียว")
    assert live_site.shell(MEMBERS).splitlines() == ["ลุงบัตรเดียว here"]
    assert live_site.shell(LED).split()[1:3] == ["False", "all"]
    assert found == []


def test_a_caretaker_answers_with_those_who_came_to_a_lesson(open_page, live_site, sign_in_staff):
    live_site.shell(CAST)
    screen = open_page(PC)
    sign_in_staff(screen, "nok")
    worker_ready(screen)
    screen.goto(LESSON)
    screen.click(BUTTON)
    screen.wait_for_url(re.compile("/together/new/"))  # with a line it is asked for there
    without_a_line(screen)
    screen.check("[name=mode][value=one_by_one]")
    screen.click(".bar .go")  # begins at once, as it was chosen
    types(screen, "ลุงบัตรเดียว", TAPS)
    one_answers(screen, "ลุงบัตรเดียว")
    assert len(waiting(screen)) == 3
    back_with_the_line(screen, live_site)
    rows = sorted((name, verb) for name, verb, *_rest in events(live_site))
    assert rows == [("ลุงบัตรเดียว", "answered"), ("ลุงบัตรเดียว", "started")]
    assert live_site.shell(LED).split()[1:3] == ["True", "one_by_one"]


def test_any_member_at_a_centres_machine_begins_from_the_page_that_is_open(
    open_page, live_site, people, sign_in_learner
):
    live_site.shell(CAST)
    alone = live_site.shell(ANSWERED_ALONE)
    screen = open_page(PC)
    sign_in_learner(screen, people)
    worker_ready(screen)
    for address in (COURSE, LESSON):
        screen.goto(address)
        without_a_line(screen)
        screen.click(BUTTON)
        screen.wait_for_selector("form[data-begin]", state="attached")
        screen.context.set_offline(False)
    screen.goto(LESSON)
    without_a_line(screen)
    screen.click(BUTTON)
    screen.click(".bar .go")
    types(screen, "ลุงบัตรเดียว", TAPS)
    answer_together(screen)
    assert len(waiting(screen)) == 4  # it began, one came, and what both answered: nothing more is said of who leads
    assert not any(name in at_rest(screen) for name in ("ลุงบัตรเดียว", "ป้าสมศรี", "lotus"))
    back_with_the_line(screen, live_site)
    screen.wait_for_selector("#here >> text=ลุงบัตรเดียว")
    assert answered(live_site) == ["ป้าสมศรี", "ลุงบัตรเดียว"]
    assert live_site.shell(ANSWERED_ALONE) == alone  # the lesson's own page, under the group's, takes no answer
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"


def answer_together(screen):
    on_to_a_question(screen)
    screen.locator("[data-stage] .choice").first.click()
    screen.click(
        "[data-stage] form[data-answer] button[type=submit], [data-stage] form[data-answer] button:not([type])"
    )
    screen.wait_for_selector("[data-stage] .note[data-outcome]", timeout=60_000)


def test_what_is_fetched_ahead_is_kept_by_nobody(open_page, live_site, sign_in_staff):
    screen = open_page(PC)
    sign_in_staff(screen, "nok")
    worker_ready(screen)
    screen.goto(COURSE)
    until(screen, HELD)
    assert not screen.evaluate("async () => (await caches.keys()).some((name) => name.startsWith('sala-kept'))")
    assert not screen.evaluate(IS_KEPT, "/together/ahead/")
    assert dump(screen)["phone"] == dump(screen)["events"] == []
    screen.context.set_offline(True)
    screen.goto(COURSE)  # what lay in the page is gone with it
    assert "หน้านี้ไม่ได้เก็บไว้" in screen.inner_text("h1")
