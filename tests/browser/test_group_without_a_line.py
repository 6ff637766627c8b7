"""A group goes on without a line: somebody new comes by a code to be checked later, and a closed page loses nothing."""

import json
import re

from lms.accounts import thai
from tests.browser.conftest import PC
from tests.browser.keeping import keep_whole_course, link_phone, wait_until_kept, worker_ready
from tests.browser.lines import dump, wait_until_sent, wait_until_waiting, waiting
from tests.browser.test_accessibility import check
from tests.browser.test_together import CAST, GROUP, events, on_to_a_question

PIN = """
set_code(card, "pin", "460812")
"""
MEMBERS = """
from courses.models import GroupMember
for each in GroupMember.objects.order_by("joined_at"):
    print(each.learner.name, "left" if each.left_at else "here")
"""


def test_who_comes_without_a_line_counts_once_their_code_was_checked(open_page, live_site, people, sign_in_learner):
    card = json.loads(live_site.shell(CAST + PIN))["card"]
    screen, found = open_page(PC), []
    sign_in_learner(screen, people)
    here_it_waits_for_the_line(screen)
    begin(screen)
    address = screen.url
    screen.context.set_offline(True)
    screen.wait_for_selector("[data-cut]:not([hidden])")
    comes(screen, "ป้าคนใหม่", ("fish", "lotus", "mango"))
    comes(screen, "ลุงบัตรเดียว", pin="111222")
    assert "จะตรวจรหัสเมื่อมีเน็ต" in screen.inner_text("#coming-in")
    answer(screen)
    assert "ทั้ง 3 คน" in screen.inner_text("[data-who]")
    found += check(screen, "somebody new without a line")
    wait_until_waiting(screen, 5)  # two came, three answered
    kept = json.dumps(waiting(screen), ensure_ascii=False)
    assert not any(word in kept for word in ("ป้าคนใหม่", "lotus", people["newcomer"]))
    screen.click("[data-people] >> text=ป้าคนใหม่")  # she goes
    wait_until_waiting(screen, 6)
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
    the_code_fits_while_the_page_is_open(screen, card)
    the_group_ends_without_a_line(screen)
    assert sorted(name for name, verb, *_rest in events(live_site) if verb == "finished") == ["ป้าสมศรี", "ลุงบัตรเดียว"]
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"
    assert found == []


def here_it_waits_for_the_line(screen):
    """On a centre's machine nothing is kept of which a group could begin that was not open, and the screen says so."""
    worker_ready(screen)
    screen.goto("/courses/phone-and-internet/know-your-phone/")
    screen.context.set_offline(True)
    screen.click("text=เรียนเป็นกลุ่ม")
    screen.wait_for_selector("[data-no-group] >> text=เริ่มได้เมื่อมีเน็ต")
    assert not screen.locator("[data-no-page]").first.is_visible()
    screen.context.set_offline(False)


def begin(screen):
    screen.goto("/courses/phone-and-internet/know-your-phone/")
    screen.click("text=เรียนเป็นกลุ่ม")
    screen.click(".bar .go")
    screen.wait_for_url(re.compile(r"/people/$"))
    screen.click(".bar .go")
    screen.wait_for_url(GROUP)
    if screen.viewport_size == PC:  # a centre's machine, and no phone
        screen.wait_for_selector("#newcomers li", state="attached")


def comes(screen, name, pictures=(), pin="", scanned=""):
    screen.click("[data-coming] summary")
    screen.fill("#newcomer-name", scanned or name)
    if scanned:
        screen.keyboard.press("Enter")  # as scanners do
        assert screen.inner_text("[data-coming] [data-whom]") == name
    else:
        screen.click(f"#newcomers >> text={name}")
    assert screen.evaluate("() => [...document.querySelectorAll('[data-coming] img')].every((img) => img.naturalWidth)")
    for picture in pictures:
        screen.click(f"[data-coming] button[value={picture}]")
    if pin:
        screen.fill("#newcomer-pin", pin)
        screen.keyboard.press("Enter")
    screen.wait_for_selector(f"#coming-in >> text={name}")


def answer(screen):
    on_to_a_question(screen)
    screen.locator("[data-stage] .choice").first.click()
    screen.click("[data-who] button")
    screen.wait_for_selector("[data-stage] .note[data-outcome]", timeout=60_000)


def the_code_fits_while_the_page_is_open(screen, card):
    screen.wait_for_selector("#newcomers li", state="attached")
    screen.context.set_offline(True)
    on_thai_keys = f"https://sala.example/card/{card}/".translate(str.maketrans(thai.ENGLISH_KEYS, thai.THAI_KEYS))
    comes(screen, "ลุงบัตรเดียว", pin="๔๖๐๘๑๒", scanned=on_thai_keys)
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


def test_on_an_own_phone_the_page_opens_again_without_a_line(open_page, live_site):
    phone = open_page()
    link_phone(phone, live_site)
    wait_until_kept(phone, "/kept/together/")
    begin(phone)
    answer(phone)
    step, address = phone.inner_text(".where"), phone.url
    phone.wait_for_timeout(1000)
    assert is_saved(phone)
    phone.close()
    live_site.kill()

    phone = phone.context.new_page()
    phone.goto(address)
    phone.wait_for_selector("[data-stage] .where")
    assert (phone.inner_text(".where"), phone.inner_text("#here ul")) == (step, "ป้าสมศรี")
    assert check(phone, "a group on a phone, opened without a line") == []
    answer(phone)
    wait_until_waiting(phone, 1)
    assert "ป้าสมศรี" not in json.dumps(dump(phone), ensure_ascii=False)

    live_site.start()
    phone.goto(address)
    wait_until_sent(phone)
    assert [verb for _name, verb, *_rest in events(live_site)].count("answered") == 2
    phone.click("header form[data-sign-out] button")
    phone.wait_for_url(re.compile("/who/"))
    assert not is_saved(phone)


def is_saved(page):
    return any(row["name"] == "group" for row in dump(page)["state"])


def test_a_group_begins_without_a_line_on_an_own_phone(open_page, live_site):
    cast = json.loads(live_site.shell(CAST))
    phone = open_page()
    link_phone(phone, live_site)
    lesson = "/courses/phone-and-internet/know-your-phone/"
    keep_whole_course(phone, "/courses/phone-and-internet/")
    wait_until_kept(phone, f"/kept{lesson}together/")
    live_site.kill()

    phone.goto(lesson)
    wait_until_waiting(phone, 1)  # that she opened it
    assert phone.get_attribute("text=เรียนเป็นกลุ่ม", "href") == f"/kept{lesson}together/"
    phone.goto(f"/together/new/?lesson={cast['lesson']}")  # as from a page that was opened with a line
    phone.wait_for_url(f"**/kept{lesson}together/")
    phone.click(".bar .go")
    phone.wait_for_selector("[data-stage] .where")
    found = check(phone, "a group begun without a line")
    types(phone, f"https://sala.example/card/{cast['card']}/", ("fish", "lotus", "mango"), shown="บัตรสมาชิก")
    types(phone, "ป้ามือถือ", ("fish", "fish", "fish"))
    answer(phone)
    found += check(phone, "who typed their name, before they are known")
    wait_until_waiting(phone, 7)  # she opened the lesson, the group began, two came, three answered
    assert not any(word in json.dumps(dump(phone), ensure_ascii=False) for word in (cast["card"], "ป้ามือถือ", "lotus"))
    step, address = phone.inner_text(".where"), phone.url
    phone.wait_for_timeout(1000)  # until the page is kept
    phone.close()

    phone = phone.context.new_page()
    phone.goto(address)
    phone.wait_for_selector("#coming-in >> text=บัตรสมาชิก")
    phone.fill("#newcomer-called", "ป้า")  # somebody is typing while the line comes back
    live_site.start()
    phone.evaluate("dispatchEvent(new Event('online'))")
    wait_until_sent(phone)
    assert phone.url.endswith(address)
    phone.fill("#newcomer-called", "")
    phone.wait_for_url(GROUP)  # the server's own page of it, by itself
    assert phone.inner_text(".where") == step
    phone.wait_for_selector("#here >> text=ลุงบัตรเดียว")
    phone.wait_for_selector("[data-turned-away] >> text=ชื่อกับรหัสลับไม่ตรงกัน")
    rows = sorted((name, verb) for name, verb, *_rest in events(live_site))
    assert rows == [(name, verb) for name in ("ป้าสมศรี", "ลุงบัตรเดียว") for verb in ("answered", "started")]
    assert found == []


def types(screen, name, pictures, shown=""):
    screen.fill("#newcomer-called", name)
    screen.click("[data-typed] button")
    assert screen.evaluate("() => [...document.querySelectorAll('[data-coming] img')].every((img) => img.naturalWidth)")
    for picture in pictures:
        screen.click(f"[data-coming] button[value={picture}]")
    screen.wait_for_selector(f"#coming-in >> text={shown or name}")
