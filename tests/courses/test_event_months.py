"""Events by month, on PostgreSQL: nothing is lost by dividing them, and an old month comes out whole."""

from datetime import datetime, timedelta
from io import StringIO
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from courses import event_months
from courses.models import CourseCount, DetachedMonth, LearningEvent, LessonProgress
from courses.periods import THAILAND, code
from courses.progress import Event, rebuild, record
from courses.progress.erasing import erase_learning
from courses.progress.events import CLOCK_BEHIND
from courses.progress.rebuilding import EventsMissing

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps all events in one table"),
]


def uuid7(moment, number=0):
    return UUID(int=int(moment.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | number)


@pytest.fixture
def last_month():
    return timezone.now() - timedelta(days=31)


@pytest.fixture
def long_ago():
    """A moment whose whole month is further back than any event is believed."""
    return timezone.now() - CLOCK_BEHIND - timedelta(days=32)


@pytest.fixture
def learned(course, somsri):
    """What Somsri did at these moments, a minute each. The same moments again are the same events again."""

    def learned(*moments, learner=somsri):
        lesson = course.lessons().first().key
        told = [
            Event(id=uuid7(at, n), learner=learner.pk, lesson=lesson, verb="started", occurred_at=at, seconds=60)
            for n, at in enumerate(moments)
        ]
        assert [verdict.status for verdict in record(told, by=learner)] == ["accepted"] * len(told)

    return learned


def tables():
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tableoid::regclass::text FROM courses_learningevent")
        return {table for (table,) in cursor.fetchall()}


def month_of(moment):
    local = moment.astimezone(ZoneInfo("Asia/Bangkok"))
    return local.year * 100 + local.month


def test_there_is_a_table_for_this_month_and_a_year_ahead():
    assert event_months.attached()[0] <= event_months.this_month()
    assert len(event_months.attached()) >= 13


def test_an_event_goes_where_its_id_says(learned, last_month):
    event_months.make(month_of(last_month))
    learned(last_month, timezone.now())
    assert tables() == {event_months.table_of(month_of(at)) for at in (last_month, timezone.now())}


def test_a_month_begins_at_midnight_in_thailand():
    first, midnight = event_months.first_id(202611), datetime(2026, 10, 31, 17, tzinfo=ZoneInfo("UTC"))
    assert uuid7(midnight - timedelta(milliseconds=1)) < first < uuid7(midnight)


def test_what_came_before_its_table_moves_into_it(learned, last_month):
    learned(last_month)
    assert tables() == {event_months.OTHERS}
    event_months.make(month_of(last_month))
    assert tables() == {event_months.table_of(month_of(last_month))}
    assert rebuild(check=True) == []


def test_the_same_event_twice_is_stored_once(learned, course, somsri, last_month):
    event_months.make(month_of(last_month))
    learned(last_month)
    again = Event(
        id=uuid7(last_month),
        learner=somsri.pk,
        lesson=course.lessons().first().key,
        verb="started",
        occurred_at=last_month,
    )
    assert [verdict.status for verdict in record([again], by=somsri)] == ["duplicate"]
    assert LearningEvent.objects.count() == 1


def test_an_old_month_comes_out_and_goes_back_whole(learned, long_ago):
    month = month_of(long_ago)
    event_months.make(month)
    learned(long_ago, timezone.now())
    assert event_months.detach(month) == 1
    assert LearningEvent.objects.count() == 1
    assert LessonProgress.objects.count() == 1  # state and counts stay
    assert event_months.standing_apart() == [month]
    event_months.attach(month)
    assert (LearningEvent.objects.count(), DetachedMonth.objects.count()) == (2, 0)
    assert rebuild(check=True) == []


def test_nothing_is_rebuilt_while_events_are_missing(learned, long_ago):
    event_months.make(month_of(long_ago))
    learned(long_ago)
    event_months.detach(month_of(long_ago))
    with pytest.raises(EventsMissing):
        rebuild()
    with pytest.raises(CommandError, match="event_months --attach"):
        call_command("rebuild_progress", stdout=StringIO())


def test_who_is_erased_is_erased_from_months_that_stand_apart(learned, somsri, long_ago):
    event_months.make(month_of(long_ago))
    learned(long_ago)
    event_months.detach(month_of(long_ago))
    erase_learning(somsri)
    event_months.attach(month_of(long_ago))
    assert not LearningEvent.objects.exists()


@pytest.fixture
def taken_out(learned, long_ago):
    """A month of one event, which was taken out."""
    month = month_of(long_ago)
    event_months.make(month)
    learned(long_ago)
    event_months.detach(month)
    return month


def minutes():
    return sum(CourseCount.objects.values_list("seconds", flat=True)) // 60


def test_what_is_sent_again_while_its_month_is_out_counts_once_after_it_is_back(taken_out, learned, long_ago):
    table = event_months.table_of(taken_out)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT recorded_at FROM {table}")
        [first] = cursor.fetchone()
    learned(long_ago)
    assert (tables(), minutes()) == ({event_months.OTHERS}, 2)
    assert event_months.attach(taken_out) == 1
    assert (tables(), LearningEvent.objects.get().recorded_at) == ({table}, first)
    assert rebuild(check=True) != []
    rebuild()
    assert (rebuild(check=True), minutes()) == ([], 1)


def test_what_is_new_of_a_month_that_is_out_is_in_it_when_it_is_back(taken_out, learned, long_ago):
    learned(long_ago + timedelta(milliseconds=1))
    assert event_months.attach(taken_out) == 1
    assert (tables(), LearningEvent.objects.count()) == ({event_months.table_of(taken_out)}, 2)
    assert (rebuild(check=True), minutes()) == ([], 2)


def test_the_command_says_whether_anything_came_while_a_month_was_out(taken_out, learned, long_ago):
    def put_back():
        words = StringIO()
        call_command("event_months", "--attach", code(taken_out), stdout=words)
        return words.getvalue()

    assert put_back() == f"{code(taken_out)} is back.\n"
    event_months.detach(taken_out)
    learned(long_ago)
    assert "1 events of it came" in (said := put_back()) and "rebuild_progress" in said


def test_a_month_stays_as_long_as_an_event_of_it_is_believed(monkeypatch):
    event_months.make(201901)
    believed_until = datetime(2019, 2, 1, tzinfo=THAILAND) + CLOCK_BEHIND
    monkeypatch.setattr(timezone, "now", lambda: believed_until - timedelta(milliseconds=1))
    with pytest.raises(CommandError, match="believed for 400 days. Months up to 2018-12 can be taken out"):
        call_command("event_months", "--detach", "2019-01", stdout=StringIO())
    assert 201901 in event_months.attached()
    monkeypatch.setattr(timezone, "now", lambda: believed_until)
    call_command("event_months", "--detach", "2019-01", stdout=StringIO())
    assert event_months.standing_apart() == [201901]


def test_the_command_takes_out_only_what_there_is():
    words = StringIO()
    call_command("event_months", "--ahead", "14", stdout=words)
    assert "2 new, " in words.getvalue()
    for month, problem in (("2026-13", "no month"), ("1999-01", "no table")):
        with pytest.raises(CommandError, match=problem):
            call_command("event_months", "--detach", month, stdout=StringIO())
