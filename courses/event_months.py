"""A table for each month of events, on PostgreSQL: old months can be taken out whole, and indexes stay small.

An event belongs to the month in which its id was made, in Thai time: a UUIDv7 begins with the moment. Ids of clocks
that were far from right are in a table of their own. SQLite has one table for all.
"""

from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from courses.models import DetachedMonth
from courses.periods import begins, between, following, preceding
from courses.progress.events import CLOCK_BEHIND, month_of

TABLE = "courses_learningevent"
OTHERS = f"{TABLE}_others"


class NoSuchMonth(ValueError):
    """There is no table of this month where one was expected; the argument says which."""


class MayGrow(ValueError):
    """Events of this month may still be handed in; the argument says which."""


def has_months():
    """Whether events are divided at all."""
    return connection.vendor == "postgresql"


def first_id(month):
    """The smallest id of a month: first_id(202611) is that of its first millisecond in Thai time."""
    return UUID(int=int(begins(month).timestamp() * 1000) << 80)


def table_of(month):
    return f"{TABLE}_{month}"


def this_month():
    return month_of(timezone.now())


def last_complete():
    """The latest month of which no event is believed any more."""
    return preceding(month_of(timezone.now() - CLOCK_BEHIND))


def attached():
    """The months that have a table among the events, in order."""
    return _months("EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)")


def standing_apart():
    """The months whose table was taken out and is still in the database."""
    return _months("NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = c.oid)")


def tables():
    """All tables that have events: each month is in one piece, and the pieces together are all events."""
    if not has_months():
        return [TABLE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass", [TABLE])
        return [name for (name,) in cursor.fetchall()]


def make_ahead(months):
    """A table for this month and so many after it. Returns the months that had none."""
    return make_all(this_month(), _after(this_month(), months))


def make_all(first, last):
    """A table for each month from the first to the last. Returns the months that had none."""
    known = attached() + standing_apart()
    missing = [month for month in between(first, last) if month not in known]
    for month in missing:
        make(month)
    return missing


@transaction.atomic
def make(month):
    """The table of a month, with what came before it was there."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {table_of(month)} (LIKE {TABLE} INCLUDING ALL)")
        _move_in(cursor, month)
        _attach(cursor, month)


@transaction.atomic
def detach(month):
    """Take a month out: its events are in no page, list or export any more; state and counts stay as they are.

    Returns how many events that were. Raises NoSuchMonth, or MayGrow: what is sent again would count a second time.
    """
    if month not in attached():
        raise NoSuchMonth(month)
    if month > last_complete():
        raise MayGrow(month)
    table = table_of(month)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DETACH PARTITION {table}")
        cursor.execute(f"SELECT count(*) FROM {table}")
        events = cursor.fetchone()[0]
    DetachedMonth.objects.update_or_create(month=month, defaults={"events": events, "detached_at": timezone.now()})
    return events


@transaction.atomic
def attach(month):
    """Put a month back, with what came while it was out: a clock that was far from right makes ids of any month.

    Returns how many events came. Some may be sent again, and so counted twice: rebuild() mends it. Raises NoSuchMonth.
    """
    if month not in standing_apart():
        raise NoSuchMonth(month)
    with connection.cursor() as cursor:
        _as_answers_are_kept(cursor, table_of(month))
        came = _move_in(cursor, month)
        _attach(cursor, month)
    DetachedMonth.objects.filter(month=month).delete()
    return came


def erase_apart(learner):
    """Delete one person's events from the tables that stand apart too."""
    for month in standing_apart() if has_months() else ():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table_of(month)} WHERE learner_id = %s", [learner.pk])
            cursor.execute(f"UPDATE {table_of(month)} SET recorder_id = NULL WHERE recorder_id = %s", [learner.pk])


def missing():
    """The months without whose events nothing can be counted anew."""
    return list(DetachedMonth.objects.order_by("month").values_list("month", flat=True))


def _move_in(cursor, month):
    """Events of the month go from the table of others into its own; of two with one id the first stays."""
    table, bounds = table_of(month), _bounds(month)
    cursor.execute(f"LOCK TABLE {OTHERS} IN SHARE ROW EXCLUSIVE MODE")
    cursor.execute(
        f"INSERT INTO {table} SELECT * FROM {OTHERS} WHERE id >= %s AND id < %s ON CONFLICT DO NOTHING", bounds
    )
    cursor.execute(f"DELETE FROM {OTHERS} WHERE id >= %s AND id < %s", bounds)
    return cursor.rowcount


def _as_answers_are_kept(cursor, table):
    """A month that was taken out and dumped by an earlier release has them as jsonb."""
    cursor.execute(
        "SELECT FROM pg_attribute WHERE attrelid = %s::regclass AND attname = 'answer' AND atttypid = 'jsonb'::regtype",
        [table],
    )
    if cursor.fetchone() is not None:
        cursor.execute(f"ALTER TABLE {table} ALTER COLUMN answer TYPE text")


def _attach(cursor, month):
    cursor.execute(
        f"ALTER TABLE {TABLE} ATTACH PARTITION {table_of(month)} FOR VALUES FROM (%s) TO (%s)", _bounds(month)
    )


def _bounds(month):
    return [first_id(month), first_id(following(month))]


def _after(month, months):
    for _month in range(months):
        month = following(month)
    return month


def _months(condition):
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT substr(relname, %s)::int FROM pg_class c WHERE relkind = 'r' AND relname ~ %s AND {condition}"
            " AND relnamespace = current_schema()::regnamespace ORDER BY 1",
            [len(TABLE) + 2, f"^{TABLE}_[0-9]{{6}}$"],
        )
        return [month for (month,) in cursor.fetchall()]
