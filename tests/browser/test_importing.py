"""Every step of a list that is brought in, as the caretaker sees it; and a token just after it was made."""

import re

from tests.browser.conftest import PHONE
from tests.browser.test_accessibility import check, press

HEAD = "ชื่อเรียก,นามสกุล,ช่วงอายุ\n"
WITH_FAULTS = f"{HEAD}ป้าสมศรี,,60+\nลุงมาใหม่,,60+\nน้องเล็ก,,11-19\nคนไม่มีอายุ,,เก่าแก่\n"
LONG = HEAD + "".join(f"คนที่มากับไฟล์ {n},,60+\n" for n in range(250))


def test_every_step_of_an_import_can_be_used_by_everybody(open_page, sign_in_staff):
    page, found = open_page(PHONE, service_workers="block"), []  # a worker would bring the script that is stopped
    sign_in_staff(page, "nok")
    page.goto("/desk/import/")
    send(page, "ไม่ใช่รายชื่อ")
    found += check(page, "a file that cannot be used")
    send(page, WITH_FAULTS)
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/"))
    assert "ป้าสมศรี" in page.inner_text("#choices") and "เก่าแก่" in page.inner_text("main")
    found += check(page, "the preview, with problems and a duplicate")
    page.click(".bar button.go")
    page.wait_for_selector("#undo")
    found += check(page, "the list is in")
    page.click("section[aria-labelledby=undo] button")
    page.wait_for_selector("#undo", state="detached")
    found += check(page, "the list was taken back")
    found += a_long_list_goes_in_by_itself(page)
    assert found == []


def a_long_list_goes_in_by_itself(page):
    """Three presses, of which the page makes two by itself; half-way it is stopped to be looked at."""
    page.goto("/desk/import/")
    send(page, LONG)
    page.wait_for_url(re.compile(r"/import/[0-9a-f-]{36}/"))
    page.route("**/js/go_on*.js", lambda route: route.abort())
    page.click(".bar button.go")
    page.wait_for_selector("progress")
    found = check(page, "half-way in")
    page.unroute("**/js/go_on*.js")
    page.reload()
    page.wait_for_selector("#undo")
    assert "250" in page.inner_text(".figures")
    return found


def test_a_token_just_made_can_be_used_by_everybody(open_page, sign_in_staff):
    page = open_page(PHONE)
    sign_in_staff(page, "nok")
    page.goto("/desk/tokens/")
    page.fill("input[name=name]", "ระบบของอำเภอ")
    page.click("section[aria-labelledby=make] button")
    page.wait_for_selector("#text")
    assert check(page, "a token just made") == []


def send(page, text):
    page.set_input_files("input[type=file]", {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()})
    press(page, ".bar button.go")
