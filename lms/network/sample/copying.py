"""Rows as PostgreSQL's COPY takes them, and into SQLite too."""

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from django.db import connection

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Json(NamedTuple):
    """A value of a JSON column."""

    value: Any


def as_text(rows):
    """Rows of plain values, a line each, each line ended. Json becomes JSON, bytes hex; times are UTC."""
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def _cell(value):
    match value:
        case None:
            return "\\N"
        case bool():
            return str(int(value))
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        case Json():
            return msgspec.json.encode(value.value).decode().translate(ESCAPES)
        case bytes():
            return f"\\\\x{value.hex()}"
    return str(value).translate(ESCAPES)


def copy(model, names, text):
    """Put such lines into a model's table. Returns nothing; whatever is wrong raises what the database raises."""
    columns = ", ".join(connection.ops.quote_name(model._meta.get_field(name).column) for name in names)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as into:
                into.write(text)
            return
        marks = ", ".join(["%s"] * len(names))
        rows = [list(map(_read, line.split("\t"))) for line in text.splitlines()]
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def _read(cell):
    if "\\" not in cell:
        return cell
    if cell == "\\N":
        return None
    if cell.startswith("\\\\x"):
        return bytes.fromhex(cell[3:])
    parts = cell.split("\\\\")
    for escape, letter in (("\\t", "\t"), ("\\n", "\n"), ("\\r", "\r")):
        parts = [part.replace(escape, letter) for part in parts]
    return "\\".join(parts)


@contextmanager
def without_looking_up(*models):
    """On PostgreSQL foreign keys and indexes are put back at the end, all at once: it takes a third of the time."""
    if connection.vendor != "postgresql":
        yield
        return
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what still waits to be looked up forbids any change
        cursor.execute(_FOREIGN_KEYS, [tables])
        keys = cursor.fetchall()
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for table, name, _how in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for name, _how in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, how in indexes:
            cursor.execute(how)
        for table, name, how in keys:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {how}')
        cursor.execute("ANALYZE")


# Of a table that is divided, an index is told as one that its parts do not have.
_FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conparentid = 0 AND conrelid::regclass::text = ANY(%s)"""
_INDEXES = """
SELECT indexrelid::regclass::text, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') FROM pg_index
WHERE NOT indisunique AND indrelid::regclass::text = ANY(%s)"""
