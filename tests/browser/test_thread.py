"""The whole thread: a villager learns, the centre sees it, the ministry reviews it."""

import csv
import io
import re

import pytest

from tests.browser.answering import activities, course, fill_in
from tests.browser.conftest import PC, PHONE

FOLDER = "01-phone-and-internet"
PICTURES = ("elephant", "mango", "bicycle")
NAME = "ยายบัวผัน"


def test_a_villager_learns_the_centre_sees_it_and_the_ministry_counts_it(open_page, live_site, sign_in_staff):
    before = ministry_figures(open_page, sign_in_staff)
    page = open_page(PHONE)
    learner = register(page, sign_in_staff)
    sign_in_by_pictures(page)
    about, lessons = course(FOLDER)
    learn(page, about, lessons)
    page.click("header form[data-sign-out] button")
    page.wait_for_url(re.compile(r"/who/$"))
    the_caretaker_sees_it(open_page, sign_in_staff, learner, about, lessons)
    after = ministry_figures(open_page, sign_in_staff)
    assert after["starters"] == before["starters"] + 1
    assert after["finishers"] == before["finishers"] + 1
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"


@pytest.mark.parametrize("java_script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_every_kind_of_activity_is_answered(open_page, people, sign_in_learner, java_script):
    page = open_page(PC, java_script_enabled=java_script)
    sign_in_learner(page, people, "newcomer")
    seen = set()
    for folder in ("01-phone-and-internet", "03-community-enterprise"):
        about, lessons = course(folder)
        for lesson in lessons[:3]:
            new = [each for each in activities(lesson) if each[0] not in seen]
            if new:
                page.goto(f"/courses/{about['slug']}/{lesson['slug']}/")
            for kind, asked in new:
                seen.add(kind)
                answer(page, kind, asked)
    assert {"single_choice", "multiple_choice", "true_false", "matching", "ordering", "number", "task"} <= seen


def register(page, sign_in_staff):
    """The caretaker sets the machine up, registers a newcomer, who chooses pictures. The learner's id."""
    sign_in_staff(page, "nok")
    page.goto("/desk/devices/")
    page.fill("input[name=name]", "เครื่องทดสอบ")
    page.click("section[aria-labelledby=bind] button.go")
    page.goto("/desk/learners/new/")
    page.fill("input[name=name]", NAME)
    page.check("input[value='60+']", force=True)
    page.click(".bar button.go")
    learner = re.search(r"/learners/([0-9a-f-]{36})/", page.url).group(1)
    tap(page, PICTURES)
    page.click("button[name=keep]")
    page.wait_for_url(re.compile(rf"/desk/learners/{learner}/consents/"))
    page.click("header form[data-sign-out] button")
    page.wait_for_url(re.compile(r"/who/$"))
    return learner


def tap(page, pictures):
    for picture in pictures:
        page.click(f"button[value={picture}]")


def sign_in_by_pictures(page):
    page.fill("input[name=q]", "บัว")
    page.click(f"text={NAME}")
    tap(page, PICTURES)
    page.wait_for_url(re.compile(r":\d+/$"))
    assert NAME in page.inner_text("h1")


def learn(page, about, lessons):
    """A whole lesson with one wrong answer, and the others to their end; the course is finished."""
    page.goto(f"/courses/{about['slug']}/{lessons[0]['slug']}/")
    for kind, asked in activities(lessons[0]):
        if kind == "single_choice":
            answer_wrongly_first(page, asked)
        answer(page, kind, asked)
    for lesson in lessons:
        page.wait_for_url(re.compile(lesson["slug"]))
        page.click(".bar button.go")
    page.wait_for_url(re.compile("/finished/$"))
    assert about["title"]["th"] in page.inner_text("main")


def answer_wrongly_first(page, asked):
    card = page.locator(f"#activity-{asked['id']}")
    fill_in(card, "single_choice", asked, wrong=True)
    card.locator("button.btn:not([data-move])").last.click()
    card.locator(".note.again").wait_for()
    wrong = next(choice for choice in asked["choices"] if not choice["correct"])
    assert wrong["explanation"] in card.inner_text()


def answer(page, kind, asked):
    card = page.locator(f"#activity-{asked['id']}")
    fill_in(card, kind, asked)
    card.locator("button.btn:not([data-move])").last.click()
    card.locator(".note.again").wait_for(state="detached")
    card.locator("[role=status]").first.wait_for()


def the_caretaker_sees_it(open_page, sign_in_staff, learner, about, lessons):
    page = open_page(PC)
    sign_in_staff(page, "nok")
    page.goto("/desk/learners/?q=บัวผัน")
    assert NAME in page.inner_text("main")
    page.goto(f"/desk/learners/{learner}/")
    assert about["title"]["th"] in page.inner_text("main")
    seen = page.request.get(f"/api/v1/learners/{learner}/").json()
    [progress] = [each for each in seen["progress"] if each["course"] == about["key"]]
    assert progress["lessons_finished"] == progress["lessons_total"] == len(lessons)
    assert progress["completed_at"]
    rows = page.request.get(f"/api/v1/progress/?course={about['key']}&limit=200").json()["results"]
    assert [row["name"] for row in rows if row["learner"] == learner] == [NAME]


def ministry_figures(open_page, sign_in_staff):
    """Starters and finishers of everything: the same on the screen, in the CSV and from the API."""
    page = open_page(PC)
    sign_in_staff(page, "wipha")
    page.goto("/ministry/?by=course&figures=courses")
    cells = page.locator("section[aria-labelledby=report] tfoot td").all_inner_texts()
    api = page.request.get("/api/v1/statistics/completions/?by=course").json()["total"]
    body = page.request.get("/ministry/completions.csv?by=course").body().decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(body)))
    for measure in ("starters", "finishers"):
        assert sum(int(row[measure]) for row in table) == api[measure]
        assert f"{api[measure]:,}" in cells
    page.context.close()
    return api
