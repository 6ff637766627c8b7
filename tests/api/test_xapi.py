"""Learning read out as xAPI 1.0.3 statements."""

import copy
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from courses import feed
from courses.models import LearningEvent, LessonOutline
from courses.progress import Event, record
from courses.xapi import response
from lms.accounts.ids import uuid7
from lms.network.demo.learning import right_answer, wrong_answer
from tests.api.xapi_rules import broken_rules
from tests.counting import queries_for_one_and_for_many

ADDRESS = "/api/v1/xapi/statements"
KINDS = {
    "single_choice": {"choices": [{"text": "ก", "correct": False}, {"text": "ข", "correct": True}]},
    "multiple_choice": {"choices": [{"text": "ก", "correct": True}, {"text": "ข", "correct": True}]},
    "true_false": {"answer": True, "explanation": ""},
    "ordering": {"items": ["ก", "ข", "ค"], "explanation": ""},
    "matching": {"pairs": [["ก", "1"], ["ข", "2"]], "explanation": ""},
    "fill_in": {"answers": ["ทุน"], "explanation": ""},
    "number": {"answer": 30.0, "tolerance": 0, "unit": None, "explanation": ""},
    "reflection": {},
    "task": {"checklist": ["ทำ", "เก็บ"], "observed_by": "caretaker"},
}


@pytest.fixture(autouse=True)
def _clocks_agree(monkeypatch):
    monkeypatch.setattr(feed, "CLOCKS_DIFFER", timedelta(0))


@pytest.fixture
def everything(course, somsri, nok):
    """ป้าสมศรี answers every kind of activity, wrongly and rightly, and ครูนก checks her task."""
    lesson = LessonOutline.objects.filter(course=course.key).first()
    lesson.activities = {str(uuid.uuid4()): {"kind": kind, **_explained(about)} for kind, about in KINDS.items()}
    lesson.save()
    now = timezone.now()

    def event(verb, seconds, **more):
        at = now - timedelta(minutes=5) + timedelta(seconds=seconds)
        return Event(
            id=uuid7(), learner=somsri.pk, lesson=lesson.lesson, verb=verb, occurred_at=at, seconds=seconds, **more
        )

    own = [event("started", 0)]
    for place, (activity, about) in enumerate(lesson.activities.items(), start=1):
        given = [wrong_answer(about), right_answer(about)]
        own += [event("answered", place, activity=uuid.UUID(activity), answer=one) for one in given if one is not None]
    own.append(event("finished", 60))
    task = next(uuid.UUID(key) for key, about in lesson.activities.items() if about["kind"] == "task")
    looks = [
        event("checked", 70, activity=task, answer={"done": [0], "note": "ยังไม่ได้เก็บ"}),
        event("checked", 80, activity=task, answer={"done": [0, 1], "reason": "เก็บแล้ว"}),
    ]
    verdicts = record(own, by=somsri) + record(looks, by=nok)
    assert {verdict.status for verdict in verdicts} == {"accepted"}
    return len(verdicts)


def _explained(about):
    if "choices" in about:
        return {"choices": [{"explanation": "", **choice} for choice in about["choices"]]}
    return about


def test_every_statement_keeps_the_rules_of_the_specification(everything, api, nok):
    answer = api(nok).get(ADDRESS)
    found = answer.json()["statements"]
    assert len(found) == everything
    assert [broken_rules(statement) for statement in found] == [[]] * everything
    assert answer["X-Experience-API-Version"] == "1.0.3"
    assert answer["X-Experience-API-Consistent-Through"]


def test_the_rules_find_what_a_record_store_would_refuse(everything, api, nok):
    good = api(nok).get(ADDRESS).json()["statements"][0]

    def broken(change):
        statement = copy.deepcopy(good)
        change(statement)
        return broken_rules(statement)

    assert broken(lambda s: s["actor"].update(mbox="mailto:a@b.th"))
    assert broken(lambda s: s.pop("verb"))
    assert broken(lambda s: s.update(timestamp="2026-11-22T03:12:45"))
    assert broken(lambda s: s["context"].update(registration=None))
    assert broken(lambda s: s["object"].update(id="no address"))
    assert broken(lambda s: s.update(name="more"))
    assert broken(lambda s: s.update(result={"score": {"scaled": 1.5}}))


def test_verbs_answers_and_looks_are_told_in_the_standards_words(everything, api, nok):
    found = api(nok).get(f"{ADDRESS}?ascending=true").json()["statements"]
    verbs = [statement["verb"]["id"].rsplit("/", 1)[1] for statement in found]
    assert verbs[0] == "initialized"
    assert verbs[-3:] == ["completed", "attempted", "passed"]
    by_kind = {}
    for statement in found:
        if statement["verb"]["id"].endswith("answered"):
            by_kind.setdefault(statement["object"]["definition"]["interactionType"], []).append(statement["result"])
    assert by_kind["sequencing"][-1]["response"] == "0[,]1[,]2"
    assert by_kind["matching"][-1] == {
        "response": "0[.]0[,]1[.]1",
        "success": True,
        "score": {"scaled": 1.0},
        "duration": by_kind["matching"][-1]["duration"],
    }
    assert [result["response"] for result in by_kind["true-false"]] == ["false", "true"]
    assert by_kind["numeric"][-1]["response"] == "30.0"
    look = found[-2]
    assert look["result"] == {"success": False, "score": {"scaled": 0.5}, "response": "0", "duration": "PT70S"}
    assert look["context"]["instructor"]["account"]["name"] == str(nok.pk)
    assert look["context"]["extensions"]["urn:x-sala:note"] == "ยังไม่ได้เก็บ"


def test_nobody_is_named(everything, api, nok, somsri):
    assert somsri.name not in api(nok).get(ADDRESS).content.decode()


def test_more_leads_through_all_of_it_in_both_directions(everything, api, nok):
    client = api(nok)
    for order in ("true", "false"):
        found, address = [], f"{ADDRESS}?limit=3&ascending={order}"
        while address:
            answer = client.get(address).json()
            found += [statement["id"] for statement in answer["statements"]]
            address = answer["more"]
        assert len(found) == len(set(found)) == everything


def test_since_and_until_bound_when_a_statement_was_stored(everything, api, nok):
    LearningEvent.objects.filter(verb="started").update(recorded_at=timezone.now() - timedelta(days=3))
    day = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%d")
    client = api(nok)
    assert len(client.get(f"{ADDRESS}?since={day}").json()["statements"]) == everything - 1
    assert len(client.get(f"{ADDRESS}?until={day}").json()["statements"]) == 1


def test_an_unknown_parameter_is_refused_as_the_specification_wants(api, nok):
    assert api(nok).get(f"{ADDRESS}?sinse=2026-11-22").status_code == 400


def test_statements_cost_the_same_for_one_and_for_many(api, nok, somsri, course):
    lesson, client = course.lessons()[0], api(nok)

    def add(number):
        events = [
            Event(id=uuid7(), learner=somsri.pk, lesson=lesson.key, verb="started", occurred_at=timezone.now())
            for _ in range(number)
        ]
        record(events, by=somsri)

    add(1)
    queries_for_one_and_for_many(lambda: len(client.get(f"{ADDRESS}?limit=500").json()["statements"]), add)


def test_an_answer_of_any_kind_is_one_text():
    assert response("fill_in", "ทุน") == "ทุน"
    assert response("multiple_choice", [0, 2]) == "0[,]2"
