"""Reading and writing many rows in one statement, the same on SQLite and PostgreSQL.

Recording is the hottest path of the site and Django's query builder would be most of its cost. In this
package ids are hex text: it is how SQLite keeps them, and text is hashed in C where UUID objects are not.
"""

from datetime import UTC
from functools import lru_cache

import msgspec
from django.db import connection, models

PARAMETERS = 30_000  # SQLite takes 32,766 in one statement, PostgreSQL 65,535


def select(model, names, **filters):
    """Rows of the named fields, as tuples, where each filtered field (an id or a number) is one of the values."""
    columns, _fit, read = _shape(model, names)
    conditions, values = ["1 = 1"], []
    for name, wanted in filters.items():
        column = model._meta.get_field(name).column
        conditions.append(f"{_quoted(column)} IN ({', '.join(['%s'] * len(wanted)) or 'NULL'})")
        values += wanted
    table = _quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_list(columns)} FROM {table} WHERE {' AND '.join(conditions)}", values)
        rows = cursor.fetchall()
    return _converted(rows, read)


def insert_new(model, names, rows):
    """Insert what is not there yet. Returns the keys of the rows really inserted, as a set of tuples.

    A row count would not do: after ON CONFLICT DO NOTHING it cannot say which rows were new.
    """
    key = [field.name for field in model._meta.pk_fields]
    columns, _fit, read = _shape(model, key)
    tail = f"ON CONFLICT ({_list(columns)}) DO NOTHING RETURNING {_list(columns)}"
    return set(_converted(_insert(model, names, rows, tail), read))


def upsert(model, names, rows, add=False):
    """Insert rows or replace what they hold; with `add` the numbers are added to those there."""
    key = [field.column for field in model._meta.pk_fields]
    table = _quoted(model._meta.db_table)
    changes = [
        f"{column} = {table}.{column} + excluded.{column}" if add else f"{column} = excluded.{column}"
        for column in map(_quoted, _shape(model, names)[0])
        if column not in map(_quoted, key)
    ]
    _insert(model, names, rows, f"ON CONFLICT ({_list(key)}) DO UPDATE SET {', '.join(changes)}")


def _insert(model, names, rows, tail):
    """Insert in as few statements as the database allows; the rows that RETURNING gave."""
    columns, fits, _read = _shape(model, names)
    one = f"({', '.join(['%s'] * len(columns))})"
    size = PARAMETERS // len(columns)
    found = []
    with connection.cursor() as cursor:
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            values = [fit(value) if fit else value for row in part for fit, value in zip(fits, row, strict=True)]
            many = ", ".join([one] * len(part))
            start_of = f"INSERT INTO {_quoted(model._meta.db_table)} ({_list(columns)})"
            cursor.execute(f"{start_of} VALUES {many} {tail}", values)
            if "RETURNING" in tail:
                found += cursor.fetchall()
    return found


def _converted(rows, read):
    if not any(read):
        return rows
    return [
        tuple([convert(value) if convert else value for convert, value in zip(read, row, strict=True)]) for row in rows
    ]


def _quoted(name):
    return connection.ops.quote_name(name)


def _list(columns):
    return ", ".join(map(_quoted, columns))


def _shape(model, names):
    return _shape_on(connection.vendor, model, tuple(names))


@lru_cache
def _shape_on(vendor, model, names):
    """Columns of the named fields, what fits a Python value into each, and what reads it back (None: as it is)."""
    fields = [model._meta.get_field(name) for name in names]
    kinds = [_plain(field) for field in fields]
    return (
        [field.column for field in fields],
        [_fitting(vendor, kind) for kind in kinds],
        [_reading(vendor, kind) for kind in kinds],
    )


def _plain(field):
    """The field that a foreign key's column is made of."""
    while field.is_relation:
        field = field.target_field
    return field


def _fitting(vendor, field):
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else msgspec.json.encode(value).decode()
    if vendor == "sqlite" and isinstance(field, models.DateTimeField):
        return lambda value: value and str(value.replace(tzinfo=None))
    return None


def _reading(vendor, field):
    if isinstance(field, models.JSONField):
        return lambda value: msgspec.json.decode(value) if isinstance(value, str) else value
    if vendor == "sqlite" and isinstance(field, models.DateTimeField):
        return lambda value: value and value.replace(tzinfo=UTC)
    if vendor != "sqlite" and isinstance(field, models.UUIDField):
        return lambda value: value and value.hex
    return None
