"""What was answered comes back as it was, however the database keeps it, and from before it was kept so."""

import itertools
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from courses import event_months
from courses.models import LearningEvent
from courses.progress.events import CLOCK_BEHIND
from tests.courses.test_event_months import uuid7

ANSWERS = [2, 1.5, True, None, "", "null", 'ปลูกผัก "3" แปลง\n', [], [0, 2, 1], {"done": [0], "note": "ดี \\ครบ"}]
MIGRATION = import_module("courses.migrations.0021_answers_as_text")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite keeps JSON as text anyway")


@pytest.fixture
def answered(course, somsri, ban_nong_bua):
    """answered(2, moment): an event with this answer, its id."""

    numbers = itertools.count()

    def make(answer, at=None):
        at = at or timezone.now()
        id = uuid7(at, next(numbers))
        told = {"course": course.key, "lesson": course.key, "verb": "answered", "centre": ban_nong_bua}
        LearningEvent.objects.create(learner=somsri, id=id, answer=answer, occurred_at=at, **told)
        return id

    return make


def kept(id):
    return LearningEvent.objects.get(id=id).answer


@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_comes_back_as_it_was(answered, answer):
    id = answered(answer)
    assert kept(id) == answer
    assert LearningEvent.objects.filter(answer__isnull=True).exists() is (answer is None)
    LearningEvent.objects.filter(id=id).update(answer=[answer])
    assert kept(id) == [answer]


@on_postgresql
def test_a_site_of_an_earlier_release_keeps_its_answers_wherever_their_month_is(answered):
    then = timezone.now() - CLOCK_BEHIND - timedelta(days=32)
    month = event_months.month_of(then)
    event_months.make(month)
    before = {answered(answer, at): answer for answer in ANSWERS for at in (then, timezone.now())}
    event_months.detach(month)
    for change, kind in ((MIGRATION.to_jsonb, "jsonb"), (MIGRATION.to_text, "text")):
        with connection.schema_editor() as editor:
            change(None, editor)
        assert kinds() == {kind}
    event_months.attach(month)
    assert {id: kept(id) for id in before} == before


@on_postgresql
def test_a_month_that_was_dumped_before_can_be_put_back(answered):
    then = timezone.now() - CLOCK_BEHIND - timedelta(days=32)
    month = event_months.month_of(then)
    event_months.make(month)
    ids = {answered(answer, then): answer for answer in ANSWERS}
    event_months.detach(month)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {event_months.table_of(month)} ALTER COLUMN answer TYPE jsonb USING answer::jsonb")
    event_months.attach(month)
    assert {id: kept(id) for id in ids} == ids


def kinds():
    """The types of `answer` in all tables of events, those that stand apart too."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT format_type(atttypid, NULL) FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
            " WHERE relname ~ '^courses_learningevent' AND relkind IN ('r', 'p') AND attname = 'answer'"
        )
        return {kind for (kind,) in cursor.fetchall()}
