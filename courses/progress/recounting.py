"""The counts worked out anew while everybody goes on learning.

The database sums up the events of each person, lesson, place and month, which leaves a tenth of the rows to look at. On
PostgreSQL that is one snapshot: nobody has to wait. Mending adds what was missing instead of writing what should be
there, so that whatever is recorded meanwhile stays counted. State is left alone: see rebuilding.py.
"""

from collections import Counter
from contextlib import contextmanager

from django.db import connection, transaction

from courses import event_months
from courses.models import ErasedLateCount, LateCount
from courses.progress import counting, late, settling, sql, state, summing, tables
from courses.progress.fold import LessonState, course_states
from courses.progress.places import places_of, provinces_of
from courses.progress.rebuilding import Difference, EventsMissing


def recount(check=False):
    """Compare every count with what the events give; mend it unless `check`. Returns the differences.

    Raises EventsMissing when old events were taken out of the database.
    """
    if months := event_months.missing():
        raise EventsMissing(months)
    with _snapshot():
        counts, came_late = _counted()
        wrong = [(table, table.wrong(counts)) for table in tables.TABLES]
        wrong_late = _wrong_late(came_late)
    if not check:
        _mend(wrong, wrong_late)
    found = [Difference(table.model._meta.db_table, *row) for table, rows in wrong for row in rows]
    return found + [Difference(LateCount._meta.db_table, *row) for row in wrong_late]


@contextmanager
def _snapshot():
    """Everything inside is read as it was at one moment. SQLite's writers wait meanwhile, which is short there."""
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        if is_first and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _counted():
    """The counts of all events, and what came late."""
    counts, came_late, editions = Counter(), {}, state.editions_of()
    for first, last in summing.ranges():
        rows = summing.summed(first, last)
        _count(counts, rows, summing.learners_in(first, last) | {row.learner for row in rows}, editions)
        for row in rows:
            if row.late:
                late.join(came_late, {(row.month, row.centre): (row.late, row.heard)})
    counts.update(_questions())
    return counts, came_late


def _count(counts, rows, learners, editions):
    lessons = _lessons(rows)
    courses = course_states(lessons, editions)
    active = {(row.learner, row.month, row.centre, row.course) for row in rows}
    persons = settling.persons(settling.as_they_are(learners), learners, courses, active)
    provinces = provinces_of(places_of(lessons) | persons.places)
    for item in lessons:
        counts.update(counting.of_lesson(item, provinces))
    for item in courses:
        counts.update(counting.of_course(item))
    for row in rows:
        if row.seconds:
            counts["course", row.month, row.centre, row.course, "seconds"] += row.seconds
    counts.update(counting.of_active(active))
    counts.update(persons.counts(provinces))


def _lessons(rows):
    """The states of lessons, as far as counts hang on them."""
    found = {}
    for row in rows:
        item = found.get((row.learner, row.lesson))
        if item is None:
            item = found[row.learner, row.lesson] = LessonState(
                row.learner, row.lesson, row.course, row.first, row.centre, row.last
            )
        item.started_at, item.centre = min((item.started_at, item.centre), (row.first, row.centre))
        item.last_at = max(item.last_at, row.last)
        if row.finishes:
            here = row.first, row.centre
            if item.finished_at is None or here < (item.finished_at, item.finish_centre):
                item.finished_at, item.finish_centre = here
    return list(found.values())


def _questions():
    counts = Counter()
    for rows in summing.asked():
        provinces = provinces_of({row.centre for row in rows})
        for row in rows:
            key = "question", row.course, row.month, provinces[row.centre](row.month), row.lesson, row.activity
            counts[*key, "answers"] += row.answers
            counts[*key, "missed"] += row.missed
    return counts


def _wrong_late(counted):
    late.join(counted, late.kept(ErasedLateCount))
    kept = late.kept()
    return [
        (key, kept.get(key), counted.get(key))
        for key in sorted(kept.keys() | counted.keys())
        if kept.get(key, (0,))[0] != counted.get(key, (0,))[0]
    ]


@transaction.atomic
def _mend(wrong, wrong_late):
    for table, rows in wrong:
        missing = [(*key, *map(int.__sub__, counted, kept)) for key, kept, counted in rows]
        sql.upsert(table.model, [*table.key, *table.measures], missing, add=True)
    moments = {key: (counted or kept)[1] for key, kept, counted in wrong_late}
    numbers = {key: (counted or (0,))[0] - (kept or (0,))[0] for key, kept, counted in wrong_late}
    late.add({key: (number, moments[key]) for key, number in numbers.items()})
