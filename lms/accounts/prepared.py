"""Queries whose SQL is worked out once and then only filled in, for the few pages that ask much and often.

Django's query builder takes several times as long over such a query as the database does over its answer. The
query stays one of Django's, so that a page and a list of the API cannot come to differ.
"""

import copy
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import connection

MOST = 64  # shapes kept of one query; a day is a part of some, so old ones have to go
LONGEST = 48  # values of a list; shorter ones are filled up with nobody
NOBODY = UUID(int=0)
A_TEXT = "the text of place "
A_MOMENT = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
NEAR = timedelta(days=60)  # what a query may add to or take from a moment


class Prepared:
    """`rows(shape, **values)` are those of the `values()` queryset that `build(shape, **values)` gives.

    A value is a text, an int, a UUID, a moment or a list of at most LONGEST UUIDs. Whatever else the query depends on
    (who is asked about in which way, today's date) belongs to the hashable `shape`.
    """

    def __init__(self, build):
        self.build, self.known = build, {}

    def rows(self, shape, **values):
        key = connection.vendor, shape
        if key not in self.known:
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[key] = _Query(partial(self.build, shape), values)
        return self.known[key].rows(values)


def fields_of(model, path=""):
    """What `values()` must name for a whole object of a model; behind a relation, fields_of(HomeCentre, "home__")."""
    return [f"{path}{field.attname}" for field in model._meta.concrete_fields]


def object_of(model, row, path=""):
    """The object that is in such a row; None where the relation leads nowhere."""
    names = fields_of(model)
    values = [row[f"{path}{name}"] for name in names]
    return None if row[f"{path}{model._meta.pk.attname}"] is None else model.from_db(connection.alias, names, values)


class _Query:
    def __init__(self, build, values):
        marks = {name: _mark(value, place) for place, (name, value) in enumerate(values.items())}
        self.query = build(**marks).query
        self.compiler = self.query.get_compiler(connection.alias)
        self.sql, self.params = self.compiler.as_sql()
        self.places = list(_places(self.params, marks))
        self.names = self.query.selected or [*self.query.values_select, *self.query.annotation_select]
        self.converters = self.compiler.get_converters([each for each, _sql, _alias in self.compiler.select])

    def rows(self, values):
        params = list(self.params)
        for place, fill in self.places:
            params[place] = fill(values)
        compiler = copy.copy(self.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *args, **kwargs: (self.sql, params)
        compiler.get_converters = lambda expressions: self.converters
        return [dict(zip(self.names, row, strict=False)) for row in compiler.results_iter()]


def _mark(value, place):
    """A value that stands for this one, and that no query holds by itself."""
    if isinstance(value, list):
        return [UUID(int=(place + 1) << 100 | (number + 1)) for number in range(LONGEST)]
    if isinstance(value, UUID):
        return UUID(int=(place + 1) << 100)
    if isinstance(value, datetime):
        return A_MOMENT
    if isinstance(value, str):
        return f"{A_TEXT}{place}"
    return 1_900_000_000 + place


def _places(params, marks):
    """(position, what fills it from the values) of every parameter that stands for a value."""
    for position, param in enumerate(params):
        for name, mark in marks.items():
            if fill := _filling(param, name, mark):
                yield position, fill


def _filling(param, name, mark):
    if isinstance(mark, list):
        known = {each.hex: number for number, each in enumerate(mark)}
        number = known.get(_hex(param))
        return None if number is None else lambda values: _like(param, _nth(values[name], number))
    if isinstance(mark, datetime):
        moment = _moment(param)
        near = moment is not None and abs(moment - mark) < NEAR
        return (lambda values: _like(param, values[name] + (moment - mark))) if near else None
    if isinstance(mark, UUID):
        return (lambda values: _like(param, values[name])) if _hex(param) == mark.hex else None
    return (lambda values: values[name]) if type(param) is type(mark) and param == mark else None


def _nth(values, number):
    return values[number] if number < len(values) else NOBODY


def _like(param, value):
    """The value in the form of the parameter that stood for it: SQLite takes ids and moments as text."""
    if not isinstance(param, str):
        return value
    return value.hex if isinstance(value, UUID) else str(value.astimezone(UTC).replace(tzinfo=None))


def _hex(param):
    return param.hex if isinstance(param, UUID) else param


def _moment(param):
    if isinstance(param, datetime):
        return param
    try:
        return datetime.fromisoformat(param).replace(tzinfo=UTC)
    except (TypeError, ValueError):
        return None
