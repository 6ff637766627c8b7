"""Lessons on a learner's own phone, opened while the site is away; and what a centre's machine keeps: nobody."""

import re
import time

import pytest

from tests.browser.answering import course
from tests.browser.conftest import PC
from tests.browser.keeping import (
    BEGUN,
    COURSE,
    LESSONS,
    keep_whole_course,
    kept,
    link_phone,
    paths,
    wait_until_gone,
    wait_until_kept,
    worker_ready,
)
from tests.browser.test_accessibility import check


@pytest.fixture
def phone(open_page, live_site):
    page = open_page()
    link_phone(page, live_site)
    return page


def test_kept_lessons_open_while_the_site_is_away_and_the_others_say_so(phone, live_site):
    found = []
    wait_until_kept(phone, f"/kept{BEGUN}")  # what was begun is kept by itself
    assert f"/kept{COURSE}" not in paths(phone)
    choose_and_take_off(phone, found)
    live_site.kill()
    kept_pages_open(phone)
    others_say_so(phone, found)
    phone = a_new_window(phone)
    phone.goto("/")
    assert "ไม่มีเน็ตก็เรียนได้" in phone.inner_text("h1")
    found += check(phone, "the phone's first page without a line")
    phone.click(f"a[href='{LESSONS[0]}']")
    answers_are_kept_and_shown_again(phone)
    live_site.start()
    the_worker_sends_them(phone, live_site)
    phone.goto(LESSONS[1])
    assert phone.locator("form[data-sign-out]").count() == 1, "the line is back, and the page is old"
    assert found == []


def choose_and_take_off(page, found):
    keep_whole_course(page)
    page.locator("[data-lesson-key] [data-kept]").nth(4).wait_for()
    assert page.locator("progress").is_hidden()
    page.click("[data-keeping] summary")
    second = page.locator("[data-rows] li").nth(1)
    second.locator("[data-drop]").click()
    second.locator("[data-keep]").wait_for()
    found += check(page, "choosing what is kept")
    assert f"/kept{LESSONS[0]}" in paths(page)
    assert f"/kept{LESSONS[1]}" not in paths(page)


def kept_pages_open(page):
    page.goto(LESSONS[0])
    page.reload()
    assert "บทที่ 1" in page.inner_text("main")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('20px Sala', 'ก'))")
    assert page.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    page.goto(f"/en{LESSONS[0]}")  # kept in Thai, and better than nothing
    assert "บทที่ 1" in page.inner_text("main")
    page.goto(COURSE)
    rows = page.locator("[data-lesson-key]")
    rows.nth(0).locator("[data-kept]").wait_for()
    rows.nth(1).locator("[data-not-kept]").wait_for()


def others_say_so(page, found):
    page.locator("[data-lesson-key] a").nth(1).click()
    page.wait_for_url(re.compile(LESSONS[1]))
    assert "หน้านี้ไม่ได้เก็บไว้" in page.inner_text("h1")
    page.locator(f"a[href='{LESSONS[0]}']").wait_for()
    found += check(page, "a page that is not kept")
    page.goto("/en/notebook/")
    assert "not kept here" in page.inner_text("h1")


def answers_are_kept_and_shown_again(page):
    """A kept page has nobody in it; what was answered here is laid over it."""
    card = page.locator("[data-activity]:has(input[type=radio])").first
    card.locator("input[type=radio]").first.check()
    card.locator("button.btn").last.click()
    card.locator("[role=status]").first.wait_for()
    said = card.locator("[role=status]").first.inner_text()
    page.reload()
    card.locator("[role=status]").first.wait_for()
    assert card.locator("[role=status]").first.inner_text() == said
    page.locator("[data-tell=waiting]").wait_for()
    assert re.search("รอส่ง [23] รายการ", page.locator("[data-tell=waiting]").inner_text())  # begun, and answered
    page.click("form[data-finish] button")
    page.locator("[data-finish-kept]").wait_for()  # the next one was taken off this phone


DONE = """
from courses.models import LearningEvent
hers = LearningEvent.objects.filter(learner__name="ป้าสมศรี", lesson={lesson!r})
print(sorted(hers.values_list("verb", flat=True)))
"""


def the_worker_sends_them(page, site):
    """As the browser asks it to when the line is back and no page is open."""
    page.goto("about:blank")
    line, found = page.context.new_cdp_session(page), []
    line.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    line.send("ServiceWorker.enable")
    page.wait_for_timeout(300)
    [registration] = [each for each in found if each["scopeURL"] == f"{site.url}/"][:1]
    order = {"origin": site.url, "registrationId": registration["registrationId"], "tag": "sala-outbox"}
    line.send("ServiceWorker.dispatchSyncEvent", order | {"lastChance": False})
    lesson = lesson_key(LESSONS[0])
    end = time.monotonic() + 60
    while "'finished'" not in (done := site.shell(DONE.format(lesson=lesson))):
        assert time.monotonic() < end, done
    assert set(re.findall(r"\w+", done)) == {"started", "answered", "finished"}
    assert done.count("answered") == done.count("finished") == 1


def lesson_key(path):
    return next(lesson["key"] for lesson in course("02-online-safety")[1] if lesson["slug"] == path.split("/")[-2])


def a_new_window(page):
    context = page.context
    page.close()
    return context.new_page()


def test_when_the_learner_signs_out_or_the_phone_is_unlinked_all_that_was_kept_goes(phone, live_site):
    wait_until_kept(phone, f"/kept{BEGUN}")
    phone.click("header form[data-sign-out] button")
    phone.wait_for_url(re.compile("/who/"))
    wait_until_gone(phone)
    link_phone(phone, live_site)
    wait_until_kept(phone, f"/kept{BEGUN}")
    live_site.shell("from lms.centres.models import Device\n[each.revoke() for each in Device.objects.all()]")
    phone.goto("/courses/")
    wait_until_gone(phone)


def test_what_was_cut_leaves_the_copy_before_and_goes_on_from_there(phone):
    keep_whole_course(phone)
    before = kept(phone)[f"sala-kept-pages /kept{LESSONS[0]}"]
    phone.click("[data-all] [data-drop]")
    phone.locator("[data-all] [data-keep]").wait_for()
    phone.route(f"**/kept{LESSONS[1]}", lambda route: route.abort())
    phone.click("[data-all] [data-keep]")
    phone.locator("[data-said]", has_text="เน็ตหลุด").wait_for()
    assert kept(phone)[f"sala-kept-pages /kept{LESSONS[0]}"] == before
    assert f"/kept{LESSONS[1]}" not in paths(phone)
    phone.unroute_all()
    phone.click("[data-all] [data-keep]")
    phone.locator("[data-all] [data-here]").wait_for()
    fill_the_phone(phone)
    phone.reload()
    phone.click("[data-all] [data-drop]")
    phone.click("[data-all] [data-keep]")
    phone.locator("[data-said]", has_text="ที่ว่างในมือถือไม่พอ").wait_for()
    assert f"/kept{BEGUN}" in paths(phone)


def fill_the_phone(page):
    """Chromium is told that this site may have as little as it has already."""
    usage = page.evaluate("navigator.storage.estimate().then(({ usage }) => usage)")
    line = page.context.new_cdp_session(page)
    origin = page.evaluate("location.origin")
    line.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": max(usage - 50_000, 1)})


def test_a_centres_machine_keeps_the_files_of_the_interface_and_nobody(open_page, people, sign_in_learner, live_site):
    page = open_page(PC)
    sign_in_learner(page, people)
    worker_ready(page)
    for address in (LESSONS[0], COURSE, "/notebook/", "/my-data/", "/"):
        page.goto(address)
    page.goto(f"{BEGUN}what-we-are-good-at/")
    page.locator("textarea").first.fill("ป้าทอผ้าไหมลายช้าง")
    page.locator("textarea").first.locator("xpath=ancestor::form").locator("button.btn").last.click()
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-keeping]").count() == 0
    everything = kept(page)
    assert {key.split(" ")[0].rsplit("-", 1)[0] for key in everything} == {"sala-shell"}
    pages = {key.split(" ")[1] for key in everything if "/static/" not in key}
    assert pages == {"/kept/none/", "/en/kept/none/", "/kept/check/", "/en/kept/check/"}
    for text in everything.values():
        assert people["name"] not in text and people["learner"] not in text and "ลายช้าง" not in text
    live_site.kill()
    page.goto(LESSONS[0])
    assert "หน้านี้ไม่ได้เก็บไว้" in page.inner_text("h1")
    assert page.locator("[data-some]").first.is_hidden()
