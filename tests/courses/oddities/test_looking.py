"""`manage.py look_for_oddities` over events that were really recorded: what is asked, and what is not."""

import io
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import GroupMember, GroupSession, LearningEvent, Oddity, OddityMark
from courses.oddities import look, looking
from courses.progress import Event, rebuild, record
from lms.accounts.ids import uuid7
from lms.accounts.models import User
from lms.centres.merging import merge
from lms.centres.models import Centre, Closure, Device, HomeCentre, SignIn
from lms.network.erasing import erase

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # a Monday, in Thailand
MONDAY, DAY = date(2026, 11, 23), timedelta(days=1)
SECOND = timedelta(seconds=1)


class Clock:
    def __init__(self):
        self.now = NOON + timedelta(hours=6)

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch, db):
    """It is six in the evening of that Monday until a test says otherwise."""
    clock = Clock()
    monkeypatch.setattr("django.utils.timezone.now", clock)
    monkeypatch.setattr("courses.oddities.looking.settled_until", lambda: clock() + SECOND)  # nobody else records
    return clock


@pytest.fixture
def of_old(somsri):
    """ป้าสมศรี has learned at Ban Nong Bua for months."""
    User.objects.filter(pk=somsri.pk).update(date_joined=NOON - 90 * DAY)
    HomeCentre.objects.filter(learner=somsri).update(since=MONDAY - 90 * DAY)


@pytest.fixture
def lessons(write_course):
    return list(write_course(lessons=4).lessons())


@pytest.fixture
def does(lessons, nok):
    """does(somsri, "finished", 5.5): some minutes after noon, in the first lesson unless another is told."""

    def make(learner, verb, minutes=0, lesson=0, by=None, **more):
        at = NOON + timedelta(minutes=minutes)
        event = Event(
            **{"id": uuid7(), "occurred_at": at} | more, learner=learner.pk, lesson=lessons[lesson].key, verb=verb
        )
        (verdict,) = record([event], by=by or learner)
        assert verdict.status == "accepted", verdict

    return make


@pytest.fixture
def leafs(does):
    """leafs(somsri, 3): opens so many lessons of ten minutes and finishes each after 20 seconds."""

    def make(learner, lessons=1, start=0, **more):
        for lesson in range(lessons):
            does(learner, "started", start + lesson, lesson, **more)
            does(learner, "finished", start + lesson + 1 / 3, lesson, **more)

    return make


@pytest.fixture
def people(learner_at, ban_nong_bua):
    """people(6): so many learners of Ban Nong Bua."""
    return lambda number: [learner_at(ban_nong_bua, f"คนที่ {n}") for n in range(number)]


def asked():
    """{(kind, centre's code)} of what is asked after a look."""
    new = sum(found for _until, found in look())
    assert new <= Oddity.objects.count()
    return set(Oddity.objects.values_list("kind", "centre__code"))


def close(centre, since, until=None, status="closed"):
    Closure.objects.create(centre=centre, started_on=since, ended_on=until, status=status)


def test_three_lessons_leafed_through_are_a_question_about_their_learner(somsri, leafs):
    leafs(somsri, 3)
    assert asked() == {("fast", "TH-32-0001")}
    oddity = Oddity.objects.get()
    assert (oddity.learner_id, oddity.day) == (somsri.pk, MONDAY)
    assert (oddity.evidence["times"], oddity.evidence["seconds"], oddity.evidence["minutes"]) == (3, 20, 10)


def test_what_is_not_leafing_through(somsri, thongbai, does, leafs, fah):
    leafs(somsri, 2)  # to have a look
    for lesson in range(3):  # a minute and more each
        does(thongbai, "started", 10 * lesson, lesson)
        does(thongbai, "finished", 10 * lesson + 1, lesson)
    for lesson in range(4):  # a program that tells of nothing but the end
        does(fah, "finished", lesson, lesson)
    assert asked() == set()


def test_time_that_a_device_tells_of_counts(somsri, does):
    for lesson in range(3):
        does(somsri, "started", 0, lesson)
        does(somsri, "finished", 0.1, lesson, seconds=300)
    assert asked() == set()


def test_in_a_group_nobody_leafs_through(somsri, thongbai, leafs, lessons, ban_nong_bua, does):
    group = GroupSession.objects.create(
        centre=ban_nong_bua,
        facilitator=somsri,
        course=lessons[0].get_parent().specific.key,
        lesson=lessons[0].key,
        started_at=NOON,
        touched_at=NOON + timedelta(hours=7),
    )
    GroupMember.objects.create(session=group, learner_id=somsri.pk, joined_at=NOON)
    leafs(somsri, 1, session=group.pk)
    for lesson in (1, 2):
        does(somsri, "started", lesson, lesson)
        does(somsri, "finished", lesson + 0.1, lesson)
    assert LearningEvent.objects.filter(session=group.pk).count() == 2
    assert asked() == set()


def test_five_people_who_leaf_through_on_one_day(people, does, leafs, clock):
    five = people(5)
    for learner in five[:3]:
        leafs(learner)
    assert asked() == set()
    clock.now += 3 * DAY
    leafs(five[3])
    assert asked() == set()
    clock.now += DAY
    does(five[3], "started", 9, 3)
    does(five[3], "finished", 9.1, 3)
    leafs(five[4])
    assert asked() == {("fast_many", "TH-32-0001")}
    assert Oddity.objects.get().evidence["people"] == 5


def test_a_crowd_is_asked_about_by_its_lesson(people, does, lessons, settings):
    settings.SALA_ODD_CROWD = 6
    for n, learner in enumerate(people(6)):
        does(learner, "finished", n / 7)
    assert asked() == {("crowd", "TH-32-0001")}
    oddity = Oddity.objects.get()
    assert (oddity.lesson, oddity.learner, oddity.evidence["people"]) == (lessons[0].key, None, 6)


def test_a_crowd_that_comes_in_on_two_nights_is_seen(people, does, clock, settings):
    settings.SALA_ODD_CROWD = 6
    crowd = people(6)
    for learner in crowd[:3]:
        does(learner, "finished")
    assert asked() == set()
    clock.now += 3 * DAY
    for learner in crowd[3:]:
        does(learner, "finished")
    assert asked() == {("crowd", "TH-32-0001")}


def test_what_is_no_crowd(people, does, settings, fah):
    settings.SALA_ODD_CROWD = 6
    for n, learner in enumerate(people(6)):
        does(learner, "finished", 0.9 * n)  # one after the other
        does(learner, "finished", 60, 1 + n % 2)  # at once, but in two lessons
        does(learner, "started", 90)
    dead_battery = datetime(1980, 1, 1, tzinfo=UTC)  # counted as of their arrival: when they were nobody knows
    for learner in people(6):
        does(learner, "finished", lesson=3, occurred_at=dead_battery)
    assert asked() == set()


def test_learning_at_a_closed_centre_is_asked_about_with_where_it_was(
    somsri, thongbai, fah, does, ban_nong_bua, device, nok
):
    close(ban_nong_bua, MONDAY, status="paused")
    phone = Device.objects.create(centre=ban_nong_bua, name="มือถือ", owner=thongbai)
    for learner, machine in ((somsri, device), (thongbai, phone)):
        SignIn.objects.create(learner=learner, device=machine, session_key="x", started_at=NOON)
    does(somsri, "started", 1)
    does(thongbai, "started", 2)
    does(thongbai, "finished", 9, by=nok)
    does(fah, "started", 1)  # of a centre that is open
    assert asked() == {("closed", "TH-32-0001")}
    told = Oddity.objects.get().evidence
    assert (told["status"], told["people"], told["events"]) == ("paused", 2, 3)
    assert (told["at_machines"], told["on_phones"], told["by_others"]) == (1, 1, 1)


def test_before_and_after_it_was_closed_nothing_is_asked(somsri, does, ban_nong_bua):
    close(ban_nong_bua, MONDAY + DAY)
    close(ban_nong_bua, MONDAY - 9 * DAY, MONDAY - DAY)
    does(somsri, "started")
    assert asked() == set()


def test_a_caretaker_who_looks_at_a_task_while_the_centre_is_closed_is_no_learner(somsri, hands_on, ban_nong_bua, nok):
    close(ban_nong_bua, MONDAY)
    task = {"activity": UUID(hands_on.body[1].id), "learner": somsri.pk, "lesson": hands_on.key}
    for verb, answer, by, at in (("answered", [0], somsri, NOON - DAY), ("checked", {"done": [0]}, nok, NOON)):
        event = Event(id=uuid7(), verb=verb, answer=answer, occurred_at=at, **task)
        assert record([event], by=by)[0].status == "accepted"
    assert asked() == set()


def test_what_comes_late_belongs_to_the_day_on_which_the_centre_was_closed(somsri, does, ban_nong_bua, clock):
    close(ban_nong_bua, MONDAY, MONDAY)
    assert asked() == set()
    clock.now += 20 * DAY
    does(somsri, "started")
    assert asked() == {("closed", "TH-32-0001")}


def test_the_same_learner_at_two_centres_within_minutes(of_old, somsri, does, ban_nong_bua, ban_pua, nok):
    ban_pua.appoint_caretaker(nok, started_on=MONDAY)
    does(somsri, "started", 0, by=nok)
    does(somsri, "finished", 10, by=nok, centre=ban_pua.code)
    assert asked() == {("two_places", "TH-32-0001")}
    oddity = Oddity.objects.get()
    assert (oddity.learner_id, oddity.elsewhere, oddity.evidence["minutes"]) == (somsri.pk, ban_pua, 10)


def test_signing_in_at_another_centres_machine_meanwhile_is_the_same(of_old, somsri, does, ban_pua):
    machine = Device.objects.create(centre=ban_pua, name="เครื่อง 1")
    SignIn.objects.create(learner=somsri, device=machine, session_key="x", started_at=NOON + timedelta(minutes=5))
    does(somsri, "started")
    does(somsri, "finished", 50)
    SignIn.objects.create(learner=somsri, device=_machine_of("TH-32-0001"), session_key="y", started_at=NOON)
    assert asked() == {("two_places", "TH-32-0001")}


def _machine_of(code):
    return Device.objects.create(centre=Centre.objects.get(code=code), name="เครื่อง 9")


def test_who_had_the_time_to_go_or_moved_home_or_whose_centre_was_merged_is_not_asked_about(
    of_old, somsri, thongbai, does, ban_nong_bua, ban_pua, nok, clock
):
    ban_pua.appoint_caretaker(nok, started_on=MONDAY)
    does(somsri, "started", 0, by=nok)
    does(somsri, "finished", 40, by=nok, centre=ban_pua.code)
    User.objects.filter(pk=thongbai.pk).update(date_joined=NOON - 90 * DAY)
    does(thongbai, "started")
    ban_pua.welcome(thongbai)
    HomeCentre.objects.filter(learner=thongbai).update(since=MONDAY)
    does(thongbai, "started", 10, 1)
    assert asked() == set()
    clock.now += timedelta(hours=1)
    does(somsri, "started", 20, 2, by=nok)
    Centre.objects.filter(pk=ban_nong_bua.pk).update(merged_into=ban_pua, merged_at=NOON)
    assert asked() == set()


def test_a_second_look_asks_nothing_again_and_makes_evidence_fuller(somsri, does, ban_nong_bua, clock):
    close(ban_nong_bua, MONDAY)
    does(somsri, "started")
    assert sum(found for _until, found in look()) == 1
    assert sum(found for _until, found in look(NOON - DAY)) == 0
    clock.now += DAY
    does(somsri, "finished", 9)
    assert sum(found for _until, found in look()) == 0
    assert Oddity.objects.get().evidence["events"] == 2


def test_evidence_never_gets_thinner(somsri, does, ban_nong_bua, clock):
    close(ban_nong_bua, MONDAY, MONDAY)
    does(somsri, "started")
    does(somsri, "finished", 9)
    asked()
    clock.now += 60 * DAY  # too late to be put together with what came before
    does(somsri, "started", 9, 1)
    asked()
    assert Oddity.objects.get().evidence["events"] == 2


def test_what_was_answered_is_asked_no_more_and_stays_as_it_was(somsri, does, ban_nong_bua, nok, clock):
    close(ban_nong_bua, MONDAY)
    does(somsri, "started")
    asked()
    assert Oddity.objects.get().explain(nok, "was_open")
    assert not Oddity.objects.get().explain(nok, "unknown")
    clock.now += DAY
    does(somsri, "finished", 9)
    asked()
    oddity = Oddity.objects.get()
    assert (oddity.answer, oddity.evidence["events"]) == ("was_open", 1)


def test_what_waits_is_asked_of_the_centre_that_another_became_part_of(ban_nong_bua, ban_pua, nok):
    answered, waits, both = (Oddity(kind="closed", centre=ban_nong_bua, day=MONDAY - n * DAY) for n in range(3))
    Oddity.objects.bulk_create([answered, waits, both, Oddity(kind="closed", centre=ban_pua, day=both.day)])
    answered.explain(nok, "unknown")
    merge(ban_nong_bua, ban_pua)
    assert set(Oddity.objects.filter(centre=ban_nong_bua)) == {answered, both}


def test_nothing_is_changed_by_a_look(somsri, leafs):
    leafs(somsri, 4)
    before = list(LearningEvent.objects.order_by("id").values())
    asked()
    assert list(LearningEvent.objects.order_by("id").values()) == before
    assert rebuild(check=True) == []


def test_an_interrupted_look_goes_on_where_it_was(somsri, leafs, clock, monkeypatch):
    leafs(somsri, 3)
    clock.now += 3 * DAY
    run = look(NOON - DAY)
    next(run)
    next(run)
    run.close()
    assert OddityMark.objects.get().until == NOON + DAY
    assert Oddity.objects.count() == 1
    monkeypatch.setattr("courses.oddities.looking.find", lambda start, end: found.append(start) or [])
    found = []
    list(look())
    assert found[0] == NOON + DAY


def test_what_two_looks_at_once_find_is_one_question(somsri, leafs):
    leafs(somsri, 3)
    found = looking.find(NOON - DAY, NOON + DAY)
    looking.keep(found * 2, NOON)  # neither knew of the other's when it looked what is there
    looking.keep(found, NOON)
    assert Oddity.objects.count() == len(found) == 1


def test_an_older_look_does_not_move_the_mark_back(clock):
    list(look())
    list(look(clock.now - 9 * DAY))
    assert OddityMark.objects.get().until == clock.now + SECOND


def test_who_is_erased_while_it_looks_is_not_asked_about(somsri, leafs, nok, monkeypatch):
    leafs(somsri, 3)
    found = looking.find(NOON - DAY, NOON + DAY)
    assert len(found) == 1
    erase(somsri, nok)
    assert looking.keep(found, NOON) == 0
    assert not Oddity.objects.exists()


def test_the_database_is_asked_as_often_for_many_people_as_for_few(people, leafs, somsri, settings):
    settings.SALA_ODD_PEOPLE = settings.SALA_ODD_CROWD = 3

    def queries():
        Oddity.objects.all().delete()
        with CaptureQueriesContext(connection) as asked:
            list(look(NOON - timedelta(hours=1)))
        return len(asked)

    for learner in people(4):
        leafs(learner, 3)
    queries()  # makes the mark
    few = queries()
    for learner in people(12):
        leafs(learner, 3)
    assert queries() == few < 40


def test_the_command_says_what_it_found(somsri, leafs):
    leafs(somsri, 3)
    said = io.StringIO()
    call_command("look_for_oddities", "--since", "2026-11-23", stdout=said)
    assert said.getvalue() == "Up to 2026-11-23 18:00: 1 new.\n1 new question.\n"
    with pytest.raises(CommandError, match="is no day"):
        call_command("look_for_oddities", "--since", "yesterday")
    assert timezone.localtime(OddityMark.objects.get().until).hour == 18
