"""State and counts made anew from the events, to prove or to mend what recording kept."""

from collections import Counter
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max

from courses import event_months
from courses.models import (
    ActiveMonth,
    Certificate,
    CountedPerson,
    Enrolment,
    ErasedLateCount,
    LastHeard,
    LateCount,
    LearningEvent,
    LessonOutline,
    LessonProgress,
)
from courses.progress import counting, late, settling, sql, state
from courses.progress.checks import all_to_be_seen
from courses.progress.erasing import places_of_erased
from courses.progress.events import Row
from courses.progress.fold import course_states, fold
from courses.progress.holding import hold_recording
from courses.progress.places import places_of, provinces_of
from courses.progress.tables import TABLES
from lms.centres.models import HomeCentre

CHUNK = 500  # learners held in memory at once


class EventsMissing(Exception):
    """The argument lists the months whose events were taken out."""


class Difference(NamedTuple):
    """One row that recording kept otherwise than the events say; None stands for no row."""

    table: str
    key: tuple
    kept: Any
    rebuilt: Any


@transaction.atomic
def rebuild(check=False):
    """Compare everything kept with what the events give; mend it unless `check`. Returns the differences.

    Raises EventsMissing when old events were taken out of the database: they would seem never to have happened.
    """
    if months := event_months.missing():
        raise EventsMissing(months)
    hold_recording()
    found, counts, active, late_ones = [], Counter(), set(), {}
    editions, tasks = state.editions_of(), _tasks()
    for learners in _chunks():
        rows = [Row(*row) for row in sql.select(LearningEvent, Row._fields, learner=learners)]
        lessons, courses = _states(rows, editions, tasks)
        now = settling.as_they_are(learners)
        found += _compare(LessonProgress, state.lessons_of(learner=learners), lessons, state.keep_lessons, check)
        found += _compare(Enrolment, state.courses_of(learner=learners), courses, state.keep_courses, check)
        found += _compare(CountedPerson, settling.counted(learner=learners), now, settling.keep, check)
        theirs = counting.active_in(rows)
        active |= theirs
        late.join(late_ones, late.of_events(rows))
        counts.update(_counts(rows, lessons, courses, settling.persons(now, learners, courses.values(), theirs)))
    counts.update(counting.of_active(active))
    found += _compare_keys(active, check)
    for table in TABLES:
        found += _compare_counts(table, counts, check)
    found += _compare_late(late_ones, check)
    found += _compare_heard(check)
    return found


def _chunks():
    """The learners of anything kept, in lists of at most CHUNK."""
    known = set()
    for model in (LearningEvent, LessonProgress, Enrolment, HomeCentre, CountedPerson, Certificate):
        learners = model.objects.exclude(learner=None).order_by()
        known.update(learners.values_list("learner_id", flat=True).distinct())
    learners = sorted(learner.hex for learner in known)
    return (learners[start : start + CHUNK] for start in range(0, len(learners), CHUNK))


def _tasks():
    return all_to_be_seen(activities for (activities,) in sql.select(LessonOutline, ["activities"]))


def _states(rows, editions, tasks):
    lessons = {}
    fold(lessons, rows, tasks)
    courses = course_states(lessons.values(), editions)
    return lessons, {(item.learner, item.course): item for item in courses}


def _counts(rows, lessons, courses, persons):
    provinces = provinces_of(places_of(lessons.values()) | persons.places | {row.centre for row in rows})
    counts = counting.of_events(rows, provinces)
    for item in lessons.values():
        counts.update(counting.of_lesson(item, provinces))
    for item in courses.values():
        counts.update(counting.of_course(item))
    counts.update(persons.counts(provinces))
    return counts


def _compare(model, kept, rebuilt, keep, check):
    name = model._meta.db_table
    keys = [key for key in kept.keys() | rebuilt.keys() if kept.get(key) != rebuilt.get(key)]
    if not check:
        keep([rebuilt[key] for key in keys if key in rebuilt])
        for key in keys:
            if key not in rebuilt:
                model.objects.filter(pk=key).delete()
    return [Difference(name, key, kept.get(key), rebuilt.get(key)) for key in keys]


def _compare_keys(active, check):
    names = ["learner", "month", "centre", "course"]
    kept = set(sql.select(ActiveMonth, names))
    if not check:
        sql.insert_new(ActiveMonth, names, sorted(active - kept))
        for key in kept - active:
            ActiveMonth.objects.filter(pk=key).delete()
    table = ActiveMonth._meta.db_table
    return [
        Difference(table, key, key if key in kept else None, key if key in active else None) for key in kept ^ active
    ]


def _compare_counts(table, counts, check):
    wrong = table.wrong(counts)
    if not check:
        rows = [(*key, *rebuilt) for key, _kept, rebuilt in wrong]
        sql.upsert(table.model, [*table.key, *table.measures], rows)
    return [Difference(table.model._meta.db_table, *row) for row in wrong]


def _compare_late(found, check):
    late.join(found, late.kept(ErasedLateCount))
    kept = late.kept()
    keys = sorted(key for key in kept.keys() | found.keys() if kept.get(key) != found.get(key))
    if not check:
        sql.upsert(LateCount, late.NAMES, [(*key, *found[key]) for key in keys if key in found])
        for key in keys:
            if key not in found:
                LateCount.objects.filter(pk=key).delete()
    return [Difference(LateCount._meta.db_table, key, kept.get(key), found.get(key)) for key in keys]


def _compare_heard(check):
    events = LearningEvent.objects.order_by().values_list("centre_id").annotate(Max("recorded_at"))
    rebuilt, kept = dict(events), dict(LastHeard.objects.values_list("centre_id", "at"))
    for centre in places_of_erased() & kept.keys():  # heard then, though whoever was heard is gone
        rebuilt[centre] = max(kept[centre], rebuilt.get(centre, kept[centre]))
    keys = sorted(key for key in kept.keys() | rebuilt.keys() if kept.get(key) != rebuilt.get(key))
    if not check:
        sql.upsert(LastHeard, ["centre", "at"], [(key, rebuilt[key]) for key in keys if key in rebuilt])
        LastHeard.objects.filter(pk__in=[key for key in keys if key not in rebuilt]).delete()
    return [Difference(LastHeard._meta.db_table, (key,), kept.get(key), rebuilt.get(key)) for key in keys]
