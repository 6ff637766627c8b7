"""Lists ask the database as often for 300 rows as for one."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

MANY = 300


def queries_for_one_and_for_many(ask, add, shown=MANY):
    """How many queries a list takes for one row; as many as for 300, or the test fails.

    `ask` opens the list and says how many rows it has, `add` adds as many as it is told, and `shown` is what
    `ask` says of 300 where it sees one page of them only.
    """
    ask()  # what is kept for later visits is kept now
    one = _queries(ask, 1)
    add(MANY - 1)
    many = _queries(ask, shown)
    more = "\n".join([sql[:300] for sql in many if sql not in one][:5])
    assert len(many) == len(one), f"{len(one)} queries for one row, {len(many)} for {MANY}, such as:\n{more}"
    return len(one)


def _queries(ask, rows):
    with CaptureQueriesContext(connection) as asked:
        found = ask()
    assert found == rows, f"the list has {found} rows, not {rows}"
    return [query["sql"] for query in asked]
