"""A caretaker looks at a practical task, says what they saw, and corrects it; the learner reads it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from courses.models import LearningEvent, LessonProgress
from courses.progress import rebuild
from lms.accounts.ids import uuid7
from lms.centres.models import AuditEntry, Learner
from tests.counting import queries_for_one_and_for_many

TASKS = "/desk/tasks/"
ALL, SOME = ["0", "1", "2"], ["0", "2"]


@pytest.fixture
def handed_in(somsri, hands_on, did):
    """ป้าสมศรี has done the task."""
    did(somsri, hands_on, "task", [0, 1, 2], ago=10)


def url_of(learner, lesson, activity=1, language=""):
    return f"{language}{TASKS}{learner.pk}/{lesson.body[activity].id}/"


def form(done=(), **more):
    return {"event": str(uuid7()), "done": list(done), "note": ""} | more


def page(browser, url):
    answer = browser.get(url)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def text(element):
    return " ".join(element.get_text(" ").split())


def checks():
    return list(LearningEvent.objects.filter(verb="checked").order_by("occurred_at"))


def lesson_page(learner, lesson):
    browser = Client()
    browser.force_login(learner)
    return BeautifulSoup(browser.get(f"/en/courses/hands-on/{lesson.slug}/").content, "html.parser")


def test_the_checklist_shows_what_the_learner_ticked_and_ticks_nothing_itself(desk, somsri, hands_on, did):
    did(somsri, hands_on, "task", [0, 2])
    html = page(desk, url_of(somsri, hands_on, language="/en"))
    assert [text(choice) for choice in html.select("label.choice")] == [
        "จดทุกอย่างที่ซื้อ The learner ticked it",
        "บวกแล้ว",
        "หารแล้ว The learner ticked it",
    ]
    assert not html.select("input[checked]")
    assert "ทำที่บ้าน" in text(html)
    assert len(html.select(".go")) == 1


def test_everything_seen_is_passed(desk, handed_in, nok, somsri, hands_on):
    answer = desk.post(url_of(somsri, hands_on), form(ALL, note="สวยมาก"))
    assert answer["Location"] == f"{TASKS}?centre=TH-32-0001"
    (check,) = checks()
    assert (check.answer, check.correct, check.recorder_id) == (
        {"done": [0, 1, 2], "note": "สวยมาก", "reason": ""},
        True,
        nok.pk,
    )
    assert LessonProgress.objects.get().unchecked_since is None
    activity = lesson_page(somsri, hands_on).find(id=f"activity-{hands_on.body[1].id}")
    assert "Passed" in text(activity)
    assert "สวยมาก" in text(activity)
    assert not activity.select("button.btn")
    assert rebuild(check=True) == []


def test_something_missing_is_tried_again_and_waits_again(desk, handed_in, somsri, hands_on, did):
    desk.post(url_of(somsri, hands_on), form(SOME, note="ลองบวกใหม่"))
    activity = lesson_page(somsri, hands_on).find(id=f"activity-{hands_on.body[1].id}")
    assert "Try again" in text(activity)
    assert [text(item) for item in activity.select(".note li")] == ["บวกแล้ว"]
    assert "ลองบวกใหม่" in text(activity)
    assert "data-open" in activity.attrs
    browser = Client()
    browser.force_login(somsri)
    browser.post(f"/courses/hands-on/our-costs/activities/{hands_on.body[1].id}/", {"done": ALL})
    assert LessonProgress.objects.get().unchecked_since
    assert [task.state for task in desk.get(TASKS).context["tasks"]] == ["waiting"]
    assert desk.post(url_of(somsri, hands_on), form(ALL)).status_code == 302  # a new look, and no correction
    assert [check.correct for check in checks()] == [False, True]


def test_the_learner_reads_it_in_the_notebook(desk, handed_in, somsri, hands_on):
    desk.post(url_of(somsri, hands_on), form(SOME, note="ลองบวกใหม่"))
    browser = Client()
    browser.force_login(somsri)
    book = browser.get("/notebook/").text
    assert "ลองอีกครั้ง" in book
    assert "ลองบวกใหม่" in book
    desk.post(url_of(somsri, hands_on), form(ALL, reason="เห็นแล้ว"))
    assert "ผ่านแล้ว" in browser.get("/notebook/").text


def test_a_correction_asks_why_and_keeps_the_old_value(desk, handed_in, nok, somsri, hands_on):
    url = url_of(somsri, hands_on)
    desk.post(url, form(ALL, note="สวยมาก"))
    shown = page(desk, url)
    assert [box["value"] for box in shown.select("input[name=done][checked]")] == ALL
    assert shown.find("textarea").text.strip() == "สวยมาก"
    refused = desk.post(url, form(SOME, note="ยังไม่ครบ"))
    assert refused.status_code == 400
    kept = BeautifulSoup(refused.content, "html.parser")
    assert kept.find("textarea").text.strip() == "ยังไม่ครบ"
    assert [box["value"] for box in kept.select("input[name=done][checked]")] == SOME
    assert len(checks()) == 1
    assert desk.post(url, form(SOME, note="ยังไม่ครบ", reason="กดผิดข้อ")).status_code == 302
    assert [(check.correct, check.answer["reason"]) for check in checks()] == [(True, ""), (False, "กดผิดข้อ")]
    said = text(page(desk, url_of(somsri, hands_on, language="/en")).find(attrs={"aria-labelledby": "looks"}))
    assert said.index("2 of 3 seen") < said.index("กดผิดข้อ") < said.index("3 of 3 seen")
    assert nok.name in said
    assert rebuild(check=True) == []


def test_the_same_form_twice_says_it_once(desk, handed_in, somsri, hands_on):
    same = form(ALL)
    assert [desk.post(url_of(somsri, hands_on), same).status_code for _ in range(3)] == [302] * 3
    assert len(checks()) == 1
    assert AuditEntry.objects.filter(action="checked").count() == 1


def test_an_old_form_with_other_words_is_a_correction(desk, handed_in, somsri, hands_on):
    old = form(ALL)
    desk.post(url_of(somsri, hands_on), old)
    assert desk.post(url_of(somsri, hands_on), old | {"done": SOME}).status_code == 400
    answer = desk.post(url_of(somsri, hands_on), old | {"done": SOME, "reason": "ดูใหม่"})
    assert answer.status_code == 302
    assert [check.correct for check in checks()] == [True, False]


@pytest.mark.parametrize(
    "odd",
    [
        {"done": ["3"]},
        {"done": ["-1"]},
        {"done": ["x"]},
        {"done": ["\0"]},
        {"done": ["9" * 5000]},
        {"event": "x"},
        {"event": ""},
        {"event": "6f9619ff-8b86-4d11-b42d-00cf4fc964ff"},
        {"note": "ก" * 501},
        {"note": "a\0b"},
        {"note": "\ud800".encode("utf-8", "surrogatepass")},
    ],
)
def test_an_odd_form_is_told_so_and_checks_nothing(desk, handed_in, somsri, hands_on, odd):
    answer = desk.post(url_of(somsri, hands_on), form(ALL) | odd)
    assert answer.status_code == 400 or (answer.status_code == 302 and isinstance(odd.get("note"), bytes))
    if answer.status_code == 400:
        assert checks() == []
        new = BeautifulSoup(answer.content, "html.parser").find("input", attrs={"name": "event"})["value"]
        assert desk.post(url_of(somsri, hands_on), form(ALL, event=new)).status_code == 302


def test_nothing_ticked_is_a_look_too(desk, handed_in, somsri, hands_on):
    assert desk.post(url_of(somsri, hands_on), form()).status_code == 302
    assert [check.answer["done"] for check in checks()] == [[]]


def test_a_task_that_was_shown_but_not_ticked_can_pass(desk, somsri, hands_on, did):
    did(somsri, hands_on, "started")
    assert desk.post(url_of(somsri, hands_on), form(ALL)).status_code == 302
    activity = lesson_page(somsri, hands_on).find(id=f"activity-{hands_on.body[1].id}")
    assert "Passed" in text(activity)


def test_who_checks_is_never_the_learner(handed_in, ban_nong_bua, somsri, hands_on):
    somsri.set_password("password-of-somsri")
    somsri.save()
    ban_nong_bua.appoint_caretaker(somsri)
    browser = Client()
    browser.force_login(somsri)
    assert browser.get(url_of(somsri, hands_on)).status_code == 404
    assert browser.post(url_of(somsri, hands_on), form(ALL)).status_code == 404
    assert browser.get(TASKS).context["tasks"] == []
    assert checks() == []


def test_strangers_and_core_members_check_nothing(handed_in, client, kham, wipha, ek, thongbai, somsri, hands_on):
    for person in (kham, wipha, thongbai):
        client.force_login(person)
        assert client.get(url_of(somsri, hands_on)).status_code == 404
        assert client.post(url_of(somsri, hands_on), form(ALL)).status_code == 404
    client.force_login(ek)
    assert "Tick what you saw" not in client.get(url_of(somsri, hands_on, language="/en")).text
    assert client.post(url_of(somsri, hands_on), form(ALL)).status_code == 404
    assert checks() == []


def test_a_question_is_no_task_and_a_lesson_must_be_begun(desk, somsri, thongbai, hands_on, did):
    did(somsri, hands_on, "single_choice", 0)
    assert desk.get(url_of(somsri, hands_on, activity=0)).status_code == 404
    assert desk.get(url_of(thongbai, hands_on)).status_code == 404


def test_the_list_tells_those_that_wait_and_those_that_were_seen(desk, handed_in, thongbai, hands_on, did):
    did(thongbai, hands_on, "task", [0, 1, 2], ago=20)
    assert [task.name for task in desk.get(TASKS).context["tasks"]] == ["ป้าทองใบ", "ป้าสมศรี"]  # longest first
    desk.post(url_of(thongbai, hands_on), form(ALL))
    assert [task.name for task in desk.get(TASKS).context["tasks"]] == ["ป้าสมศรี"]
    seen = desk.get(TASKS, {"state": "checked"}).context["tasks"]
    assert [(task.name, task.state) for task in seen] == [("ป้าทองใบ", "passed")]


def test_300_tasks_cost_no_more_queries_than_one(desk, handed_in, somsri, ban_nong_bua, hands_on, learner_at):
    row = LessonProgress.objects.get()
    desk.get(TASKS)

    def ask():
        return len(desk.get(TASKS).context["tasks"])

    def add(count):
        people = [learner_at(ban_nong_bua, f"คนที่ {n}") for n in range(count)]
        kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        LessonProgress.objects.bulk_create(LessonProgress(**kept | {"learner_id": person.pk}) for person in people)
        assert Learner.objects.count() == count + 1

    assert queries_for_one_and_for_many(ask, add, shown=50) <= 7


def test_looking_and_checking_are_written_down(desk, handed_in, nok, somsri, hands_on, ban_nong_bua):
    desk.get(url_of(somsri, hands_on))
    desk.post(url_of(somsri, hands_on), form(ALL))
    entries = AuditEntry.objects.filter(actor=nok.pk, subject=somsri.pk, centre=ban_nong_bua)
    assert sorted(entries.values_list("action", flat=True)) == ["checked", "looked"]
