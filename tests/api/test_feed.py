"""Events read out by another program, again and again, without a gap and without one twice."""

import threading
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.utils import timezone

from courses import feed
from courses.models import LearningEvent
from courses.progress import Event, record
from lms.accounts.ids import uuid7
from lms.accounts.models import User
from lms.centres.models import AuditEntry
from tests.counting import queries_for_one_and_for_many

ADDRESS = "/api/v1/events/"


@pytest.fixture(autouse=True)
def _clocks_agree(monkeypatch):
    monkeypatch.setattr(feed, "CLOCKS_DIFFER", timedelta(0))


def event(learner, course, verb="started", place=0):
    lesson = course.lessons()[place]
    return Event(id=uuid7(), learner=learner.pk, lesson=lesson.key, verb=verb, occurred_at=timezone.now())


def read_on(client, address):
    """Every page that is there now: the events' ids, and where to go on later."""
    found = []
    while True:
        answer = client.get(address).json()
        found += [row["id"] for row in answer["results"]]
        address = answer["next"]
        if not answer["more"]:
            return found, address


def test_following_next_gives_each_event_once(api, nok, somsri, thongbai, course):
    client, sent = api(nok), []
    found, place = read_on(client, f"{ADDRESS}?limit=2")
    assert found == []
    for round_ in range(4):
        batch = [event(somsri, course), event(thongbai, course), event(somsri, course, "finished")][: 1 + round_]
        for learner in (somsri, thongbai):
            record([one for one in batch if one.learner == learner.pk], by=learner)
        sent += [str(one.id) for one in batch]
        new, place = read_on(client, place)
        found += new
    assert sorted(found) == sorted(sent)


def test_the_feed_begins_with_since(api, nok, somsri, course):
    record([event(somsri, course), event(somsri, course, "finished")], by=somsri)
    LearningEvent.objects.filter(verb="started").update(recorded_at=timezone.now() - timedelta(days=3))
    day = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%d")
    rows = api(nok).get(f"{ADDRESS}?since={day}").json()["results"]
    assert [row["verb"] for row in rows] == ["finished"]


def test_the_feed_is_of_the_people_one_looks_after(api, nok, kham, wipha, somsri, fah, course):
    record([event(somsri, course)], by=somsri)
    record([event(fah, course)], by=fah)
    assert [row["learner"] for row in api(nok).get(ADDRESS).json()["results"]] == [str(somsri.pk)]
    assert [row["learner"] for row in api(kham).get(ADDRESS).json()["results"]] == [str(fah.pk)]
    assert api(wipha).get(ADDRESS).json()["results"] == []
    assert api(nok).get(f"{ADDRESS}?centre=TH-55-0001").status_code == 400


def test_the_feed_can_be_narrowed(api, nok, somsri, course, write_course):
    other = write_course("ขายออนไลน์")
    record([event(somsri, course), event(somsri, course, "finished"), event(somsri, other)], by=somsri)
    client = api(nok)
    assert len(client.get(f"{ADDRESS}?course={other.key}").json()["results"]) == 1
    assert len(client.get(f"{ADDRESS}?verb=finished").json()["results"]) == 1
    assert len(client.get(f"{ADDRESS}?centre=TH-32-0001").json()["results"]) == 3


def test_a_place_that_was_never_given_out_is_refused(api, nok):
    answer = api(nok).get(f"{ADDRESS}?cursor=abc")
    assert answer.status_code == 400
    assert "Begin again" in answer.json()["detail"]


def test_reading_other_peoples_learning_is_written_down(api, nok, somsri, course):
    record([event(somsri, course)], by=somsri)
    api(nok).get(ADDRESS)
    assert AuditEntry.objects.filter(actor=nok.pk, action="listed", detail="events").count() == 1


@pytest.mark.parametrize("address", [ADDRESS, "/api/v1/xapi/statements"])
def test_each_centre_finds_in_its_log_that_its_learners_events_were_read(
    api, nok, kham, ban_nong_bua, ban_pua, somsri, fah, course, address
):
    ban_pua.appoint_caretaker(nok)
    for learner in (somsri, fah):
        record([event(learner, course)], by=learner)
    for _ in range(2):
        caches["default"].clear()  # another process asks
        api(nok).get(address)
    for caretaker, centre in ((nok, ban_nong_bua), (kham, ban_pua)):
        seen = AuditEntry.objects.visible_to(caretaker).filter(centre=centre)
        assert [(entry.actor, entry.action, entry.detail) for entry in seen] == [(nok.pk, "listed", "events")]
    api(somsri).get(address)
    assert AuditEntry.objects.count() == 2


def test_the_feed_costs_the_same_for_one_and_for_many(api, nok, somsri, course):
    client = api(nok)

    def add(number):
        record([event(somsri, course) for _ in range(number)], by=somsri)

    add(1)
    queries_for_one_and_for_many(lambda: len(client.get(f"{ADDRESS}?limit=500").json()["results"]), add)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's writers queue: nobody can overtake another")
@pytest.mark.django_db(transaction=True)
def test_what_is_still_being_recorded_is_not_passed_over(api, somsri, fah, course, write_course):
    """One begins to record and is slow; another records and is done; the feed is read; then the slow one ends."""
    root, other = User.objects.create_superuser("root", "password-of-root"), write_course()
    client, slow, fast = api(root), event(somsri, course), event(fah, other)
    began, may_end = threading.Event(), threading.Event()

    def record_slowly():
        with transaction.atomic():
            record([slow], by=somsri)
            began.set()
            may_end.wait(10)
        connection.close()

    thread = threading.Thread(target=record_slowly)
    thread.start()
    began.wait(10)
    record([fast], by=fah)
    first, place = read_on(client, ADDRESS)
    may_end.set()
    thread.join()
    then, _place = read_on(client, place)
    assert first == []
    assert sorted(then) == sorted([str(slow.id), str(fast.id)])
