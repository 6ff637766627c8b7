"""Reading and writing many rows in one statement, the same on SQLite and PostgreSQL.

Recording is the hottest path of the site and Django's query builder would be most of its cost. In this
package ids are hex text: it is how SQLite keeps them, and text is hashed in C where UUID objects are not.
"""

from datetime import UTC
from functools import lru_cache

import msgspec
from django.db import connection, models

from courses.models.answers import PackedAnswers, pack
from courses.progress import arrays

# In one statement. SQLite would take 32,766, but each thread keeps what it has prepared, and a statement of 9,000 takes
# megabytes. PostgreSQL gets an array for each column instead: to look through a statement for thousands of places cost
# more than all the rest of recording.
PARAMETERS = 2_000


def select(model, names, **filters):
    """Rows of the named fields, as tuples, where each filtered field (an id or a number) is one of the values.

    Packed answers come as they are: to unpack them is much of recording, and those of few rows are asked for.
    """
    conditions, values = [], []
    for name, wanted in filters.items():
        column, wanted = _columns(connection.vendor, model, (name,)), list(wanted)
        if connection.vendor == "postgresql":
            conditions.append(f"{column} = ANY({_arrays(model, (name,))})")
            values.append(arrays.literal(wanted))
        else:
            conditions.append(f"{column} IN ({', '.join(['%s'] * len(wanted)) or 'NULL'})")
            values += wanted
    names, where = tuple(names), f" WHERE {' AND '.join(conditions)}" if conditions else ""
    with connection.cursor() as cursor:
        if loader := _loader_of_moments(connection.vendor, model, names):
            cursor.cursor.adapters.register_loader("timestamptz", loader)
        columns = _columns(connection.vendor, model, names)
        cursor.execute(f"SELECT {columns} FROM {model._meta.db_table}{where}", values)
        rows = cursor.fetchall()
    return _converted(rows, _reads(connection.vendor, model, names))


def insert_new(model, names, rows):
    """Insert what is not there yet. Returns the keys of the rows really inserted, as a set of tuples.

    A row count would not do: after ON CONFLICT DO NOTHING it cannot say which rows were new, unless all were.
    """
    key, names = _key(model), tuple(names)
    columns = _columns(connection.vendor, model, key)
    found = _insert(model, names, rows, f"ON CONFLICT ({columns}) DO NOTHING RETURNING {columns}")
    if len(found) == len(rows):
        places = [names.index(name) for name in key]
        return {tuple([row[place] for place in places]) for row in rows}
    return set(_converted(found, _reads(connection.vendor, model, key)))


def upsert(model, names, rows, add=False, newest=None):
    """Insert rows or replace what they hold.

    With `add` the numbers are added to those there, and of two moments the later one stays.
    With `newest`, the name of a moment, a row that holds a later one stays as it is.
    """
    tail = _replacing(connection.vendor, model, tuple(names), add)
    if newest:
        column = _columns(connection.vendor, model, (newest,))
        tail += f" WHERE {model._meta.db_table}.{column} < excluded.{column}"
    _insert(model, tuple(names), rows, tail)


def _insert(model, names, rows, tail):
    """Insert in as few statements as the database allows; the rows that RETURNING gave."""
    start = f"INSERT INTO {model._meta.db_table} ({_columns(connection.vendor, model, names)})"
    statements = _of_arrays if connection.vendor == "postgresql" else _of_values
    found = []
    with connection.cursor() as cursor:
        for what, values in statements(model, names, rows):
            cursor.execute(f"{start} {what} {tail}", values)
            if "RETURNING" in tail:
                found += cursor.fetchall()
    return found


def _of_values(model, names, rows):
    fits = _fits(connection.vendor, model, names)
    one = f"({', '.join(['%s'] * len(names))})"
    size = PARAMETERS // len(names)
    for first in range(0, len(rows), size):
        part = rows[first : first + size]
        values = [fit(value) if fit else value for row in part for fit, value in zip(fits, row, strict=True)]
        yield f"VALUES {', '.join([one] * len(part))}", values


def _of_arrays(model, names, rows):
    fits = _fits(connection.vendor, model, names)
    if rows:
        columns = zip(*rows, strict=True)
        values = [
            arrays.literal(map(fit, column) if fit else column) for fit, column in zip(fits, columns, strict=True)
        ]
        yield f"SELECT * FROM unnest({_arrays(model, names)})", values


def _converted(rows, reads):
    if not any(reads):
        return rows
    return [
        tuple([convert(value) if convert else value for convert, value in zip(reads, row, strict=True)]) for row in rows
    ]


# What follows depends only on the models; it is worked out once.


@lru_cache
def _key(model):
    return tuple(field.name for field in model._meta.pk_fields)


@lru_cache
def _columns(vendor, model, names):
    """The quoted columns of the named fields, with commas."""
    return ", ".join(connection.ops.quote_name(model._meta.get_field(name).column) for name in names)


@lru_cache
def _loader_of_moments(vendor, model, names):
    """What reads moments of PostgreSQL in C, where some are to be read: Django's own way is in Python."""
    fields = [model._meta.get_field(name) for name in names]
    if vendor != "postgresql" or not any(isinstance(field, models.DateTimeField) for field in fields):
        return None
    from psycopg import adapters, pq  # a machine without PostgreSQL has no use for it

    return adapters.get_loader(adapters.types["timestamptz"].oid, pq.Format.TEXT)


@lru_cache
def _arrays(model, names):
    """A place for an array of each field's type, with commas."""
    types = [_plain(model._meta.get_field(name)).db_type(connection).split("(")[0] for name in names]
    return ", ".join(f"%s::{kind}[]" for kind in types)


@lru_cache
def _replacing(vendor, model, names, add):
    key = _key(model)
    changed = {_columns(vendor, model, (name,)): _change(vendor, model, name, add) for name in names if name not in key}
    table = model._meta.db_table
    changes = ", ".join(f"{column} = {value.format(c=column, t=table)}" for column, value in changed.items())
    return f"ON CONFLICT ({_columns(vendor, model, key)}) DO UPDATE SET {changes}"


def _change(vendor, model, name, add):
    if not add:
        return "excluded.{c}"
    if isinstance(model._meta.get_field(name), models.DateTimeField):
        return ("MAX" if vendor == "sqlite" else "GREATEST") + "({t}.{c}, excluded.{c})"
    return "{t}.{c} + excluded.{c}"


@lru_cache
def _fits(vendor, model, names):
    """What fits a Python value into each column; None where it goes in as it is."""
    return [_fitting(vendor, _plain(model._meta.get_field(name))) for name in names]


@lru_cache
def _reads(vendor, model, names):
    """What reads each column's value; None where it comes out as it should be."""
    return [_reading(vendor, _plain(model._meta.get_field(name))) for name in names]


def _plain(field):
    """The field that a foreign key's column is made of."""
    while field.is_relation:
        field = field.target_field
    return field


def _fitting(vendor, field):
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else msgspec.json.encode(value).decode()
    if isinstance(field, PackedAnswers):
        return pack if vendor == "sqlite" else lambda value: f"\\x{pack(value).hex()}"
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
