"""The server's side of the browser's outbox: keys, verdicts, and boxes of learners who have left."""

from base64 import urlsafe_b64decode
from uuid import UUID

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from courses.models import LearningEvent, LessonProgress, RejectedEvent
from courses.outbox import LARGEST_BODY, LONGEST_BOX
from lms.accounts.ids import uuid7
from lms.centres.models import Device
from lms.centres.outbox import key_of
from lms.centres.signing_in import DEVICE_COOKIE
from tests.courses.boxes import box_of
from tests.courses.conftest import RIGHT_FORMS, WRONG_FORMS


@pytest.fixture
def body_of():
    """What a page tells its scripts: body_of(browser)."""
    return lambda browser, url="/": BeautifulSoup(browser.get(url).content, "html.parser").body.attrs


@pytest.fixture
def machine(device):
    """A browser that is the bound machine, with nobody signed in."""
    browser = Client()
    browser.cookies[DEVICE_COOKIE] = device.cookie
    return browser


@pytest.fixture
def box(hands_on, device):
    """Something done and sealed at a machine: box(somsri), box(somsri, verb="finished", key=…)."""

    def make(learner, /, at=device, key=None, box_id=None, text=None, **facts):
        event = {"id": str(uuid7()), "learner": str(learner.pk), "lesson": str(hands_on.key), "verb": "started"}
        event |= {"occurred_at": timezone.now().isoformat()} | facts
        made = box_of(learner, at.pk, event, key, text)
        return made | ({"id": box_id} if box_id else {})

    return make


def hand_in(browser, *boxes):
    answer = browser.post("/outbox/", {"boxes": boxes}, "application/json")
    assert answer.status_code == 200
    assert [verdict["id"] for verdict in answer.json()["verdicts"]] == [box["id"] for box in boxes]
    return [verdict["status"] for verdict in answer.json()["verdicts"]]


def test_the_key_is_the_same_each_time_at_this_machine_and_nowhere_else(
    somsri, thongbai, device, sits_at, body_of, ban_nong_bua
):
    other = Device.objects.create(centre=ban_nong_bua, name="เครื่อง 2")
    phone = Device.objects.create(centre=ban_nong_bua, name="มือถือ", owner=somsri)
    places = [(somsri, device), (somsri, other), (thongbai, device), (somsri, phone)]
    bodies = [body_of(sits_at(learner, at)) for learner, at in places]
    keys = [body["data-outbox-key"] for body in bodies]
    assert len(set(keys)) == len(places)
    assert body_of(sits_at(somsri, device)) == bodies[0]
    assert urlsafe_b64decode(keys[0] + "=") == key_of(somsri.pk, device.pk)
    assert bodies[0]["data-learner"] == str(somsri.pk)
    assert ["data-own-phone" in body for body in bodies] == [False, False, False, True]


def test_who_learns_without_a_machine_has_a_key_too_and_who_does_not_learn_has_none(client, somsri, nok, body_of):
    client.force_login(somsri)
    assert body_of(client)["data-outbox-key"]
    assert "data-own-phone" not in body_of(client)
    client.force_login(nok)
    assert "data-learner" not in body_of(client, "/courses/")
    assert "data-learner" not in body_of(Client())


def test_only_a_machine_of_a_centre_loads_the_outbox_with_nobody_signed_in(client, machine):
    assert "outbox/page" in machine.get("/who/").text
    assert "outbox/page" not in client.get("/").text


@pytest.mark.parametrize("kind, form", [("number", RIGHT_FORMS["number"]), ("number", WRONG_FORMS["number"])])
def test_a_script_is_told_what_became_of_the_answers_event(client, somsri, opened, kind, form):
    client.force_login(somsri)
    facts = form | {"event": str(uuid7())}
    answers = [opened.answer(kind, facts, headers={"X-Fragment": "outbox"}) for _time in range(2)]
    assert [answer.headers["X-Verdict"] for answer in answers] == ["accepted", "duplicate"]
    assert LearningEvent.objects.filter(verb="answered").get().id == UUID(facts["event"])


def test_a_request_that_took_longer_than_the_outbox_adds_nothing(client, somsri, opened):
    client.force_login(somsri)
    late = {"event": str(uuid7())} | WRONG_FORMS["number"]
    opened.answer("number", late, headers={"X-Fragment": "outbox"})
    opened.answer("number", {"event": str(uuid7())} | RIGHT_FORMS["number"], headers={"X-Fragment": "outbox"})
    assert opened.answer("number", late, headers={"X-Fragment": "outbox"}).headers["X-Verdict"] == "duplicate"
    assert LearningEvent.objects.filter(verb="answered").count() == 2
    assert LessonProgress.objects.get().answers[opened.workshop.ids["number"]]["correct"] is True


def test_an_answer_that_cannot_be_read_or_kept_says_so(client, somsri, opened, monkeypatch):
    client.force_login(somsri)
    unread = opened.answer("number", {"answer": "ถุง"}, headers={"X-Fragment": "outbox"})
    assert (unread.status_code, "X-Verdict" in unread) == (422, False)
    somsri.home.delete()
    assert "X-Verdict" not in opened.answer("number", RIGHT_FORMS["number"], headers={"X-Fragment": "outbox"})


def test_a_script_that_finishes_a_lesson_is_told_where_it_goes_on(client, somsri, opened):
    client.force_login(somsri)
    forms = opened.html().select_one("form[data-finish]")
    form = {"event": str(uuid7())}
    answers = [client.post(forms["action"], form, headers={"X-Fragment": "outbox"}) for _time in range(2)]
    assert [answer.headers["X-Verdict"] for answer in answers] == ["accepted", "duplicate"]
    assert client.get(answers[0].json()["next"]).status_code == 200
    assert client.get(forms["data-next"]).status_code == 200
    assert LearningEvent.objects.filter(verb="finished").count() == 1


def test_what_is_right_travels_to_learners_only_and_is_not_stored(client, somsri, nok, opened):
    client.force_login(somsri)
    answer = client.get(opened.workshop.url + "grading/")
    assert answer.headers["Cache-Control"] == "private, no-store"
    found = answer.json()
    assert {each["kind"] for each in found.values()} == set(opened.workshop.ids)
    assert found[opened.workshop.ids["single_choice"]]["choices"][0].keys() == {"text", "correct", "explanation"}
    client.force_login(nok)
    assert client.get(opened.workshop.url + "grading/").status_code == 404


def test_a_machine_hands_in_what_learners_left_and_each_gets_their_own(machine, somsri, thongbai, box, ban_nong_bua):
    boxes = [box(somsri), box(thongbai), box(somsri, verb="finished")]
    assert hand_in(machine, *boxes) == ["accepted"] * 3
    assert hand_in(machine, *boxes) == ["duplicate"] * 3
    stored = LearningEvent.objects.order_by("id").values_list("id", "learner", "centre", "recorder")
    assert list(stored) == [(UUID(box["id"]), UUID(box["learner"]), ban_nong_bua.pk, None) for box in boxes]


def test_a_machine_that_was_bound_anew_hands_in_what_was_sealed_before(machine, somsri, box, ban_nong_bua, ban_pua):
    before = Device.objects.create(centre=ban_nong_bua, name="เครื่อง 1", revoked_at=timezone.now())
    elsewhere = Device.objects.create(centre=ban_pua, name="เครื่อง 9")
    assert hand_in(machine, box(somsri, at=before), box(somsri, at=elsewhere)) == ["accepted", "rejected"]


def test_a_box_that_does_not_open_is_refused_without_a_reason_and_holds_nothing_up(
    machine, somsri, thongbai, fah, device, box
):
    nobody = somsri.__class__(pk=uuid7())
    refused = [
        box(somsri, key=key_of(thongbai.pk, device.pk)),  # sealed by another learner
        box(nobody),
        box(somsri, box_id=str(uuid7())),  # another id written on it
        box(somsri, text="{}"),
        box(somsri, text="[" * 5000),
        box(somsri) | {"box": "not base64!"},
        box(somsri) | {"box": ""},
        box(somsri, learner=str(fah.pk)),  # somebody else's learning, which somsri may not hand in
        box(somsri, lesson=str(uuid7())),
    ]
    answer = machine.post("/outbox/", {"boxes": [*refused, box(somsri)]}, "application/json").json()["verdicts"]
    assert [verdict["status"] for verdict in answer] == ["rejected"] * len(refused) + ["accepted"]
    assert all(verdict.keys() == {"id", "status"} for verdict in answer)
    assert LearningEvent.objects.count() == 1
    assert set(RejectedEvent.objects.values_list("reason", "recorder")) == {
        ("unknown_learner", somsri.pk),
        ("unknown_lesson", somsri.pk),
    }


def test_boxes_of_somebody_who_may_not_sign_in_any_more_are_refused(machine, somsri, box):
    somsri.is_active = False
    somsri.save()
    assert hand_in(machine, box(somsri)) == ["rejected"]


def test_only_a_bound_machine_hands_in_and_only_what_is_small_enough(machine, client, somsri, box, device):
    boxes = {"boxes": [box(somsri)]}
    assert client.post("/outbox/", boxes, "application/json").status_code == 403
    assert Client(enforce_csrf_checks=True).post("/outbox/", boxes, "application/json").status_code == 403
    for wrong in ("", "[]", '{"boxes": 1}', '{"boxes": [{}]}', "\xff", "[" * 100_000):
        assert machine.post("/outbox/", wrong, "application/json").status_code == 400
    assert machine.post("/outbox/", {"boxes": [box(somsri)] * 501}, "application/json").status_code == 400
    long = box(somsri) | {"box": "A" * (LONGEST_BOX + 1)}
    assert machine.post("/outbox/", {"boxes": [long]}, "application/json").status_code == 400
    assert machine.post("/outbox/", b" " * (LARGEST_BODY + 1), "application/json").status_code == 413
    device.revoke()
    assert machine.post("/outbox/", boxes, "application/json").status_code == 403
    assert not LearningEvent.objects.exists()


def test_what_no_database_stores_is_no_hindrance(machine, somsri, box, hands_on):
    spoiled = box(somsri, verb="answered", activity=hands_on.body[1].id, answer="a\0b")
    assert hand_in(machine, spoiled, box(somsri)) == ["rejected", "accepted"]


def test_as_many_boxes_cost_no_more_queries(machine, somsri, box, django_assert_max_num_queries):
    boxes = [box(somsri) for _time in range(200)]
    with django_assert_max_num_queries(60):
        assert hand_in(machine, *boxes) == ["accepted"] * 200


def test_the_api_takes_nothing_from_a_page_whose_learner_has_left(client, somsri, thongbai, hands_on):
    event = {"id": str(uuid7()), "learner": str(somsri.pk), "lesson": str(hands_on.key), "verb": "started"}
    event["occurred_at"] = timezone.now().isoformat()
    client.force_login(thongbai)
    of_somsri = {"X-Learner": str(somsri.pk)}
    answer = client.post("/api/v1/events/", {"events": [event]}, "application/json", headers=of_somsri)
    assert answer.status_code == 403
    assert not RejectedEvent.objects.exists()
    client.force_login(somsri)
    answer = client.post("/api/v1/events/", {"events": [event]}, "application/json", headers=of_somsri)
    assert answer.json()["verdicts"][0]["status"] == "accepted"
