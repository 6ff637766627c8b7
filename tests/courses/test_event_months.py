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
from courses.models import DetachedMonth, LearningEvent, LessonProgress
from courses.progress import Event, rebuild, record
from courses.progress.erasing import erase_learning
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
def learned(course, somsri, last_month):
    """What Somsri did last month and today."""

    def learned(*moments, learner=somsri):
        lesson = course.lessons().first().key
        told = [
            Event(id=uuid7(at, n), learner=learner.pk, lesson=lesson, verb="started", occurred_at=at)
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


def test_an_old_month_comes_out_and_goes_back_whole(learned, last_month):
    month = month_of(last_month)
    event_months.make(month)
    learned(last_month, timezone.now())
    assert event_months.detach(month) == 1
    assert LearningEvent.objects.count() == 1
    assert LessonProgress.objects.count() == 1  # state and counts stay
    assert event_months.standing_apart() == [month]
    event_months.attach(month)
    assert (LearningEvent.objects.count(), DetachedMonth.objects.count()) == (2, 0)
    assert rebuild(check=True) == []


def test_nothing_is_rebuilt_while_events_are_missing(learned, last_month):
    event_months.make(month_of(last_month))
    learned(last_month)
    event_months.detach(month_of(last_month))
    with pytest.raises(EventsMissing):
        rebuild()
    with pytest.raises(CommandError, match="event_months --attach"):
        call_command("rebuild_progress", stdout=StringIO())


def test_who_is_erased_is_erased_from_months_that_stand_apart(learned, somsri, last_month):
    event_months.make(month_of(last_month))
    learned(last_month)
    event_months.detach(month_of(last_month))
    erase_learning(somsri)
    event_months.attach(month_of(last_month))
    assert not LearningEvent.objects.exists()


def test_the_command_takes_out_only_months_that_are_over(last_month):
    words = StringIO()
    call_command("event_months", "--ahead", "14", stdout=words)
    assert "2 new, " in words.getvalue()
    this_month = str(event_months.this_month())
    with pytest.raises(CommandError, match="over"):
        call_command("event_months", "--detach", f"{this_month[:4]}-{this_month[4:]}", stdout=StringIO())
    for month, problem in (("2026-13", "no month"), ("1999-01", "no table")):
        with pytest.raises(CommandError, match=problem):
            call_command("event_months", "--detach", month, stdout=StringIO())
