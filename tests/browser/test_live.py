"""The desk's first page keeps itself fresh, and never moves under a finger."""

import pytest

from tests.browser.conftest import PC

LOCK = """
from django.utils import timezone
from lms.accounts.models import SecretCode
SecretCode.objects.filter(user_id="{learner}").update(locked_at={at})
"""
TURN = 31_000  # milliseconds: the page is asked for again every 30 seconds


@pytest.fixture
def lock(live_site, people):
    """Lock a learner's code, or open it: what is left to do changes by a line."""

    def make(is_locked):
        at = "timezone.now()" if is_locked else "None"
        live_site.shell(LOCK.format(learner=people["learner"], at=at))

    return make


@pytest.fixture
def today(open_page, sign_in_staff):
    page = open_page(PC)
    page.clock.install()
    sign_in_staff(page, "nok")
    page.goto("/desk/")
    return page


def next_turn(page):
    with page.expect_response("**/desk/"):
        page.clock.fast_forward(TURN)
    page.wait_for_load_state("networkidle")


def locked(page):
    return page.locator("#left a[href*='show=locked']")


def test_what_changed_is_shown_without_a_reload_and_nothing_else_is_touched(today, lock):
    today.evaluate("document.getElementById('seats').mine = true; window.same = document.body")
    assert locked(today).count() == 0
    lock(True)
    next_turn(today)
    locked(today).wait_for()
    assert today.evaluate("document.getElementById('seats').mine && window.same === document.body")


def test_nothing_moves_under_a_finger(today, lock):
    today.mouse.move(600, 300)
    today.mouse.down()
    lock(True)
    today.clock.fast_forward(TURN)
    today.wait_for_timeout(500)
    assert locked(today).count() == 0
    today.mouse.up()
    next_turn(today)
    locked(today).wait_for()


def test_a_section_that_holds_the_focus_waits_for_its_turn(today, lock):
    lock(True)
    next_turn(today)
    locked(today).wait_for()
    locked(today).focus()
    lock(False)
    next_turn(today)
    assert locked(today).count() == 1
    today.evaluate("document.activeElement.blur()")
    next_turn(today)
    locked(today).wait_for(state="detached")


def test_who_was_signed_out_meanwhile_is_asked_to_sign_in(today):
    today.context.clear_cookies()
    with today.expect_navigation():
        today.clock.fast_forward(TURN)
    assert "/sign-in/" in today.url


def test_without_javascript_a_reload_does_it(open_page, sign_in_staff, lock):
    page = open_page(PC, java_script_enabled=False)
    sign_in_staff(page, "nok")
    lock(True)
    page.goto("/desk/")
    assert locked(page).count() == 1
