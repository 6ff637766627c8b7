"""Somebody new comes to a group while the line is cut: a name, a code to be checked later, and what they answer."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from courses.group_arrivals import door_key
from courses.groups import own_id, present, start
from courses.models import GroupMember, GroupSession, LearningEvent, RejectedEvent
from courses.progress import rebuild
from lms.accounts import tries
from lms.accounts.ids import uuid7
from lms.accounts.models import WrongTry
from lms.centres.models import Device
from lms.centres.outbox import as_text
from lms.centres.signing_in import place_of
from tests.courses.boxes import box_of, sealed

CODE = "fish-lotus-mango"


@pytest.fixture
def lesson(course):
    return course.lessons()[0]


@pytest.fixture
def group(somsri, course, lesson, ban_nong_bua, device):
    """Somsri leads since twenty minutes; the line went ten minutes ago."""
    group = start(somsri, ban_nong_bua, course, lesson, "all", device)
    GroupSession.objects.update(started_at=ago(20), touched_at=ago(10))
    GroupMember.objects.update(joined_at=ago(20))
    return GroupSession.objects.get(pk=group.pk)


@pytest.fixture
def machine(client, somsri, device, sits_at):
    return sits_at(somsri, device)


@pytest.fixture
def thongbai(thongbai, set_code):
    set_code(thongbai, CODE)
    return thongbai


def ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


def facts_of(group, learner, move, minutes, **more):
    facts = {"id": str(uuid7()), "session": str(group.pk), "learner": str(learner.pk), "move": move}
    return facts | {"occurred_at": ago(minutes).isoformat()} | more


def came(group, learner, minutes=9, code=CODE, key=None):
    facts = facts_of(group, learner, "came", minutes)
    return facts | {"code": sealed(key or door_key(group), facts["id"], code)}


def learned(group, learner, lesson, minutes=8, **more):
    facts = {"lesson": str(lesson.key), "verb": "answered", "activity": lesson.body[1].id, "answer": 1} | more
    return facts_of(group, learner, "learned", minutes, **facts)


def tell(browser, group, *moves):
    boxes = [box_of(group.facilitator, group.device_id, facts) for facts in moves]
    verdicts = browser.post("/outbox/", {"boxes": boxes}, content_type="application/json").json()["verdicts"]
    return {verdict["id"]: verdict["status"] for verdict in verdicts}


def turned_away(group):
    return list(GroupSession.objects.get(pk=group.pk).turned_away.values())


def test_whose_code_fits_was_there_from_when_they_came_and_has_what_they_answered(
    machine, group, somsri, thongbai, lesson
):
    coming, answer = came(group, thongbai), learned(group, thongbai, lesson)
    for _twice in range(2):
        assert set(tell(machine, group, coming, answer).values()) <= {"accepted", "duplicate"}
        began, answered = LearningEvent.objects.filter(learner=thongbai.pk).order_by("occurred_at")
        assert (began.verb, began.id) == ("started", own_id(UUID(coming["id"]), thongbai.pk))
        assert (answered.correct, answered.session, answered.recorder_id) == (True, group.pk, somsri.pk)
    assert GroupMember.objects.get(learner=thongbai.pk).joined_at.isoformat() == coming["occurred_at"]
    assert turned_away(group) == []
    assert rebuild(check=True) == []


def test_a_code_that_does_not_fit_is_one_try_and_nothing_is_counted(machine, group, thongbai, lesson, device):
    moves = came(group, thongbai, code="fish-fish-fish"), learned(group, thongbai, lesson)
    for _twice in range(2):
        assert set(tell(machine, group, *moves).values()) == {"accepted"}
    assert turned_away(group) == ["AGAIN"]
    assert sorted(WrongTry.objects.values_list("subject", flat=True)) == [f"code:{thongbai.pk}", place_of(device)]
    assert not LearningEvent.objects.filter(learner=thongbai.pk).exists()
    assert not RejectedEvent.objects.exists()
    assert [person.pk for person in present(group)] == [group.facilitator_id]
    page = machine.get(f"/together/{group.pk}/").text
    assert f'data-turned-away="{moves[0]["id"]}"' in page
    assert "รหัสลับไม่ตรง" in page
    again = came(group, thongbai, minutes=2), learned(group, thongbai, lesson, minutes=1)  # the right one now
    tell(machine, group, *again)
    assert LearningEvent.objects.filter(learner=thongbai.pk, verb="answered").count() == 1


def test_guessing_without_a_line_locks_the_code_as_with_one(machine, group, thongbai, settings):
    guesses = [came(group, thongbai, minutes, code="fish-fish-lotus") for minutes in range(9, 3, -1)]
    tell(machine, group, *guesses, came(group, thongbai, 2))
    assert turned_away(group) == ["AGAIN"] * (settings.SALA_CODE_TRIES - 1) + ["LOCKED"] * 3
    assert not GroupMember.objects.filter(learner=thongbai.pk).exists()


def test_where_the_machine_has_to_wait_they_are_asked_for_once_more_later(
    machine, group, somsri, thongbai, lesson, device, settings
):
    for _try in range(settings.SALA_DEVICE_TRIES):
        tries.note(place_of(device))
    moves = came(group, thongbai), learned(group, thongbai, lesson)
    end = facts_of(group, somsri, "ended", 1)
    assert tell(machine, group, *moves, end) == {end["id"]: "accepted"}
    tries.forget(place_of(device))
    assert set(tell(machine, group, *moves).values()) == {"accepted"}
    assert LearningEvent.objects.filter(learner=thongbai.pk).count() == 2


@pytest.mark.parametrize(
    "spoil, why",
    [
        (lambda facts, group: facts | {"code": sealed(b"k" * 32, facts["id"], CODE)}, "AGAIN"),  # by another key
        (lambda facts, group: facts | {"code": sealed(door_key(group), uuid7(), CODE)}, "AGAIN"),  # of another arrival
        (lambda facts, group: facts | {"code": ""}, "AGAIN"),
        (lambda facts, group: facts | {"occurred_at": ago(30).isoformat()}, "OVER"),  # before the group began
    ],
)
def test_what_is_not_as_the_page_makes_it_lets_nobody_in(spoil, why, machine, group, thongbai):
    tell(machine, group, spoil(came(group, thongbai), group))
    assert turned_away(group) == [why]
    assert not GroupMember.objects.filter(learner=thongbai.pk).exists()
    assert not WrongTry.objects.exists()


def test_nobody_of_another_centre_a_ninth_or_a_child_without_a_guardian_comes_in(
    machine, group, fah, learner_at, set_code, monkeypatch
):
    child = learner_at(group.centre, "น้องหนึ่ง", age_band="0-10")
    for each in (fah, child):
        set_code(each, CODE)
    tell(machine, group, came(group, fah), came(group, child))
    assert turned_away(group) == ["AGAIN", "NO_GUARDIAN"]
    monkeypatch.setattr("courses.group_arrivals.MOST", 1)
    tell(machine, group, came(group, child))
    assert turned_away(group) == ["AGAIN", "NO_GUARDIAN", "FULL"]


def test_they_leave_and_are_back_like_the_others(machine, group, thongbai, lesson):
    tell(
        machine,
        group,
        came(group, thongbai, 9),
        facts_of(group, thongbai, "left", 7),
        learned(group, thongbai, lesson, 5),
        facts_of(group, thongbai, "back", 2),
        learned(group, thongbai, lesson, 1),
    )
    assert GroupMember.objects.filter(learner=thongbai.pk).count() == 2
    (answered,) = LearningEvent.objects.filter(learner=thongbai.pk, verb="answered")
    assert round((timezone.now() - answered.occurred_at).total_seconds()) < 90


def test_names_to_touch_go_with_the_steps_only_where_they_are_shown_with_a_line(machine, group, somsri, thongbai, fah):
    told = machine.get(f"/together/{group.pk}/steps/").json()
    assert str(thongbai.pk) in told["newcomers"]
    assert str(somsri.pk) not in told["newcomers"]
    assert str(fah.pk) not in told["newcomers"]
    assert told["door"] == as_text(door_key(group))
    Device.objects.update(owner=somsri)
    assert machine.get(f"/together/{group.pk}/steps/").json()["newcomers"].strip() == ""
