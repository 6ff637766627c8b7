"""Registering takes few presses, for the newcomer alone and for the caretaker."""

import re

import pytest

from tests.browser.conftest import PC

COUNT = (
    "addEventListener('click', (e) => { if (e.isTrusted) sessionStorage.n = Number(sessionStorage.n || 0) + 1 }, true)"
)


@pytest.fixture
def counting(open_page):
    """A page that counts how often it was pressed, over all its pages: counting(PC)."""

    def make(size, **options):
        page = open_page(size, **options)
        page.add_init_script(COUNT)
        return page

    return make


def choose_pictures(page):
    for picture in ("rooster", "lotus", "mango"):
        page.click(f"button[value={picture}]")
    page.click("button[name=keep]")


def presses(page):
    return int(page.evaluate("sessionStorage.n"))


def test_a_newcomer_types_a_name_and_presses_ten_times(counting, people, live_site):
    page = counting(PC)
    page.context.add_cookies([{"name": "sala_device", "value": people["device"], "url": live_site.url}])
    page.goto("/who/")
    page.click("text=คนใหม่ กดที่นี่")
    page.locator("input[name=name]:focus").wait_for()  # the cursor stands there already
    page.keyboard.type("ป้าคำแพง")
    page.click(".bar .go")
    page.click("button[value='40-59']")
    page.click(".bar .go")  # the centre's subdistrict
    page.click(".bar .go")  # the notice
    choose_pictures(page)
    page.wait_for_url("**/my-data/consents/?new=1")
    page.click(".bar .go")  # nothing more is allowed
    page.wait_for_url(f"{live_site.url}/")
    assert presses(page) <= 10
    assert "ป้าคำแพง" in page.inner_text("h1, header")


def test_the_caretaker_adds_an_elder_with_eight_presses(counting, sign_in_staff):
    page = counting(PC)
    sign_in_staff(page, "nok")
    page.goto("/desk/learners/new/")
    page.evaluate("sessionStorage.n = 0")
    page.locator("input[name=name]:focus").wait_for()
    page.keyboard.type("ยายคำ")
    page.click("label:has(input[value='60+'])")
    page.press("[name=name]", "Enter")  # goes on, and does not look for a subdistrict
    page.wait_for_url("**/code/?kind=pictures")
    choose_pictures(page)
    page.wait_for_url("**/consents/?new=1")
    page.click(".bar .go")
    page.wait_for_url(re.compile(r"/desk/learners/[0-9a-f-]+/$"))
    assert presses(page) <= 8


def test_without_javascript_a_newcomer_finds_another_subdistrict_and_is_in(open_page, people, live_site):
    page = open_page(java_script_enabled=False)
    page.context.add_cookies([{"name": "sala_device", "value": people["device"], "url": live_site.url}])
    page.goto("/who/new/")
    page.fill("[name=name]", "ลุงแสง")
    page.click(".bar .go")
    page.click("button[value='60+']")
    page.click("main summary")
    page.fill("[name=q]", "ท่าตูม")
    page.press("[name=q]", "Enter")
    page.click(".choice:has-text('ท่าตูม') >> nth=0")
    page.click(".bar .go")
    page.click(".bar .go")
    choose_pictures(page)
    page.wait_for_url("**/my-data/consents/?new=1")
    code = "from lms.centres.models import Learner; print(Learner.objects.get(name='ลุงแสง').home.subdistrict.name_th)"
    assert live_site.shell(code).strip() == "ท่าตูม"
