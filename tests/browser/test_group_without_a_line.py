"""A group goes on without a line: somebody new comes by a code to be checked later, and a closed page loses nothing."""

import json
import re

from tests.browser.conftest import PC
from tests.browser.lines import wait_until_sent, waiting
from tests.browser.test_accessibility import check
from tests.browser.test_together import CAST, GROUP, events, on_to_a_question

MEMBERS = """
from courses.models import GroupMember
for each in GroupMember.objects.order_by("joined_at"):
    print(each.learner.name, "left" if each.left_at else "here")
"""


def test_who_comes_without_a_line_counts_once_their_code_was_checked(open_page, live_site, people, sign_in_learner):
    live_site.shell(CAST)
    screen, found = open_page(PC), []
    sign_in_learner(screen, people)
    begin(screen)
    address = screen.url
    screen.context.set_offline(True)
    screen.wait_for_selector("[data-cut]:not([hidden])")
    comes(screen, "ป้าคนใหม่", ("fish", "lotus", "mango"))
    comes(screen, "ลุงบัตรเดียว", ("fish", "fish", "fish"))
    assert "จะตรวจรหัสเมื่อมีเน็ต" in screen.inner_text("#coming-in")
    answer(screen)
    assert "ทั้ง 3 คน" in screen.inner_text("[data-who]")
    found += check(screen, "somebody new without a line")
    kept = json.dumps(waiting(screen), ensure_ascii=False)
    assert len(waiting(screen)) == 5  # two came, three answered
    assert not any(word in kept for word in ("ป้าคนใหม่", "lotus", people["newcomer"]))
    screen.click("[data-people] >> text=ป้าคนใหม่")  # she goes
    while len(waiting(screen)) < 6:
        screen.wait_for_timeout(50)
    screen.close()

    screen = screen.context.new_page()
    screen.context.set_offline(False)
    screen.goto(address)
    wait_until_sent(screen)
    rows = [(name, verb) for name, verb, *_rest in events(live_site) if name != "ป้าสมศรี"]
    assert rows == [("ป้าคนใหม่", "started"), ("ป้าคนใหม่", "answered")]
    assert live_site.shell(MEMBERS).splitlines() == ["ป้าสมศรี here", "ป้าคนใหม่ left"]
    screen.wait_for_selector("[data-turned-away] >> text=รหัสลับไม่ตรง")
    found += check(screen, "a code that did not fit")
    the_code_fits_while_the_page_is_open(screen)
    the_group_ends_without_a_line(screen)
    assert sorted(name for name, verb, *_rest in events(live_site) if verb == "finished") == ["ป้าสมศรี", "ลุงบัตรเดียว"]
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"
    assert found == []


def begin(screen):
    screen.goto("/courses/phone-and-internet/know-your-phone/")
    screen.click("text=เรียนเป็นกลุ่ม")
    screen.click(".bar .go")
    screen.wait_for_url(re.compile(r"/people/$"))
    screen.click(".bar .go")
    screen.wait_for_url(GROUP)
    screen.wait_for_selector("#newcomers li", state="attached")


def comes(screen, name, pictures):
    screen.click("[data-coming] summary")
    screen.fill("#newcomer-name", name)
    screen.click(f"#newcomers >> text={name}")
    assert screen.evaluate("() => [...document.querySelectorAll('[data-coming] img')].every((img) => img.naturalWidth)")
    for picture in pictures:
        screen.click(f"[data-coming] button[value={picture}]")
    screen.wait_for_selector(f"#coming-in >> text={name}")


def answer(screen):
    on_to_a_question(screen)
    screen.locator("[data-stage] .choice").first.click()
    screen.click("[data-who] button")
    screen.wait_for_selector("[data-stage] .note[data-outcome]", timeout=20_000)


def the_code_fits_while_the_page_is_open(screen):
    screen.wait_for_selector("#newcomers li", state="attached")
    screen.context.set_offline(True)
    comes(screen, "ลุงบัตรเดียว", ("fish", "lotus", "mango"))
    answer(screen)
    screen.context.set_offline(False)
    screen.wait_for_selector("#here >> text=ลุงบัตรเดียว")  # by itself
    assert "ลุงบัตรเดียว" not in screen.inner_text("#coming-in")


def the_group_ends_without_a_line(screen):
    screen.context.set_offline(True)
    while screen.locator(".bar form[data-go='1'] button").is_visible():
        screen.click("form[data-go='1'] button")
    screen.click(".bar form[data-end] button")
    screen.wait_for_selector("[data-stage] .note.good")
    screen.context.set_offline(False)
    screen.wait_for_selector(".shares >> text=ลุงบัตรเดียว")  # by itself, who takes home what
