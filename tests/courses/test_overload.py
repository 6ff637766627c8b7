"""What is recorded at a time is bounded; who is refused keeps everything, and is told when to come again."""

import json
import threading
from contextlib import ExitStack

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.exceptions import Throttled

from courses import overload
from courses.api.events import FEW
from courses.models import LearningEvent
from courses.overload import LONGEST, Turns
from lms.accounts.ids import uuid7
from lms.accounts.models import ApiToken
from lms.centres.signing_in import DEVICE_COOKIE


@pytest.fixture
def nobody_waits(monkeypatch):
    """The turns of this process, with one place and nobody waiting."""
    turns = Turns(at_once=1, waiting=0)
    monkeypatch.setattr("courses.api.events.turns", turns)
    monkeypatch.setattr("courses.views.outbox.turns", turns)
    return turns


@pytest.fixture
def hand_in(nok, somsri, course):
    """One event by a program: hand_in()."""
    headers = {"Authorization": f"Bearer {ApiToken.objects.make(nok, 'test')[1]}"}
    lesson = course.lessons()[0]
    event = {"id": str(uuid7()), "learner": str(somsri.pk), "lesson": str(lesson.key), "verb": "started"}
    body = json.dumps({"events": [event | {"occurred_at": timezone.now().isoformat()}]}) + " " * FEW
    return lambda: Client().post("/api/v1/events/", body, "application/json", headers=headers)


def test_a_batch_that_comes_while_enough_are_recorded_is_refused_whole_and_taken_later(nobody_waits, hand_in):
    with nobody_waits.turn():
        refused = hand_in()
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 2
    assert refused["Content-Type"] == "application/problem+json"
    assert not LearningEvent.objects.exists()
    assert hand_in().json()["verdicts"][0]["status"] == "accepted"


def test_who_is_refused_is_refused_before_anything_is_asked(nobody_waits, hand_in, django_assert_num_queries):
    with nobody_waits.turn(), django_assert_num_queries(0):
        assert hand_in().status_code == 429


def test_a_single_answer_needs_no_turn(nobody_waits, hand_in, nok):
    headers = {"Authorization": f"Bearer {ApiToken.objects.make(nok, 'one')[1]}"}
    with nobody_waits.turn():
        answer = Client().post("/api/v1/events/", '{"events": []}', "application/json", headers=headers)
    assert answer.status_code != 429


def test_reading_what_was_recorded_needs_no_turn(nobody_waits, nok):
    client = Client()
    client.force_login(nok)
    with nobody_waits.turn():
        assert client.get("/api/v1/events/").status_code == 200


def test_a_machines_outbox_is_told_to_wait_too(nobody_waits, device):
    machine = Client()
    machine.cookies[DEVICE_COOKIE] = device.cookie
    with nobody_waits.turn():
        refused = machine.post("/outbox/", {"boxes": []}, "application/json")
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) >= 1
    assert machine.post("/outbox/", {"boxes": []}, "application/json").status_code == 200


def test_one_more_waits_a_moment_for_its_turn_and_the_next_does_not():
    turns, order = Turns(at_once=1, waiting=1, patience=20), []

    def second():
        with turns.turn():
            order.append("second")

    with turns.turn():
        waiting = threading.Thread(target=second)
        waiting.start()
        while turns._line._value:
            pass
        with pytest.raises(Throttled):
            turns.look()
        order.append("first")
    waiting.join(10)
    assert order == ["first", "second"]


def test_nobody_waits_longer_than_a_moment():
    turns = Turns(at_once=1, waiting=1, patience=0.01)
    with turns.turn():
        for _ in range(3):
            with pytest.raises(Throttled), turns.turn():
                pass


def test_a_turn_is_given_back_however_it_ends():
    turns = Turns(at_once=1, waiting=0)
    for _ in range(3):
        with pytest.raises(OSError), turns.turn():
            raise OSError
    with turns.turn():
        pass


def test_as_many_as_are_refused_are_told_times_that_lie_as_far_apart_as_batches_take():
    turns = Turns(at_once=2)
    turns._seconds = 0.5
    waits = [turns.refusal().wait for _ in range(100)]
    assert waits[0] == 1
    assert 25 <= waits[-1] <= 31
    assert len(set(waits)) > 20
    assert max(turns.refusal().wait for _ in range(10_000)) <= LONGEST * 1.2


def test_how_long_a_batch_takes_is_learned(monkeypatch):
    turns, now = Turns(), 0.0
    monkeypatch.setattr(overload.time, "monotonic", lambda: now)
    for _ in range(50):
        with turns.turn():
            now += 3.0
    assert turns._seconds == pytest.approx(3.0, rel=0.05)


def test_there_is_a_thread_left_for_pages():
    threads = 4  # of a process: gunicorn.conf.py
    turns = Turns()
    with ExitStack() as stack:
        taken = 0
        while turns._line.acquire(blocking=False):
            stack.callback(turns._line.release)
            taken += 1
    assert taken < threads
