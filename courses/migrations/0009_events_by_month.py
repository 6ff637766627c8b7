"""On PostgreSQL, events move into a table for each month. It takes about a minute for five million of them.

The columns are put into an order in which no space between them is lost: there are many rows.
"""

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

import django.utils.timezone
from django.db import migrations, models

TABLE = "courses_learningevent"
COLUMNS = [
    *["occurred_at", "recorded_at", "claimed_at", "centre_id", "score", "seconds", "learner_id", "id", "course"],
    *["lesson", "activity", "session", "recorder_id", "correct", "claimed_correct", "verb", "answer"],
]
THAILAND = ZoneInfo("Asia/Bangkok")
AHEAD = 12


def divide(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            months = _months(cursor)
            _replace(cursor, "PARTITION BY RANGE (id)")
            cursor.execute(f"CREATE TABLE {TABLE}_others PARTITION OF {TABLE} DEFAULT")
            for first, following in zip(months, months[1:]):
                cursor.execute(
                    f"CREATE TABLE {TABLE}_{first} PARTITION OF {TABLE} FOR VALUES FROM (%s) TO (%s)",
                    [_first_id(first), _first_id(following)],
                )
            _fill(cursor)


def join(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        with schema_editor.connection.cursor() as cursor:
            _replace(cursor, "")
            _fill(cursor)


def _months(cursor):
    """From the first event's month to a year from now, and the one after."""
    now = datetime.now(THAILAND)
    cursor.execute(f"SELECT min(occurred_at) FROM {TABLE}")
    first = (cursor.fetchone()[0] or now).astimezone(THAILAND)
    count = (now.year - first.year) * 12 + now.month - first.month + AHEAD + 2
    return [(first.year + place // 12) * 100 + place % 12 + 1 for place in range(first.month - 1, first.month - 1 + count)]


def _first_id(month):
    start = datetime(month // 100, month % 100, 1, tzinfo=THAILAND)
    return uuid.UUID(int=int(start.timestamp() * 1000) << 80)


def _replace(cursor, how):
    """An empty table in the old one's place, with all its rules; the old one is TABLE_before."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(
        "SELECT attname, format_type(atttypid, atttypmod), attnotnull FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
        [TABLE],
    )
    columns = {name: f'"{name}" {kind}{" NOT NULL" if needed else ""}' for name, kind, needed in cursor.fetchall()}
    cursor.execute(
        "SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass", [TABLE]
    )
    rules = cursor.fetchall()
    cursor.execute(
        "SELECT indexrelid::regclass::text, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') FROM pg_index"
        " WHERE indrelid = %s::regclass AND NOT indisunique",
        [TABLE],
    )
    indexes = cursor.fetchall()
    cursor.execute(f"ALTER TABLE {TABLE} RENAME TO {TABLE}_before")
    for name, _kind, _how in rules:
        cursor.execute(f'ALTER TABLE {TABLE}_before DROP CONSTRAINT "{name}"')
    for name, _how in indexes:
        cursor.execute(f"DROP INDEX {name}")
    assert set(columns) == set(COLUMNS), columns
    cursor.execute(f"CREATE TABLE {TABLE} ({', '.join(columns[name] for name in COLUMNS)}) {how}")
    for name, _kind, rule in rules:
        cursor.execute(f'ALTER TABLE {TABLE} ADD CONSTRAINT "{name}" {rule}')
    for _name, index in indexes:
        cursor.execute(index)


def _fill(cursor):
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    cursor.execute(f"INSERT INTO {TABLE} ({names}) SELECT {names} FROM {TABLE}_before")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(f"DROP TABLE {TABLE}_before CASCADE")


class Migration(migrations.Migration):
    dependencies = [("courses", "0008_counts_of_people")]

    operations = [
        migrations.CreateModel(
            name="DetachedMonth",
            fields=[
                ("month", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("events", models.BigIntegerField()),
                ("detached_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.RunPython(divide, join),
    ]
