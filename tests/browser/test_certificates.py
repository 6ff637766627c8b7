"""A certificate on the screen, and its checking in a browser with and without a line."""

import json

import pytest

from tests.browser.conftest import PC
from tests.browser.keeping import worker_ready
from tests.browser.test_accessibility import check_all

GIVEN = """
import json
from courses.certificates import certificate_of
from courses.models import Enrolment
from lms.accounts.models import User
from lms.centres.models import Centre, Learner
nok = User.objects.get(username="nok")
finished = Enrolment.objects.visible_to(nok).completed().first()
person = Learner.objects.get(pk=finished.learner_id)
given = certificate_of(finished)
print(json.dumps({
    "person": str(person.pk), "name": given.name, "number": given.number, "statement": given.statement,
    "course": str(given.course), "title": given.course_title,
}))
"""
RENAME = """
from courses.certificates import rename
from courses.models import Certificate
person = Certificate.objects.valid().get().learner
person.family_name = "ใจดี"
person.save()
rename(person)
"""


@pytest.fixture(scope="module")
def live_site(prepared_site, tmp_path_factory):
    """One site for all of these: each has the certificate that holds when it begins."""
    site = prepared_site.copy_to(tmp_path_factory.mktemp("certificates") / "site").start()
    yield site
    site.stop()


@pytest.fixture
def given(live_site):
    return json.loads(live_site.shell(GIVEN))


def changed(statement):
    """The same with one letter of the name's part another."""
    return statement[:60] + ("A" if statement[60] != "A" else "B") + statement[61:]


def test_a_certificate_is_checked_without_a_line_and_with_one(open_page, given, live_site):
    page = open_page()
    page.goto("/check/")
    page.context.set_offline(True)
    page.fill("#q", f"https://sala.example/check/{given['statement']}/")
    page.click("#ask button")
    page.wait_for_selector("[data-state=unconfirmed]")
    said = page.inner_text("#result")
    for words in ("เราออกใบรับรองนี้ให้จริง", "ตอนนี้ไม่มีเน็ต", given["name"], given["title"], given["number"], "256"):
        assert words in said
    assert given["statement"] in page.url

    page.fill("#q", changed(given["statement"]))
    page.click("#ask button")
    page.wait_for_selector("[data-state=false]")
    assert given["name"] not in page.inner_text("#result")
    page.fill("#q", given["number"])
    page.click("#ask button")
    page.wait_for_selector("[data-state=need_line]")

    page.go_back()
    page.go_back()
    page.wait_for_selector("[data-state=unconfirmed]")
    live_site.shell(RENAME)
    page.context.set_offline(False)  # and the page asks by itself
    page.wait_for_selector("[data-state=revoked]")
    assert "ยกเลิกแล้ว" in page.inner_text("#result")


def test_a_browser_that_was_here_before_checks_without_a_line(open_page, given):
    """Its worker kept the page of checking, when it came for something else."""
    page = open_page()
    page.goto("/courses/")
    worker_ready(page)
    page.context.set_offline(True)
    page.goto(f"/check/{given['statement']}/")
    page.wait_for_selector("[data-state=unconfirmed]")
    assert given["name"] in page.inner_text("#result")
    assert page.evaluate("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    page.goto(f"/en/check/{changed(given['statement'])}/")
    page.wait_for_selector("[data-state=false]")


def test_a_browser_that_cannot_verify_asks_the_site(open_page, given):
    page = open_page()
    page.add_init_script("Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined })")
    page.goto("/check/")
    page.fill("#q", given["statement"])
    page.click("#ask button")
    page.wait_for_selector("[data-state=valid]")
    page.context.set_offline(True)
    page.fill("#q", given["statement"])
    page.click("#ask button")
    page.wait_for_selector("[data-state=need_line]")


def test_checking_works_without_javascript(open_page, given):
    page = open_page(java_script_enabled=False)
    page.goto("/check/")
    page.fill("#q", given["number"])
    page.click("#ask button")
    assert "มีใบรับรองเลขที่นี้" in page.inner_text("#result")
    page.goto(f"/check/{given['statement']}/")
    assert given["name"] in page.inner_text("[data-state=valid]")


def test_the_pages_can_be_used_by_everybody(open_page, given, sign_in_staff):
    page = open_page(PC)
    visitor = [f"/check/{given['statement']}/", f"/check/{given['number']}/", "/check/x/", "/en/check/"]
    found = check_all(page, [*visitor, f"/check/{changed(given['statement'])}/", "/kept/check/"])
    sign_in_staff(page, "nok")
    found += check_all(page, [f"/certificates/{given['number']}/", f"/en/certificates/{given['number']}/"])
    assert found == []
