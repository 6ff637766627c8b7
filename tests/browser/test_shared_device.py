"""A shared machine keeps nothing of the person before."""

import re

from tests.browser.conftest import PC

EARLIER = "from django.contrib.sessions.models import Session as S\nfor s in S.objects.all():\n" \
    "    d = s.get_decoded()\n    if 'seen' in d:\n        d['seen'] -= {seconds}\n" \
    "        s.session_data = S.objects.encode(d); s.save()"  # fmt: skip


def sign_out(page):
    page.click("header form[data-sign-out] button")
    page.wait_for_url(re.compile(r"/who/"))


def test_after_signing_out_the_back_button_shows_nothing_of_the_learner(open_page, people, sign_in_learner):
    page = open_page(PC)
    sign_in_learner(page, people)
    page.goto("/notebook/")
    assert people["name"] in page.inner_text("header")
    sign_out(page)
    for _step in range(3):
        page.go_back()
        page.wait_for_load_state()
        assert page.locator("header form[data-sign-out]").count() == 0
        assert page.locator("h1", has_text=people["name"]).count() == 0


def test_pages_of_a_signed_in_learner_are_not_kept_by_the_browser(open_page, people, sign_in_learner):
    page = open_page(PC)
    sign_in_learner(page, people)
    for path in ("/", "/courses/", "/notebook/", "/courses/phone-and-internet/know-your-phone/"):
        assert page.goto(path).headers["cache-control"] == "no-store", path


def test_a_learner_who_walks_away_is_signed_out_on_the_next_touch(open_page, people, sign_in_learner, live_site):
    page = open_page(PC)
    sign_in_learner(page, people)
    live_site.shell(EARLIER.format(seconds=700))
    page.goto("/notebook/")
    page.wait_for_url(re.compile(r"/who/"))
    assert "10 นาที" in page.inner_text("body")


def test_the_page_itself_leaves_when_nobody_touches_it(open_page, people, sign_in_learner):
    page = open_page(PC)
    page.clock.install()
    sign_in_learner(page, people)
    page.clock.fast_forward("11:00")
    page.wait_for_url(re.compile(r"/who/"))
    assert page.locator("header form[data-sign-out]").count() == 0


def test_who_reads_on_stays_signed_in(open_page, people, sign_in_learner, live_site):
    page = open_page(PC)
    page.clock.install()
    sign_in_learner(page, people)
    for _minute in range(4):
        page.clock.fast_forward("05:00")
        page.mouse.move(10, 10)
        page.mouse.down()
        page.mouse.up()
    page.goto("/notebook/")
    assert people["name"] in page.inner_text("header")
