"""What somebody says of a task they saw: who may, what is refused, and what it leaves behind."""

from uuid import uuid4

import pytest

from courses.models import LearningEvent, LessonOutline, LessonProgress, RejectedEvent
from courses.progress import rebuild, record

DONE = {"done": [0, 1, 2], "note": "ดีมาก"}


@pytest.fixture
def outline(hands_on):
    return LessonOutline.objects.get(lesson=hands_on.key)


@pytest.fixture
def check(event, outline):
    """Somebody checks a learner's task: check(nok, somsri). Gives the verdict."""

    def make(by, learner, answer=DONE, kind="task", **more):
        return record([event(learner, outline, "checked", kind=kind, answer=answer, **more)], by=by)[0]

    return make


def waiting_since():
    return LessonProgress.objects.get().unchecked_since


def test_a_look_is_kept_with_who_looked(check, event, outline, nok, somsri):
    record([event(somsri, outline, "answered", 1, kind="task", answer=[0, 1, 2])], by=somsri)
    assert waiting_since()
    verdict = check(nok, somsri, minutes=2)
    assert (verdict.status, verdict.correct, verdict.score) == ("accepted", True, 1)
    assert waiting_since() is None
    assert LearningEvent.objects.get(verb="checked").recorder_id == nok.pk
    (entry,) = LessonProgress.objects.get().answers.values()
    assert entry["check"]["note"] == "ดีมาก"
    assert entry["tries"] == 1  # a look is no try
    assert rebuild(check=True) == []


def test_the_learner_never_checks_their_own_whatever_else_they_are(check, ban_nong_bua, somsri):
    assert check(somsri, somsri).reason == "unknown_learner"
    ban_nong_bua.memberships.create(user=somsri, role="helper", started_on="2020-01-01")
    assert check(somsri, somsri).reason == "unknown_learner"
    ban_nong_bua.appoint_caretaker(somsri, started_on="2020-01-01")
    assert check(somsri, somsri).reason == "unknown_learner"
    assert not LearningEvent.objects.exists()
    assert RejectedEvent.objects.count() == 3


def test_strangers_check_nothing(check, kham, wipha, thongbai, fah, somsri):
    for person in (kham, wipha, thongbai, fah):
        assert check(person, somsri).reason == "unknown_learner"
    assert not LearningEvent.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [("2020-01-01", None, "accepted"), ("2026-11-23", "2026-11-23", "accepted"), ("2026-11-24", None, "rejected")]
    + [("2020-01-01", "2026-11-22", "rejected")],
)
def test_a_helper_checks_while_the_role_holds(check, ban_nong_bua, thongbai, somsri, first, last, status):
    ban_nong_bua.memberships.create(user=thongbai, role="helper", started_on=first, ended_on=last)
    assert check(thongbai, somsri).status == status


def test_a_helper_elsewhere_checks_nothing(check, ban_pua, ban_nong_bua, thongbai, somsri, fah):
    ban_pua.memberships.create(user=thongbai, role="helper", started_on="2020-01-01")
    assert check(thongbai, somsri).reason == "unknown_learner"
    assert check(thongbai, fah).status == "accepted"


@pytest.mark.parametrize("verb", ["started", "answered", "finished"])
def test_a_helper_records_nothing_but_looks(event, outline, ban_nong_bua, thongbai, somsri, verb):
    ban_nong_bua.memberships.create(user=thongbai, role="helper", started_on="2020-01-01")
    more = {"kind": "task", "answer": [0]} if verb == "answered" else {}
    assert record([event(somsri, outline, verb, **more)], by=thongbai)[0].reason == "unknown_learner"
    own = record([event(thongbai, outline, verb, **more)], by=thongbai)[0]
    assert own.status == "accepted"


def test_a_look_beside_an_answer_in_one_batch_opens_no_way_to_answer(event, outline, ban_nong_bua, thongbai, somsri):
    ban_nong_bua.memberships.create(user=thongbai, role="helper", started_on="2020-01-01")
    batch = [
        event(somsri, outline, "checked", kind="task", answer=DONE),
        event(somsri, outline, "answered", kind="task", answer=[0, 1, 2]),
    ]
    assert [verdict.status for verdict in record(batch, by=thongbai)] == ["accepted", "rejected"]


@pytest.mark.parametrize(
    "odd",
    [
        None,
        [0, 1],
        {},
        {"note": "x"},
        {"done": "0"},
        {"done": [3]},
        {"done": [-1]},
        {"done": [0, 0]},
        {"done": [True]},
        {"done": [0], "note": "ก" * 501},
        {"done": [0], "note": "\0"},
        {"done": [0], "note": 5},
        {"done": [0], "reason": None},
        {"done": [0], "correct": True},
    ],
)
def test_a_malformed_look_is_refused(check, nok, somsri, odd):
    assert check(nok, somsri, odd).reason == "malformed_answer"


def test_only_tasks_are_looked_at(check, nok, somsri):
    assert check(nok, somsri, {"done": [0]}, kind="single_choice").reason == "malformed_answer"
    assert check(nok, somsri, activity=uuid4(), kind=None).reason == "unknown_activity"


def test_the_latest_look_counts_and_the_earlier_ones_stay(check, nok, somsri):
    check(nok, somsri, {"done": [0]}, minutes=5)
    check(nok, somsri, DONE | {"reason": "ดูใหม่"}, minutes=9)
    check(nok, somsri, {"done": []}, minutes=1)  # from a phone that was out of reach
    (entry,) = LessonProgress.objects.get().answers.values()
    assert entry["check"]["done"] == [0, 1, 2]
    assert LearningEvent.objects.filter(verb="checked").count() == 3
    assert rebuild(check=True) == []


def test_a_look_at_work_that_was_done_again_since_does_not_count_for_it(check, event, outline, nok, somsri):
    record([event(somsri, outline, "answered", 9, kind="task", answer=[0, 1, 2])], by=somsri)
    check(nok, somsri, minutes=5)
    assert waiting_since()
    assert rebuild(check=True) == []
