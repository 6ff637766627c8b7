"""Bars stand on the floor and below the top, whatever the numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.groupings import Row
from lms.network.ministry.charts import FLOOR, LONGEST, TOP, monthly
from lms.network.ministry.funnel import stages

numbers = st.integers(0, 10**9)
people = {f"people_{name}": numbers for name in ("joined", "starters", "active", "finishers", "certified")}
row = st.builds(Row, code=st.just("2026-11"), label=st.just("พ.ย.\u00a02569"), **people)


@given(st.lists(row, max_size=LONGEST))
def test_bars_fit(rows):
    chart = monthly(rows)
    if not rows:
        assert chart is None
        return
    assert len(chart["months"]) == len(rows)
    for month in chart["months"]:
        assert all(TOP <= bar.top <= FLOOR and bar.top + bar.height == FLOOR for bar in month.bars)
        assert month.x <= month.middle <= month.x + 48


@pytest.mark.parametrize(("most", "highest"), [(0, 4), (4, 4), (5, 8), (9, 20), (21, 40), (7440, 8000), (8001, 20000)])
def test_the_lines_behind_are_at_round_numbers(most, highest):
    chart = monthly([Row("2026-11", "พ.ย.", people_active=most)])
    assert chart["ticks"][-1] == (highest, TOP)
    assert chart["ticks"][0] == (0, FLOOR)
    assert [number for number, _y in chart["ticks"]] == [highest * tick // 4 for tick in range(5)]


def test_a_month_that_changed_is_marked():
    chart = monthly([Row("2026-10", "ต.ค."), Row("2026-11", "พ.ย.")], {"2026-10": (3, "then")})
    assert [bool(month.changed) for month in chart["months"]] == [True, False]


@given(row)
def test_the_bars_of_the_funnel_are_as_long_as_their_numbers(total):
    shown = stages(total)
    assert all(0 <= stage.share <= 100 for stage in shown)
    assert [stage.number for stage in shown] == [getattr(total, name) for name in people]


def test_what_is_not_known_is_no_bar_and_no_number():
    unknown = Row("total", "รวม")
    unknown.leave_open()
    assert {(stage.number, stage.share) for stage in stages(unknown)} == {(None, 0)}
