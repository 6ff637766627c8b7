"""A learner answers: kind words, another try, and everything kept once."""

import time
import uuid

import pytest
from bs4 import BeautifulSoup

from courses.models import LearningEvent, LessonProgress, RejectedEvent
from lms.accounts.ids import uuid7
from tests.courses.conftest import HINT_OF_WRONG, RIGHT_FORMS, WHY, WRONG_FORMS

GRADED = list(RIGHT_FORMS)


def answered():
    return LearningEvent.objects.filter(verb="answered")


def words_of(element):
    return element.get_text(" ", strip=True)


@pytest.mark.parametrize("kind", GRADED)
def test_a_wrong_answer_is_met_kindly_and_a_right_one_follows_without_javascript(client, somsri, opened, kind):
    client.force_login(somsri)
    response = opened.answer(kind, WRONG_FORMS[kind])
    assert response.status_code == 303
    assert response["Location"].endswith(f"#activity-{opened.workshop.ids[kind]}")
    again = opened.activity(kind)
    assert "ยังไม่ใช่ ลองคิดอีกนิด" in words_of(again)
    assert "ลองอีกครั้ง" in words_of(again.button if kind != "ordering" else again)
    assert again.has_attr("data-open")

    opened.answer(kind, RIGHT_FORMS[kind])
    right = opened.activity(kind)
    assert "ใช่แล้ว" in words_of(right)
    assert WHY in words_of(right)
    assert not right.has_attr("data-open")
    assert list(answered().order_by("id").values_list("correct", flat=True)) == [False, True]


def test_what_was_answered_stays_marked(client, somsri, opened):
    client.force_login(somsri)
    opened.answer("single_choice", WRONG_FORMS["single_choice"])
    chosen = opened.activity("single_choice").select_one("label:has(input[checked])")
    assert "ท่านตอบข้อนี้" in words_of(chosen)
    assert HINT_OF_WRONG in words_of(opened.activity("single_choice"))
    opened.answer("matching", WRONG_FORMS["matching"])
    picked = [words_of(option) for option in opened.activity("matching").select("option[selected]")]
    assert picked == ["ขนส่ง", "วัตถุดิบ"]
    opened.answer("number", WRONG_FORMS["number"])
    assert opened.activity("number").find("input", {"name": "answer"})["value"] == "๑๒"


def test_how_many_are_in_place_is_told_but_not_which(client, somsri, opened):
    client.force_login(somsri)
    opened.answer("ordering", WRONG_FORMS["ordering"])
    assert "ถูกที่แล้ว 1 จาก 3" in words_of(opened.activity("ordering"))


def test_a_reflection_is_kept_as_it_was_written(client, somsri, opened):
    client.force_login(somsri)
    opened.answer("reflection", {"answer": "ขายกล้วย\r\nกับผ้าทอ"})
    activity = opened.activity("reflection")
    assert activity.textarea.text == "ขายกล้วย\nกับผ้าทอ"
    assert "เก็บไว้ในสมุดเรียนแล้ว" in words_of(activity)


def test_a_task_waits_for_the_caretaker_when_everything_is_ticked(client, somsri, opened):
    client.force_login(somsri)
    opened.answer("task", {"done": ["0"]})
    begun = opened.activity("task")
    assert "ทำแล้ว 1 จาก 2" in words_of(begun)
    assert begun.has_attr("data-open")
    opened.answer("task", {"done": ["0", "1"]})
    done = opened.activity("task")
    assert "รอคนดูแลดู" in words_of(done)
    assert not done.has_attr("data-open")


@pytest.mark.parametrize("kind", [*GRADED, "reflection", "task"])
def test_with_javascript_only_the_activity_comes_back(client, somsri, opened, kind):
    client.force_login(somsri)
    form = RIGHT_FORMS.get(kind) or {"answer": "กล้วย", "done": ["0", "1"]}
    response = opened.answer(kind, form, headers={"X-Fragment": "1"})
    assert response.status_code == 200
    fragment = BeautifulSoup(response.content, "html.parser")
    assert len(fragment.select("[data-activity]")) == 1
    assert fragment.find(id=f"activity-{opened.workshop.ids[kind]}")
    assert "<html" not in response.text


def test_a_form_sent_twice_counts_once(client, somsri, opened):
    client.force_login(somsri)
    form = opened.hidden("number") | WRONG_FORMS["number"]
    for _ in range(3):
        assert client.post(opened.workshop.answers_url("number"), form).status_code == 303
    assert answered().count() == 1
    assert LessonProgress.objects.get().answers[opened.workshop.ids["number"]]["tries"] == 1


def test_a_page_from_the_browsers_history_still_counts_a_new_answer(client, somsri, opened):
    client.force_login(somsri)
    hidden = opened.hidden("number")
    client.post(opened.workshop.answers_url("number"), hidden | WRONG_FORMS["number"])
    client.post(opened.workshop.answers_url("number"), hidden | RIGHT_FORMS["number"])
    assert list(answered().order_by("occurred_at").values_list("correct", flat=True)) == [False, True]
    assert "ใช่แล้ว" in words_of(opened.activity("number"))


def test_the_fragment_carries_a_new_event(client, somsri, opened):
    client.force_login(somsri)
    before = opened.hidden("number")["event"]
    response = opened.answer("number", WRONG_FORMS["number"], headers={"X-Fragment": "1"})
    field = BeautifulSoup(response.content, "html.parser").find("input", {"name": "event"})
    assert field["value"] != before


@pytest.mark.parametrize("event", ["", "nonsense", "\0", "9" * 5000, "87b658c7-7c50-40c9-a08f-31f93f42c009"])
def test_an_event_that_is_not_ours_gets_a_new_id(client, somsri, opened, event):
    client.force_login(somsri)
    form = RIGHT_FORMS["number"] | {"event": event}
    assert client.post(opened.workshop.answers_url("number"), form).status_code == 303
    assert answered().get().id.version == 7


def test_the_event_of_another_lesson_is_no_obstacle(client, somsri, opened, course):
    client.force_login(somsri)
    event = {"event": str(uuid7())}
    client.post(f"/courses/{course.slug}/lesson-1/finish/", event)
    response = client.post(opened.workshop.answers_url("number"), RIGHT_FORMS["number"] | event)
    assert response.status_code == 303
    assert answered().get().correct


@pytest.mark.parametrize(
    ("opened_at", "seconds"),
    [(lambda: time.time() - 40, 40), (lambda: time.time() - 86_400, 900), (lambda: time.time() + 99, 0)],
)
def test_the_time_taken_is_counted_but_never_a_page_left_open(client, somsri, workshop, opened_at, seconds):
    client.force_login(somsri)
    form = RIGHT_FORMS["number"] | {"opened": str(int(opened_at()))}
    client.post(workshop.answers_url("number"), form)
    assert abs(answered().get().seconds - seconds) <= 1


def test_two_answers_on_one_page_do_not_count_its_time_twice(client, somsri, workshop):
    client.force_login(somsri)
    hour_ago = {"opened": str(int(time.time()) - 60)}
    client.post(workshop.answers_url("number"), RIGHT_FORMS["number"] | hour_ago)
    client.post(workshop.answers_url("fill_in"), RIGHT_FORMS["fill_in"] | hour_ago)
    assert sum(answered().values_list("seconds", flat=True)) <= 62


@pytest.mark.parametrize("opened_at", ["", "soon", "-1", "1e5", "\0", "9" * 5000])
def test_a_stamp_that_is_no_time_counts_nothing_strange(client, somsri, workshop, opened_at):
    client.force_login(somsri)
    response = client.post(workshop.answers_url("number"), RIGHT_FORMS["number"] | {"opened": opened_at})
    assert response.status_code == 303
    assert answered().get().seconds in (0, 900)


BAD_VALUES = ["", "\0", "x" * 5000, "-1", "99", "1.5", "9" * 5000, "ก", "\u0e3a", "null", "[]"]
FIELDS = {
    "single_choice": ["answer"],
    "multiple_choice": ["answer"],
    "true_false": ["answer"],
    "ordering": ["place-0", "place-1", "place-2"],
    "matching": ["match-0", "match-1"],
    "number": ["answer"],
}


@pytest.mark.parametrize("kind", FIELDS)
def test_a_form_that_makes_no_sense_gets_a_kind_word_and_changes_nothing(client, somsri, workshop, kind):
    client.force_login(somsri)
    for value in BAD_VALUES:
        if kind == "number" and value in ("-1", "99", "1.5"):
            continue  # numbers, if not the right ones
        response = client.post(workshop.answers_url(kind), dict.fromkeys(FIELDS[kind], value))
        assert response.status_code == 422, value
        page = BeautifulSoup(response.content, "html.parser")
        assert page.find(id=f"activity-{workshop.ids[kind]}").select_one("[role=status]")
    assert client.post(workshop.answers_url(kind), {}).status_code == 422
    assert not answered().exists()
    assert not RejectedEvent.objects.exists()


@pytest.mark.parametrize("kind", ["fill_in", "reflection"])
@pytest.mark.parametrize("value", ["", "  ", "\0", "ก" * 2001])
def test_text_that_cannot_be_kept_stays_in_its_field(client, somsri, workshop, kind, value):
    client.force_login(somsri)
    response = client.post(workshop.answers_url(kind), {"answer": value})
    assert response.status_code == 422
    assert value.strip("\0 ") in response.text
    assert not answered().exists()


@pytest.mark.parametrize("value", ["-1", "2", "x", "9" * 5000])
def test_a_tick_that_is_not_on_the_list_changes_nothing(client, somsri, workshop, value):
    client.force_login(somsri)
    assert client.post(workshop.answers_url("task"), {"done": ["0", value]}).status_code == 422
    assert not answered().exists()


def test_a_body_of_another_kind_is_an_empty_answer(client, somsri, workshop):
    client.force_login(somsri)
    url = workshop.answers_url("number")
    assert client.post(url, '{"answer": 120}', content_type="application/json").status_code == 422
    assert client.post(url, b"\xff\xfe", content_type="text/plain").status_code == 422
    assert client.post(url, b"--x", content_type="multipart/form-data; boundary=y").status_code in (400, 422)
    assert not answered().exists()


def test_an_answer_to_what_the_lesson_does_not_ask_is_not_found(client, somsri, workshop):
    client.force_login(somsri)
    assert client.post(f"{workshop.url}activities/{uuid.uuid4()}/", {"answer": "1"}).status_code == 404
    assert client.post(f"{workshop.url}activities/1/", {"answer": "1"}).status_code == 404


def test_the_address_of_an_answer_leads_back_to_its_question(client, somsri, workshop):
    client.force_login(somsri)
    assert client.get(workshop.answers_url("number"))["Location"].startswith(workshop.url)
    assert client.put(workshop.answers_url("number")).status_code == 405


@pytest.mark.parametrize("who", ["nobody", "nok"])
@pytest.mark.parametrize("kind", [*GRADED, "reflection", "task"])
def test_those_who_are_not_learners_may_try_and_nothing_is_kept(client, request, nok, workshop, who, kind):
    if who == "nok":
        client.force_login(nok)
    form = RIGHT_FORMS.get(kind) or {"answer": "กล้วย", "done": ["0", "1"]}
    response = client.post(workshop.answers_url(kind), form)
    assert response.status_code == 200
    assert "ไม่ได้เก็บไว้" in response.text
    client.get(workshop.url)
    client.post(f"{workshop.url}finish/")
    assert not LearningEvent.objects.exists()
    assert not LessonProgress.objects.exists()


def test_answers_are_counted_where_the_learner_sits(client, somsri, workshop, ban_pua):
    client.force_login(somsri)
    session = client.session
    session["centre"] = ban_pua.pk
    session.save()
    client.post(workshop.answers_url("number"), RIGHT_FORMS["number"])
    assert answered().get().centre == ban_pua


def test_a_question_that_its_author_changed_can_be_answered_again(client, somsri, opened):
    client.force_login(somsri)
    opened.answer("multiple_choice", {"answer": ["1", "2"]})
    lesson = opened.workshop.lesson
    lesson.body.raw_data[1]["value"]["choices"].pop()
    lesson.save_revision().publish()
    activity = opened.activity("multiple_choice")
    assert activity.has_attr("data-open")
    assert len(activity.select("input[type=checkbox]")) == 2
