"""From one machine's SQLite to a hub's PostgreSQL: a backup of the first is taken over by the second, with all ids."""

from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.expressions import Col
from django.db.utils import DEFAULT_DB_ALIAS

from courses import event_months
from courses.periods import THAILAND
from courses.progress import rebuild
from lms.accounts.models import User
from lms.network.backup.proving import manifest_of
from lms.network.backup.stores import Sqlite, Trouble, counted

SOURCE = "taken_over"
MADE_ANEW = "wagtailsearch"  # an index, which each kind of database has in a form of its own
ROWS = 2000


def take_over(folder):
    """{table: rows} that were copied. Raises Trouble, and then nothing was changed."""
    if connection.vendor != "postgresql":
        raise Trouble("DATABASE_URL must lead to PostgreSQL")
    manifest = manifest_of(Path(folder), "sqlite")
    if (
        sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
        != manifest["migrations"]
    ):
        raise Trouble("the backup is not of this version of Sala, or migrate has not run here")
    if User.objects.exists():
        raise Trouble("there are people in this database already: take an empty one, after migrate")
    _open((Path(folder) / Sqlite.file).resolve())
    with transaction.atomic():
        _copy(manifest["rows"])
        if differences := rebuild(check=True):
            raise Trouble(f"{len(differences)} rows of state and counts differ from the events")
    call_command("update_index", verbosity=0)
    return manifest["rows"]


def _open(path):
    entry = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    connections.databases[SOURCE] = connections.configure_settings(
        {DEFAULT_DB_ALIAS: connection.settings_dict, SOURCE: entry}
    )[SOURCE]


def _copy(expected):
    """Foreign keys are looked at when all is there, so the order does not matter."""
    models = [model for model in apps.get_models(include_auto_created=True) if _is_copied(model)]
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        for sql in connection.ops.sql_flush(no_style(), tables, reset_sequences=True, allow_cascade=True):
            cursor.execute(sql)
        for month in _months():
            if month not in event_months.attached():
                event_months.make(month)
        for model in models:
            _copy_table(model, cursor)
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)

        def first(sql):
            cursor.execute(sql)
            return cursor.fetchone()[0]

        found = counted(first)
    for table in tables:
        if table in expected and found[table] != expected[table]:
            raise Trouble(f"{table} has {found[table]} rows and had {expected[table]}")


def _is_copied(model):
    return model._meta.managed and not model._meta.proxy and model._meta.app_label != MADE_ANEW


def _months():
    """Those in which events were made, as far as their clocks can be believed."""
    year = event_months.this_month() // 100
    with connections[SOURCE].cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT substr(id, 1, 8) FROM {event_months.TABLE}")  # of milliseconds: 65 seconds
        moments = {datetime.fromtimestamp((int(first, 16) << 16) / 1000, THAILAND) for [first] in cursor}
    return sorted({at.year * 100 + at.month for at in moments if year - 10 < at.year <= year + 1})


def _copy_table(model, cursor):
    """As the columns are, without what a field makes of them in Python."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    source = connections[SOURCE]
    converters = [source.ops.get_db_converters(Col(model._meta.db_table, field)) for field in fields]
    with source.cursor() as rows, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        rows.execute(f"SELECT {columns} FROM {table}")
        while some := rows.fetchmany(ROWS):
            for row in some:
                copy.write_row([_converted(*each, source) for each in zip(row, converters, strict=True)])


def _converted(value, converters, source):
    for converter in converters:
        value = converter(value, None, source)
    return value
