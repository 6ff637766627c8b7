"""Bars stand on the floor and below the top, whatever the numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.groupings import Row
from courses.statistics import Report
from lms.network.ministry.charts import FLOOR, LONGEST, TOP, monthly

numbers = st.integers(0, 10**9)
rows = st.lists(
    st.builds(Row, code=st.just("2026-11"), label=st.just("พ.ย.\u00a02569"), starters=numbers, finishers=numbers),
    max_size=40,
)


def report(rows):
    return Report("month", rows, Row("total", "รวม"), [])


@given(rows)
def test_bars_fit(rows):
    chart = monthly(report(rows))
    if not rows:
        assert chart is None
        return
    assert len(chart["months"]) == min(len(rows), LONGEST)
    for month in chart["months"]:
        assert TOP <= month.starters_top <= FLOOR
        assert TOP <= month.finishers_top <= FLOOR
        assert month.starters_height + month.starters_top == FLOOR


@pytest.mark.parametrize(("most", "highest"), [(0, 4), (4, 4), (5, 8), (9, 20), (21, 40), (7440, 8000), (8001, 20000)])
def test_the_lines_behind_are_at_round_numbers(most, highest):
    chart = monthly(report([Row("2026-11", "พ.ย.", starters=most)]))
    assert chart["ticks"][-1] == (highest, TOP)
    assert chart["ticks"][0] == (0, FLOOR)
    assert [number for number, _y in chart["ticks"]] == [highest * tick // 4 for tick in range(5)]
