"""Handing in what happened, by the batch."""

import gzip
import json
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import Enrolment, LearningEvent, RejectedEvent
from courses.progress import recording, sql
from lms.accounts.ids import uuid7

EVENTS = "/api/v1/events/"


@pytest.fixture
def lesson(course):
    return course.lessons()[0]


def send(client, *events, **more):
    return client.post(EVENTS, {"events": events}, content_type="application/json", **more)


def verdicts(answer):
    assert answer.status_code == 200, answer.content
    return [(verdict["status"], verdict.get("reason", "")) for verdict in answer.json()["verdicts"]]


def test_an_event_is_stored_once_however_often_it_is_sent(api, nok, somsri, lesson, event_of):
    event = event_of(somsri, lesson)
    assert verdicts(send(api(nok), event)) == [("accepted", "")]
    assert verdicts(send(api(nok), event, event)) == [("duplicate", ""), ("duplicate", "")]
    assert LearningEvent.objects.count() == Enrolment.objects.count() == 1


def test_an_answer_is_judged_by_the_server(api, somsri, lesson, event_of):
    number = next(block for block in lesson.body if block.block_type == "number")
    answers = [event_of(somsri, lesson, verb="answered", activity=number.id, answer=n) for n in ("30", "31")]
    judged = send(api(somsri), *answers).json()["verdicts"]
    assert [verdict["correct"] for verdict in judged] == [True, False]


def test_verdicts_come_in_the_order_of_the_events(api, nok, somsri, fah, lesson, event_of):
    batch = [
        event_of(somsri, lesson, verb="danced"),
        event_of(somsri, lesson),
        event_of(fah, lesson),
        "nonsense",
        event_of(somsri, uuid.uuid4()),
        event_of(somsri, lesson, verb="finished"),
    ]
    answer = send(api(nok), *batch)
    assert verdicts(answer) == [
        ("rejected", "malformed"),
        ("accepted", ""),
        ("rejected", "unknown_learner"),
        ("rejected", "malformed"),
        ("rejected", "unknown_lesson"),
        ("accepted", ""),
    ]
    ids = [verdict["id"] for verdict in answer.json()["verdicts"]]
    assert ids == [event["id"] if isinstance(event, dict) else None for event in batch]


def test_a_rejected_event_is_kept_aside_once(api, nok, somsri, lesson, event_of):
    event = event_of(somsri, lesson, verb="danced")
    for _again in range(2):
        send(api(nok), event)
    (kept,) = RejectedEvent.objects.all()
    assert (kept.reason, json.loads(kept.payload["raw"])) == ("malformed", event)


@pytest.mark.parametrize(
    "event",
    [
        None,
        7,
        [],
        {},
        {"id": 7},
        {"id": "x" * 10_000},
        "\ud800",
        {"colour": "red"},
        {"id": {"deep": [[[]]]}},
    ],
)
def test_one_malformed_event_does_not_spoil_the_batch(api, somsri, lesson, event_of, event):
    assert verdicts(send(api(somsri), event, event_of(somsri, lesson))) == [
        ("rejected", "malformed"),
        ("accepted", ""),
    ]


MALFORMED_FIELDS = [
    {"id": "1"},
    {"id": None},
    {"learner": "somsri"},
    {"lesson": 1},
    {"verb": ""},
    {"occurred_at": "2026-11-22"},
    {"occurred_at": "2026-11-22T10:00:00"},
    {"occurred_at": "2026-13-22T10:00:00Z"},
    {"occurred_at": 1e400},
    {"seconds": -1},
    {"seconds": 10**30},
    {"seconds": "5"},
    {"centre": "x" * 21},
    {"session": "now"},
    {"surprise": 1},
]


@pytest.mark.parametrize("fields", MALFORMED_FIELDS)
def test_a_malformed_field_is_a_malformed_event(api, somsri, lesson, event_of, fields):
    body = json.dumps({"events": [event_of(somsri, lesson) | fields]}).replace("Infinity", "1e400")
    answer = api(somsri).post(EVENTS, body, content_type="application/json")
    assert verdicts(answer) == [("rejected", "malformed")]
    assert not LearningEvent.objects.exists()


STRANGE_ANSWERS = [None, True, 0, -1, 10**400, 1e308, "", "x" * 100_000, [], {}, [[]], [None], {"": None}, ["1"] * 5000]


@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("answer", STRANGE_ANSWERS, ids=range(len(STRANGE_ANSWERS)))
def test_a_strange_answer_gets_its_verdict(api, somsri, lesson, event_of, place, answer):
    event = event_of(somsri, lesson, verb="answered", activity=lesson.body[place].id, answer=answer)
    assert verdicts(send(api(somsri), event))[0] in [("accepted", ""), ("rejected", "malformed_answer")]


def test_an_answer_that_goes_too_deep_is_malformed(api, somsri, lesson, event_of):
    answer = []
    for _level in range(200):
        answer = [answer]
    deep = event_of(somsri, lesson, verb="answered", activity=lesson.body[1].id, answer=answer)
    assert verdicts(send(api(somsri), deep)) == [("rejected", "malformed")]


@pytest.mark.parametrize("bad", ["\x00", "\ud83d", "ab\udc00"])
def test_letters_that_no_database_stores_are_replaced(api, somsri, lesson, event_of, bad):
    event = event_of(somsri, lesson, verb="answered", activity=lesson.body[2].id, answer="30" + bad)
    assert verdicts(send(api(somsri), event))[0][0] in ("accepted", "rejected")
    stored = json.dumps([*LearningEvent.objects.values_list("answer"), *RejectedEvent.objects.values_list("payload")])
    assert "ufffd" in stored
    assert not {"\\u0000", '\\ud83d"', "\\udc00"} & {part for part in ("\\u0000", "\\udc00") if part in stored}


def test_letters_outside_the_first_plane_and_backslashes_are_left_alone(api, somsri, lesson, event_of):
    event = event_of(somsri, lesson, verb="answered", activity=lesson.body[2].id, answer="\U0001f418 \\u0000")
    send(api(somsri), event)
    stored = str([*LearningEvent.objects.values("answer"), *RejectedEvent.objects.values("payload")])
    assert "\U0001f418 \\\\u0000" in stored


def test_500_events_are_a_batch_and_501_are_too_many(api, somsri, lesson, event_of):
    batch = [event_of(somsri, lesson) for _ in range(501)]
    assert send(api(somsri), *batch).status_code == 413
    assert not LearningEvent.objects.exists()
    assert verdicts(send(api(somsri), *batch[:500])) == [("accepted", "")] * 500


def test_an_empty_batch_is_a_batch(api, somsri):
    assert verdicts(send(api(somsri))) == []


@pytest.mark.parametrize(
    "body",
    [
        b" ",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"events": {}}',
        b'{"events": null}',
        b'{"events": [1,]}',
        b"\xff\xfe",
        b'{"events":' + b"[" * 100_000,
        b"\xef\xbb\xbf{}",
    ],
)
def test_a_body_that_is_no_batch_is_a_problem(api, somsri, body):
    answer = api(somsri).post(EVENTS, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""]
)
def test_only_json_is_taken(api, somsri, content_type):
    answer = api(somsri).generic("POST", EVENTS, b'{"events": []}', content_type=content_type)
    assert answer.status_code in (400, 415)
    assert answer["Content-Type"] == "application/problem+json"


def test_a_batch_may_be_packed(api, somsri, lesson, event_of):
    packed = gzip.compress(json.dumps({"events": [event_of(somsri, lesson)]}).encode())
    answer = api(somsri).post(
        EVENTS, packed, content_type="application/json; charset=utf-8", headers={"Content-Encoding": "gzip"}
    )
    assert verdicts(answer) == [("accepted", "")]


@pytest.mark.parametrize(
    ("packed", "coding", "status"),
    [
        (gzip.compress(b" " * 6_000_000), "gzip", 413),
        (gzip.compress(gzip.compress(b" " * 1_000_000_000)), "gzip", 400),
        (gzip.compress(b'{"events": []}')[:-9], "gzip", 400),
        (b"not packed", "gzip", 400),
        (b'{"events": []}', "br", 415),
        (b" " * 6_000_000, "identity", 413),
        (b" " * 6_000_000, "gzip", 413),
        (b" " * 4_000_000, "identity", 400),
    ],
    ids=["bomb", "bomb in a bomb", "cut off", "not gzip", "brotli", "unpacked", "long and not gzip", "no batch"],
)
def test_a_package_that_cannot_be_opened_is_a_problem(api, somsri, packed, coding, status):
    answer = api(somsri).post(EVENTS, packed, content_type="application/json", headers={"Content-Encoding": coding})
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_a_batch_of_long_reflections_may_be_larger_than_a_pages_form(api, somsri, lesson, event_of, settings):
    pages = "ก" * 2000
    batch = [event_of(somsri, lesson, answer=pages) for _ in range(400)]
    body = json.dumps({"events": batch}, ensure_ascii=False).encode()
    assert len(body) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    answer = api(somsri).post(EVENTS, body, content_type="application/json")
    assert verdicts(answer) == [("accepted", "")] * 400


def test_a_learner_hands_in_only_their_own(api, somsri, thongbai, lesson, event_of):
    assert verdicts(send(api(somsri), event_of(thongbai, lesson), event_of(somsri, lesson))) == [
        ("rejected", "unknown_learner"),
        ("accepted", ""),
    ]


def test_the_ministry_hands_in_for_nobody(api, wipha, somsri, lesson, event_of):
    assert verdicts(send(api(wipha), event_of(somsri, lesson))) == [("rejected", "unknown_learner")]


def test_nobody_hands_in_nothing(somsri, lesson, event_of, db):
    answer = send(Client(), event_of(somsri, lesson))
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert not RejectedEvent.objects.exists()


def test_a_page_must_show_that_it_is_ours(somsri, lesson, event_of):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(somsri)
    event = event_of(somsri, lesson)
    answer = send(browser, event)
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    browser.cookies["csrftoken"] = "a" * 32
    assert verdicts(send(browser, event, headers={"X-CSRFToken": "a" * 32})) == [("accepted", "")]


def test_a_batch_costs_the_same_queries_for_one_event_and_for_300(
    api, somsri, lesson, event_of, django_assert_num_queries, monkeypatch
):
    monkeypatch.setattr(sql, "PARAMETERS", 30_000)  # so that they fit one statement, as on PostgreSQL
    program = api(somsri)
    send(program, event_of(somsri, lesson, id=str(uuid7()), occurred_at=timezone.now().isoformat()))
    with django_assert_num_queries(30, exact=False) as one:
        send(program, event_of(somsri, lesson))
    with django_assert_num_queries(len(one)):
        send(program, *[event_of(somsri, lesson) for _ in range(300)])


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59Z"]
)
def test_a_clock_at_the_end_of_the_calendar_counts_as_of_now(api, somsri, lesson, event_of, moment):
    assert verdicts(send(api(somsri), event_of(somsri, lesson, occurred_at=moment))) == [("accepted", "")]
    event = LearningEvent.objects.get()
    assert abs(event.occurred_at - event.recorded_at).total_seconds() < 5
    assert event.claimed_at.isoformat()[:4] == moment[:4]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "9" * 5000])
def test_a_number_that_is_none_is_a_verdict_or_a_problem(api, somsri, lesson, event_of, number):
    event = event_of(somsri, lesson, verb="answered", activity=lesson.body[2].id, answer="HERE")
    body = json.dumps({"events": [event]}).replace('"HERE"', number)
    answer = api(somsri).post(EVENTS, body, content_type="application/json")
    assert answer.status_code in (200, 400)
    assert not LearningEvent.objects.exists()


def test_one_id_used_by_two_learners_is_two_events(api, nok, somsri, thongbai, lesson, event_of):
    mine = event_of(somsri, lesson)
    assert verdicts(send(api(nok), mine, mine | {"learner": str(thongbai.pk)})) == [("accepted", "")] * 2


def test_a_learner_cannot_name_another_centre(api, somsri, ban_pua, lesson, event_of):
    assert verdicts(send(api(somsri), event_of(somsri, lesson, centre=ban_pua.code))) == [
        ("rejected", "unknown_centre")
    ]


def test_a_long_event_that_cannot_be_counted_is_kept_cut(api, somsri, lesson, event_of):
    event = event_of(somsri, lesson, verb="answered", activity=lesson.body[2].id, answer="ก" * 100_000)
    for _again in range(2):
        assert verdicts(send(api(somsri), event)) == [("rejected", "malformed_answer")]
    (kept,) = RejectedEvent.objects.all()
    assert len(kept.payload["cut"].encode()) <= recording.LONGEST_PAYLOAD
    assert kept.payload["id"] == event["id"]


def test_nobody_fills_the_store_of_events_that_cannot_be_counted(api, somsri, thongbai, lesson, event_of, monkeypatch):
    monkeypatch.setattr(recording, "LARGEST_STORE", 3)
    wrong = [event_of(somsri, uuid.uuid4()) for _ in range(5)]
    assert verdicts(send(api(somsri), *wrong, event_of(somsri, lesson)))[-1] == ("accepted", "")
    send(api(somsri), event_of(somsri, uuid.uuid4()))
    assert RejectedEvent.objects.count() == 3
    send(api(thongbai), event_of(thongbai, uuid.uuid4()))
    assert RejectedEvent.objects.count() == 4
