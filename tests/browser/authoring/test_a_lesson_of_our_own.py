"""A village's lesson, from the first press to a learner without a line: the way that the studio is for."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.authoring.writing import OTHER_CARETAKER, TITLE, Author
from tests.browser.conftest import PHONE
from tests.browser.keeping import keep_whole_course, link_phone, until
from tests.chromium import launch
from tests.photos import SECRET, photo

MOST_ACTIONS = 25
FAKE_MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
SAID = {
    "title": TITLE,
    "story": "แม่แดงตากกล้วยตอนกล้วยถูก เก็บไว้กินได้ทั้งเดือน ลูกหลานชอบ",
    "steps": "ปอกเปลือก\nล้างน้ำเกลือ\nวางบนตะแกรง\nตากแดด 5 วัน",
}
FIELD = "[...document.querySelectorAll('form input')].find((each) => each.value === words)"
WHERE = """
import json
from courses.models import LessonPage
lesson = LessonPage.objects.get(title__contains="แม่แดง")
print(json.dumps({"key": str(lesson.key), "pk": lesson.pk, "live": lesson.live, "slug": lesson.slug,
                  "course": lesson.course.slug, "readings": lesson.readings.count()}))
"""


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = launch(playwright, *FAKE_MICROPHONE)
        yield browser
        browser.close()


def test_a_caretaker_makes_a_lesson_which_is_mended_published_and_learned_without_a_line(
    open_page, live_site, sign_in_staff
):
    live_site.shell(OTHER_CARETAKER)
    page = open_page(PHONE, permissions=["microphone"])
    sign_in_staff(page, "nok")
    author = Author(page)
    makes(author)
    made = json.loads(live_site.shell(WHERE))
    assert not made["live"]
    assert author.actions <= MOST_ACTIONS, f"{author.actions} actions"
    nothing_tells_where_the_photo_was_taken(live_site)

    other = open_page()
    sign_in_staff(other, "kham")
    finds_nothing(other, made)

    core = open_page()
    sign_in_staff(core, "ek")
    comments_and_sends_back(core)
    mends(page, made["key"])
    core.goto("/studio/reviews/")
    core.click(f"main a:has-text('{TITLE}')")
    assert "ตากแดด 6 วัน" in said(core, "main")
    with core.expect_navigation():
        core.click(".bar .go")
    finds_nothing(other, made)  # published, and still another village's

    learns_without_a_line(open_page(), live_site, json.loads(live_site.shell(WHERE)))


def makes(author):
    page = author.page
    author.begin()
    author.fill(SAID)
    author.take_photo("กล้วยบนตะแกรงไม้ไผ่กลางแดด")
    author.see()
    author.ask()
    author.press("main a[href*='/voice/']", "**/studio/voice/**")
    part = page.locator("form[data-recorder]").first
    author.actions += 3  # record, stop, keep
    part.locator("[data-record]").click()
    page.wait_for_timeout(2500)
    part.locator("[data-stop]").click()
    assert page.evaluate("form => form.querySelector('audio').src.startsWith('blob:')", part.element_handle())
    with page.expect_navigation():
        part.locator("button.go").click()
    sound = page.locator("audio[data-kept]").first.get_attribute("src")
    author.press("main a[href*='/studio/lessons/']", "**/studio/lessons/**")
    assert page.evaluate("async (url) => (await fetch(url)).headers.get('Content-Type')", sound) == "audio/mp4"
    author.press(".bar .go", "**/studio/**")


def nothing_tells_where_the_photo_was_taken(site):
    assert SECRET in photo(), "the photo that is sent tells nothing"
    kept = [path for path in Path(site.folder, "media").rglob("*") if path.is_file()]
    photos = [path for path in kept if path.suffix in (".jpg", ".jpeg", ".webp", ".png")]
    assert photos
    assert [path for path in kept if SECRET in path.read_bytes() or b"Exif" in path.read_bytes()] == []


def finds_nothing(page, made):
    for path in (f"lessons/{made['key']}/", f"media/{made['key']}/", f"pages/{made['pk']}/edit/"):
        answer = page.goto(f"/studio/{path}")
        assert answer.status == 404, path
    for path in ("", "reviews/"):
        page.goto(f"/studio/{path}")
        assert TITLE not in page.inner_text("main")


def comments_and_sends_back(page):
    page.goto("/studio/reviews/")
    page.click(f"main a:has-text('{TITLE}')")
    part = page.locator(".part[data-kind]", has_text="ตากแดด 5 วัน").last
    part.locator("summary", has_text=re.compile("พูดถึง|บอก|ความเห็น|ส่วนนี้")).click()
    part.locator("textarea").fill("หน้าฝนต้องหกวันค่ะ")
    with page.expect_navigation():
        part.locator("form button").click()
    page.fill("#send-back textarea", "ดีมากค่ะ แก้จำนวนวันนิดเดียว")
    with page.expect_navigation():
        page.click("#send-back button")


def mends(page, key):
    page.goto("/studio/")
    page.click(f"main a:has-text('{TITLE}')")
    page.click(f"main a[href='/studio/lessons/{key}/review/'], .bar a[href='/studio/lessons/{key}/review/']")
    assert "หน้าฝนต้องหกวันค่ะ" in page.inner_text("main")
    page.click("main a[href$='/edit/'], .bar a[href$='/edit/']")
    until(page, f"(words) => Boolean({FIELD})", "ตากแดด 5 วัน")
    name = page.evaluate(f"(words) => {FIELD}.name", "ตากแดด 5 วัน")
    page.wait_for_timeout(2000)  # nobody types sooner; the editor looks at the form once it has settled
    with page.expect_response(saved_by_itself, timeout=60_000):
        page.fill(f"[name='{name}']", "ตากแดด 6 วัน")
    page.goto(f"/studio/lessons/{key}/review/")
    with page.expect_navigation():
        page.click(".bar .go")


def said(page, part):
    """Its words; a number stays with what it counts by a space that does not break."""
    return page.inner_text(part).replace("\xa0", " ")


def saved_by_itself(answer):
    return answer.request.method == "POST" and answer.url.endswith("/edit/")


def learns_without_a_line(phone, site, made):
    assert made["live"] and made["readings"] == 1
    link_phone(phone, site)
    keep_whole_course(phone, f"/courses/{made['course']}/")
    site.kill()
    phone.goto(f"/courses/{made['course']}/{made['slug']}/")
    assert TITLE in phone.inner_text("h1").replace("\n", "")
    assert "ตากแดด 6 วัน" in said(phone, "article")
    assert phone.locator("article figure img").first.evaluate("img => img.complete && img.naturalWidth > 0")
