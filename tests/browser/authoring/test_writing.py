"""A caretaker with a phone writes a lesson: few presses, nothing lost, with and without our JavaScript."""

import pytest

from tests.browser.authoring.writing import ASKED, OTHER_CARETAKER, SAID, TITLE, Author

# Of the 25 actions in which a lesson is written, spoken and handed in, a voice takes three: record, stop, keep.
MOST_ACTIONS = 25 - 3


@pytest.mark.parametrize("java_script", [True, False], ids=["with our JavaScript", "without"])
def test_a_lesson_with_a_photo_and_two_questions_in_few_presses(open_page, sign_in_staff, java_script):
    page = open_page(java_script_enabled=java_script)
    sign_in_staff(page, "nok")
    author = Author(page)
    author.begin()
    author.answer()
    author.see()
    assert TITLE in page.inner_text(".phone h1")
    assert page.locator(".phone figure img").count() == 1
    author.ask()
    assert page.locator(".phone [data-activity]").count() == 2
    author.press(".bar .go", "**/studio/**")
    page.goto("/studio/?show=waiting")
    assert TITLE in page.inner_text("main").replace("\n", " ")
    assert author.actions <= MOST_ACTIONS, f"{author.actions} actions"


def test_what_was_typed_is_there_when_one_comes_back(open_page, sign_in_staff):
    page = open_page()
    sign_in_staff(page, "nok")
    author = Author(page)
    author.begin()
    author.fill(SAID)
    page.goto("/desk/")
    page.goto("/studio/new/make/")
    assert page.input_value("[name=steps]") == SAID["steps"]
    author.see()
    page.goto("/studio/new/make/")
    assert page.input_value("[name=steps]") == ""


def test_a_question_that_was_typed_is_there_when_one_comes_back_until_it_is_in_the_lesson(open_page, sign_in_staff):
    page = open_page()
    sign_in_staff(page, "nok")
    author = Author(page)
    author.begin()
    author.fill(SAID)
    author.see()
    author.press("main a[href$='/questions/']", "**/questions/")
    questions = page.url
    author.fill(ASKED)
    page.goto("/studio/")
    page.goto(questions)
    assert page.input_value("[name=tf-statement]") == ASKED["tf-statement"]
    assert page.input_value("[name=choice-choice3]") == ASKED["choice-choice3"]
    author.mark("tf-answer", "false")
    author.mark("choice-right", "2")
    author.press(".bar .go", "**/studio/lessons/**")
    page.goto(questions)
    assert page.input_value("[name=tf-statement]") == ""


def test_what_was_typed_is_not_shown_to_who_sits_down_next(open_page, sign_in_staff, live_site):
    live_site.shell(OTHER_CARETAKER)
    page = open_page()
    sign_in_staff(page, "nok")
    Author(page).begin()
    page.fill("[name=story]", SAID["story"])
    page.goto("/desk/")
    with page.expect_navigation():
        page.click("header form[data-sign-out] button")
    sign_in_staff(page, "kham")
    page.goto("/studio/new/make/")
    page.wait_for_load_state("networkidle")
    assert page.input_value("[name=story]") == ""


def test_the_editor_keeps_what_is_typed_by_itself_and_tells_what_could_be_better(open_page, sign_in_staff, live_site):
    page = open_page({"width": 1366, "height": 768})
    sign_in_staff(page, "nok")
    author = Author(page)
    author.begin()
    author.fill(SAID)
    author.see()
    author.press(".bar a[href$='/edit/']", "**/edit/")
    frame = page.frame_locator("#w-preview-iframe")
    frame.locator("h1", has_text="กล้วย").wait_for(timeout=60_000)
    page.wait_for_timeout(2000)  # nobody types sooner; the editor looks at the form once it has settled
    saved = page.expect_response(
        lambda answer: answer.request.method == "POST" and answer.url.endswith("/edit/"), timeout=60_000
    )
    with saved:
        page.fill("[name=title]", "กล้วยตากยายแดง")
    page.goto("/studio/")
    assert "กล้วยตากยายแดง" in page.inner_text("main").replace("\n", " ")
