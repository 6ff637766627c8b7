"""Many values go to the database as one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from courses.progress.arrays import Among, literal
from lms.centres.models import Centre

pytestmark = pytest.mark.django_db
ON_POSTGRES = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has arrays")
NOON = datetime(2026, 11, 30, 5, tzinfo=UTC)
THAI = timezone(timedelta(hours=7))


@ON_POSTGRES
@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("text", ["ก", 'he said "no"', "a\\b", "", "NULL", None, "{,}"]),
        ("text", [None, None]),
        ("text", ['"', '"']),
        ("text", []),
        ("integer", [1, None, -3]),
        ("integer", [7, 7, 7]),
        ("boolean", [True, False, None]),
        ("double precision", [0.1, 1.0, None]),
        ("timestamptz", [NOON, NOON + timedelta(microseconds=1), None]),
        ("timestamptz", [NOON.astimezone(THAI), NOON]),
    ],
)
def test_what_goes_in_as_an_array_comes_out_as_it_was(kind, values):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM unnest(%s::{kind}[])", [literal(values)])
        assert [value for (value,) in cursor.fetchall()] == values


def test_among_finds_what_in_would_find(ban_nong_bua, ban_pua):
    for numbers in ([], [ban_pua.pk], [ban_pua.pk, ban_nong_bua.pk, 0], range(-5, 5)):
        assert set(Centre.objects.filter(Among("pk", numbers))) == set(Centre.objects.filter(pk__in=numbers))


def test_among_takes_more_numbers_than_a_statement_may_have_parameters(ban_pua):
    numbers = range(ban_pua.pk, ban_pua.pk + 260_000)
    assert list(Centre.objects.filter(Among("pk", numbers))) == [ban_pua]
