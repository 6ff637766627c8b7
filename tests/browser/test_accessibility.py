"""axe, the size of targets, and no sideways scroll, on every page a person meets."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import PC, PHONE

NARROW = {"width": 320, "height": 640}
LESSON = "/courses/community-enterprise/price-and-break-even/"
LEARNER_PAGES = [
    "/",
    "/courses/",
    "/courses/?q=ไม่มีคำนี้",
    "/courses/phone-and-internet/",
    "/courses/phone-and-internet/know-your-phone/",
    LESSON,
    "/courses/phone-and-internet/finished/",
    "/notebook/",
    "/nothing-here/",
    "/en/",
    f"/en{LESSON}",
]
VISITOR_PAGES = ["/", "/courses/", LESSON, "/sign-in/", "/who/", "/en/sign-in/"]
DESK_PAGES = ["/desk/", "/desk/learners/new/", "/desk/devices/", "/en/desk/"]
MINISTRY_PAGES = [
    "/ministry/",
    "/ministry/?by=centre",
    "/ministry/?by=month",
    "/ministry/?by=nonsense",
    "/en/ministry/",
]

SMALL_TARGETS = """() => [...document.querySelectorAll(
    'button, select, summary, .btn, .choice, input:not([type=hidden])')]
  .filter((e) => e.checkVisibility() && (e.matches('.choice') || !e.closest('.choice, .find')))
  .map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.height < 47.5 || box.width < 47.5))
  .map(([html, box]) => `${html} ${Math.round(box.width)}x${Math.round(box.height)}`)"""


def check(page, path):
    """Everything that is wrong with one page, as text."""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    found = [
        f"{path}: {rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in Axe().run(page).response["violations"]
    ]
    found += [f"{path}: small target {target}" for target in page.evaluate(SMALL_TARGETS)]
    for size in (NARROW, PHONE):
        page.set_viewport_size(size)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{path}: {wide} px sideways at {size['width']}"] if wide > 0 else []
    page.set_viewport_size(PC)
    return found


def check_all(page, paths):
    return [problem for path in paths for problem in check(page, path)]


def test_visitors_pages(open_page):
    assert check_all(open_page(PC), VISITOR_PAGES) == []


def test_learners_pages(open_page, people, sign_in_learner):
    page = open_page(PC)
    sign_in_learner(page, people)
    assert check_all(page, LEARNER_PAGES) == []


def test_signing_in(open_page, people, live_site):
    page = open_page(PC)
    page.context.add_cookies([{"name": "sala_device", "value": people["device"], "url": live_site.url}])
    assert check_all(page, ["/who/", "/who/?q=ทอง", f"/who/{people['learner']}/"]) == []


def test_the_desks_pages(open_page, people, sign_in_staff):
    page = open_page(PC)
    sign_in_staff(page, "nok")
    learner = f"/desk/learners/{people['learner']}/"
    assert check_all(page, [*DESK_PAGES, learner, f"{learner}code/", f"{learner}code/?kind=pin"]) == []


def test_the_ministrys_pages(open_page, sign_in_staff):
    page = open_page(PC)
    sign_in_staff(page, "wipha")
    assert check_all(page, MINISTRY_PAGES) == []


@pytest.mark.parametrize("look", [{"theme": "dark"}, {"contrast": "more"}, {"letters": "large"}], ids=str)
def test_every_look_of_a_lesson(open_page, live_site, look):
    page = open_page(PC)
    page.context.add_cookies([{"name": name, "value": value, "url": live_site.url} for name, value in look.items()])
    assert check_all(page, ["/courses/", LESSON]) == []
