"""The rules by themselves: what is asked about, and what is not. The same with recorded events: test_looking.py."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from courses.oddities import rules
from courses.oddities.seen import DayThere, Finish, Here, Spot

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # a Monday, in Thailand
LESSON, SOMEBODY = UUID(int=7), UUID(int=8)
SURIN, NAN = Spot("3201", 14.88, 103.49), Spot("5501", 18.78, 100.78)


def finish(seconds=20, after=0, learner=SOMEBODY, **more):
    at = NOON + timedelta(seconds=after)
    return Finish(learner, more.pop("lesson", LESSON), more.pop("centre", 1), at, seconds, minutes=10, **more)


def here(minute, centre, **more):
    return Here(NOON + timedelta(minutes=minute), centre, **more)


def ways(*seen, spots=(SURIN, NAN), home=1):
    return rules.two_places(SOMEBODY, seen, dict(enumerate(spots, 1)), home, minutes=30, kmh=90)


@pytest.mark.parametrize(
    "one",
    [
        finish(seconds=60),  # a tenth, and not less
        finish(seconds=None),  # nothing came before it: how long it took nobody knows
        finish(session=uuid4()),  # somebody else reads along
        finish()._replace(minutes=0),  # the lesson is gone
    ],
)
def test_what_is_not_fast(one):
    assert not rules.is_fast(one, 0.1)
    assert rules.is_fast(finish(seconds=59), 0.1)


def test_three_fast_lessons_of_one_person_in_a_week_are_one_question():
    day = 24 * 3600
    week = [finish(after=0), finish(seconds=9, after=day), finish(after=6 * day)]
    (found,) = rules.fast([*week, finish(after=7 * day)], 0.1, 3)
    assert (found.day, found.learner, found.size) == (date(2026, 11, 23), SOMEBODY, 3)
    assert found.evidence == {
        "times": 3,
        "seconds": 9,
        "minutes": 10,
        "first": "2026-11-23T12:00:00+07:00",
        "last": "2026-11-29T12:00:00+07:00",
        "by_others": 0,
    }
    assert rules.fast([*week[1:], finish(after=7 * day)], 0.1, 3) == []  # two, and one in the next week
    assert rules.fast([*week[1:], finish(after=5, centre=2)], 0.1, 3) == []  # two, and one elsewhere


def test_five_fast_people_of_a_day_are_one_question_and_one_person_five_times_is_none():
    people = [finish(learner=uuid4()) for _n in range(5)]
    (found,) = rules.fast_many([*people, people[0]], 0.1, 5)
    assert (found.learner, found.evidence["people"], found.evidence["times"]) == (None, 5, 6)
    assert rules.fast_many([finish(after=n) for n in range(9)], 0.1, 5) == []
    assert rules.fast_many([*people[1:], finish(after=24 * 3600, learner=uuid4())], 0.1, 5) == []


def test_a_crowd_is_many_people_in_a_minute_wherever_the_minute_begins():
    told = [finish(after=30 + n, learner=uuid4()) for n in range(40)]
    (found,) = rules.crowd(told, 40, 60)
    assert (found.lesson, found.evidence["people"], found.evidence["seconds"]) == (LESSON, 40, 39)
    slower = [finish(after=2 * n, learner=uuid4()) for n in range(40)]  # 31 in each minute
    assert rules.crowd(slower, 40, 60) == []
    assert rules.crowd(told[1:], 40, 60) == []
    assert rules.crowd([*told[1:], finish(lesson=uuid4(), after=40)], 40, 60) == []
    assert rules.crowd([*told[1:], finish(centre=2, after=40)], 40, 60) == []


def test_those_of_one_group_are_one_in_a_crowd():
    group = uuid4()
    told = [finish(after=n, learner=uuid4(), session=group if n < 8 else None) for n in range(47)]
    (found,) = rules.crowd(told, 40, 60)
    assert (found.evidence["people"], found.evidence["in_groups"]) == (47, 8)
    assert rules.crowd(told[1:46], 40, 60) == []  # 45 people, 39 of them apart


def test_of_two_crowds_of_a_day_the_larger_is_told_and_of_two_days_each():
    told = [finish(after=n % 3, learner=uuid4()) for n in range(40)]
    told += [finish(after=3600, learner=uuid4()) for n in range(41)]
    told += [finish(after=24 * 3600, learner=uuid4()) for n in range(40)]
    assert [found.evidence["people"] for found in rules.crowd(told, 40, 60)] == [41, 40]


def test_learning_on_a_day_on_which_the_centre_was_not_open():
    monday = date(2026, 11, 23)
    there = [
        DayThere(1, monday, uuid4(), 3, NOON, NOON, by_others=2, way="phone"),
        DayThere(1, monday, uuid4(), 4, NOON, NOON + timedelta(hours=1), in_groups=1, way="machine"),
    ]
    (found,) = rules.closed(there, {1: [("paused", monday, None)]})
    assert (found.day, found.learner) == (monday, None)
    assert found.evidence == {
        "status": "paused",
        "people": 2,
        "events": 7,
        "first": "2026-11-23T12:00:00+07:00",
        "last": "2026-11-23T13:00:00+07:00",
        "at_machines": 1,
        "on_phones": 1,
        "in_groups": 1,
        "by_others": 2,
    }
    for first, last in ((date(2026, 11, 24), None), (date(2026, 11, 1), date(2026, 11, 22))):
        assert rules.closed(there, {1: [("closed", first, last)], 2: [("closed", monday, None)]}) == []


def test_two_centres_far_apart_within_minutes():
    (found,) = ways(here(9, 2, on_phone=True), here(0, 1), here(-50, 1))
    assert (found.centre, found.elsewhere, found.learner) == (1, 2, SOMEBODY)
    assert found.evidence == {
        "times": 1,
        "at": "2026-11-23T12:00:00+07:00",
        "elsewhere_at": "2026-11-23T12:09:00+07:00",
        "minutes": 9,
        "km": 521,
        "on_phone": True,
    }
    assert ways(here(0, 1), here(9, 2), home=2)[0].centre == 2  # the home centre is asked


@pytest.mark.parametrize(
    ("spots", "minutes"),
    [
        ((SURIN, NAN), 30),  # there is time: nobody says how fast they came
        ((SURIN, Spot("3201", 14.89, 103.49)), 0),  # two centres of one village
        ((SURIN, Spot("3302", 15.0, 103.49)), 15),  # 13 km in a quarter of an hour
        ((Spot("3201"), Spot("3201")), 5),  # where they are is not known, and they are in one district
        ((Spot("3201", 14.88, 103.49), Spot("3201")), 5),
    ],
)
def test_where_somebody_may_have_gone_nothing_is_asked(spots, minutes):
    assert ways(here(0, 1), here(minutes, 2), spots=spots) == []


def test_without_coordinates_districts_say_how_far():
    (found,) = ways(here(0, 1), here(29, 2), spots=(Spot("3201"), Spot("3202")))
    assert found.evidence["km"] is None
