"""A real browser on a site that really runs."""

import json
import re

import pytest
from playwright.sync_api import sync_playwright

from tests.chromium import launch

PHONE = {"width": 360, "height": 740}
PC = {"width": 1366, "height": 768}

PEOPLE = """
import json
from lms.centres.models import Centre, Device, Learner
from lms.centres.signing_in import set_code
from lms.accounts.models import User
nok = User.objects.get(username="nok")
centre = Centre.objects.cared_for_by(nok).first()
device = Device.objects.create(centre=centre, name="test", bound_by=nok)
somsri = Learner.objects.at(centre).get(name="ป้าสมศรี")
newcomer = User.objects.create_user(name="ป้าคนใหม่", age_band="60+")
centre.welcome(newcomer)
for person in (somsri, newcomer):
    set_code(person, "pictures", "fish-lotus-mango")
print(json.dumps({
    "device": device.cookie, "learner": str(somsri.pk), "name": somsri.name, "newcomer": str(newcomer.pk),
}))
"""


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="module")
def chromium():
    """One for a module and not for the whole run: while Playwright is at work Django refuses its database here."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, live_site):
    """A page with cookies of its own: open_page(), open_page(PC), open_page(java_script_enabled=False)."""
    contexts = []

    def make(size=PHONE, **options):
        context = chromium.new_context(viewport=size, locale="th-TH", base_url=live_site.url, **options)
        context.set_default_timeout(30_000)
        context.set_default_navigation_timeout(45_000)  # a site that was just started, on a machine that does much else
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def people(live_site):
    """A bound device's cookie, and two learners with the same code: one half-way, one who never began."""
    return json.loads(live_site.shell(PEOPLE))


@pytest.fixture
def sign_in_staff():
    """sign_in_staff(page, "nok"), with the demo's passwords, and the code that the demo's page tells."""

    def make(page, username):
        page.goto("/sign-in/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", f"sala-demo-{username}")
        page.click("main button[type=submit], main button.go, .bar button.go")
        if "/second-factor/" in page.url:
            page.fill("input[name=code]", page.inner_text("[data-demo-code]"))
            page.click(".bar button.go")
        page.wait_for_url(re.compile(r"/(desk|ministry)/$"))

    return make


@pytest.fixture
def sign_in_learner(live_site):
    """sign_in_learner(page, people): the one who is half-way, by pictures, on the bound device."""

    def make(page, people, who="learner"):
        page.context.add_cookies([{"name": "sala_device", "value": people["device"], "url": live_site.url}])
        page.goto(f"/who/{people[who]}/")
        for picture in ("fish", "lotus", "mango"):
            page.click(f"button[value={picture}]")
        page.wait_for_url(f"{live_site.url}/")

    return make
