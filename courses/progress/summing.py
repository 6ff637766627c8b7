"""Events summed up by the database: of each person, lesson, place and month one row, or two. Ids are hex, times UTC."""

from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from courses import event_months
from courses.models import LearningEvent
from lms.centres.models import HomeCentre

AT_ONCE = 20_000  # learners
_EVENTS = LearningEvent._meta.db_table
_MONTH = {  # of events.month_of: in Thai time, which is UTC+7
    "postgresql": "to_char({} AT TIME ZONE 'UTC' + interval '7 hours', 'YYYYMM')::int",
    "sqlite": "CAST(strftime('%%Y%%m', {}, '+7 hours') AS INTEGER)",
}


class Summed(NamedTuple):
    """Events of one learner, lesson, centre and month; those that finish it apart."""

    learner: str
    course: str
    lesson: str
    centre: int
    month: int
    finishes: bool
    seconds: int
    late: int  # recorded in a later month
    first: datetime
    last: datetime
    heard: datetime | None  # when the latest of the late ones was recorded


class Asked(NamedTuple):
    """Answers to one question in a month at a centre."""

    course: str
    month: int
    centre: int
    lesson: str
    activity: str
    answers: int
    missed: int


def ranges():
    """Pairs of ids, from and before, that part all learners into pieces of about AT_ONCE."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT learner_id FROM (SELECT learner_id, row_number() OVER (ORDER BY learner_id) AS place"
            f" FROM {HomeCentre._meta.db_table}) numbered WHERE place %% %s = 0 ORDER BY learner_id",
            [AT_ONCE],
        )
        ends = [_hex(end) for (end,) in cursor.fetchall()]
    return zip(["0" * 32, *ends], [*ends, "f" * 32], strict=True)


def learners_in(first, last):
    """Those with a home, whether they learned anything or not."""
    homes = HomeCentre.objects.filter(learner_id__gte=UUID(first), learner_id__lt=UUID(last))
    return {learner.hex for learner in homes.values_list("learner_id", flat=True)}


def summed(first, last):
    """A list of Summed, of the learners of a range."""
    month, came = (_MONTH[connection.vendor].format(moment) for moment in ("occurred_at", "recorded_at"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT learner_id, course, lesson, centre_id, {month} AS month, verb = 'finished' AS finishes,"
            f" sum(seconds), sum(CASE WHEN {came} > {month} THEN 1 ELSE 0 END), min(occurred_at), max(occurred_at),"
            f" max(CASE WHEN {came} > {month} THEN recorded_at END)"
            f" FROM {_EVENTS} WHERE learner_id >= %s AND learner_id < %s"
            " GROUP BY learner_id, course, lesson, centre_id, month, finishes",
            [first, last],
        )
        return [Summed(*map(_hex, row[:3]), *row[3:8], *map(_moment, row[8:])) for row in cursor.fetchall()]


def asked():
    """Lists of Asked, which together are everybody's; a question may be in several. Each is of a month where events are
    kept by the month, as all of the country's at once would take gigabytes of memory.
    """
    for table in event_months.tables():
        yield _asked(table)


def _asked(table):
    month = _MONTH[connection.vendor].format("occurred_at")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT course, {month} AS month, centre_id, lesson, activity, count(*),"
            f" sum(CASE WHEN correct THEN 0 WHEN correct IS NULL THEN 0 ELSE 1 END) FROM {table}"
            " WHERE verb = %s GROUP BY course, month, centre_id, lesson, activity",
            [LearningEvent.Verb.ANSWERED],
        )
        rows = cursor.fetchall()
    return [
        Asked(_hex(course), month, centre, _hex(lesson), _hex(activity), answers, missed)
        for course, month, centre, lesson, activity, answers, missed in rows
    ]


def _hex(id):
    return id.hex if isinstance(id, UUID) else id


def _moment(value):
    """SQLite gives moments of an aggregate as text, in UTC."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value
