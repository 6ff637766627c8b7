"""A caretaker makes a question: its form looks like the question, and beside it is what a learner will see."""

from tests.browser.conftest import PC

QUESTION = "อะไรเป็นทุนของกล้วยตาก"


def choice(page, place):
    return page.locator(".asks-choice").nth(place)


def fill_in(page):
    page.locator("[data-contentpath=question] textarea").first.fill(QUESTION)
    for place, words in enumerate(("ค่าดูหนัง", "ค่ากล้วย")):
        choice(page, place).locator("[data-contentpath=text] input").fill(words)
    choice(page, 1).locator("input[type=checkbox]").check()


def test_a_question_is_made_beside_what_a_learner_sees(open_page, sign_in_staff):
    page, faults = open_page(PC), []
    page.on("pageerror", lambda fault: faults.append(fault))
    sign_in_staff(page, "nok")
    page.goto("/studio/questions/new/single_choice/")
    choice(page, 1).wait_for()
    fill_in(page)
    shown = page.frame_locator("iframe[data-preview]")
    shown.get_by_text(QUESTION).wait_for()
    shown.get_by_text("ค่ากล้วย").wait_for()
    page.get_by_role("button", name="เก็บไว้ในคลัง", exact=True).click()
    page.wait_for_url("**/studio/questions/")
    page.get_by_role("link", name=QUESTION).click()
    page.frame_locator("iframe[data-preview]").get_by_text("ค่ากล้วย").wait_for()
    assert faults == []


def test_the_form_fits_a_phone(open_page, sign_in_staff):
    page = open_page()
    sign_in_staff(page, "nok")
    page.goto("/studio/questions/new/single_choice/")
    choice(page, 1).wait_for()
    fill_in(page)
    tick = choice(page, 1).locator("input[type=checkbox]").bounding_box()
    words = choice(page, 1).locator("[data-contentpath=text] input").bounding_box()
    assert tick["x"] + tick["width"] <= words["x"]  # it stands before its words
    assert abs(tick["y"] - words["y"]) < 60  # and beside them
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
