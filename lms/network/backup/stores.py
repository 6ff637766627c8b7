"""The two databases: how each is copied into a file, and such a file made a database again that nobody else sees."""

import os
import secrets
import sqlite3
import subprocess
from contextlib import closing, contextmanager
from urllib.parse import quote, urlencode

import dj_database_url
from django.apps import apps
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from courses import event_months


class Trouble(Exception):
    """Why it could not be done, for whoever runs the command."""


def store():
    return Postgres(connection.settings_dict) if connection.vendor == "postgresql" else Sqlite()


def counted(first):
    """{table: rows} by a function that runs SQL and gives the first value."""
    return {table: first(f'SELECT count(*) FROM "{table}"') for table in _tables()}


def _tables():
    """Those of the models, and the months of events that were taken out and still stand beside them."""
    apart = event_months.standing_apart() if event_months.has_months() else []
    return sorted(
        {model._meta.db_table for model in apps.get_models() if model._meta.managed}
        | {event_months.table_of(month) for month in apart}
    )


class Sqlite:
    file = "database.sqlite3"

    def copy_to(self, path):
        """While the site runs. Gives the counts of what was copied."""
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
            return counted(lambda sql: copy.execute(sql).fetchone()[0])

    @contextmanager
    def restored(self, path, scratch, server=None):
        """(address, name) of a database made of a copy."""
        if server:
            raise Trouble("--server is for PostgreSQL; here --scratch says where the copy is made")
        target = scratch / self.file
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as copy:
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise Trouble(f"SQLite finds the file damaged: {found}")
            with closing(sqlite3.connect(target)) as restored:
                copy.backup(restored)
        yield f"sqlite:///{quote(str(target))}", str(target)


class Postgres:
    file = "database.dump"

    def __init__(self, settings):
        self.settings = settings

    def copy_to(self, path):
        """pg_dump of the very moment at which the rows are counted."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # pg_dump may take hours

            def first(sql):
                cursor.execute(sql)
                return cursor.fetchone()[0]

            snapshot = first("SELECT pg_export_snapshot()")
            self._run("pg_dump", "--format=custom", f"--snapshot={snapshot}", f"--file={path}")
            return counted(first)

    @contextmanager
    def restored(self, path, scratch, server=None):
        """(address, name) of a database of its own, on the same server or another; dropped whatever happens."""
        there = Postgres(dj_database_url.parse(server)) if server else self
        name = f"sala_proof_{secrets.token_hex(6)}"
        there._sql(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
        try:
            there._run("pg_restore", "--no-owner", "--no-acl", "--exit-on-error", path, name=name)
            yield there._address(name), name
        finally:
            there._sql(f"DROP DATABASE {name} WITH (FORCE)")

    def _sql(self, command):
        self._run("psql", "--quiet", "--no-psqlrc", f"--command={command}")

    def _run(self, program, *arguments, name=None):
        """The password goes by the environment: whoever lists processes sees the arguments."""
        at = self.settings
        where = {"host": at["HOST"], "port": at["PORT"], "user": at["USER"], "dbname": name or at["NAME"]}
        place = make_conninfo(**{key: value for key, value in (where | self._options()).items() if value})
        environment = os.environ | ({"PGPASSWORD": at["PASSWORD"]} if at["PASSWORD"] else {})
        command = [program, f"--dbname={place}", *map(str, arguments)]
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
        except FileNotFoundError:
            raise Trouble(f"{program} is missing: apt-get install postgresql-client") from None
        if done.returncode:
            raise Trouble(f"{program} says: {done.stderr.strip()[:1000]}")

    def _address(self, name):
        at = self.settings
        user, password = (quote(str(at[part]), safe="") for part in ("USER", "PASSWORD"))
        hosts = str(at["HOST"]).split(",")
        ports = str(at["PORT"]).split(",") if at["PORT"] else [""] * len(hosts)
        places = [quote(host, safe="") + (f":{port}" if port else "") for host, port in zip(hosts, ports, strict=True)]
        who = f"{user}:{password}" if password else user
        return f"postgres://{who}@{','.join(places)}/{name}?{urlencode(self._options())}"

    def _options(self):
        """What libpq is told beside, such as sslmode, or which of several hosts is meant."""
        return self.settings.get("OPTIONS", {})
