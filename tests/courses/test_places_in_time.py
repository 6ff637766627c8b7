"""Figures stay under the place, the host and the code that the centre had in that month."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.filters import BadFilter
from courses.models import CourseCount
from courses.statistics import completions
from lms.centres.merging import merge
from lms.centres.models import Centre, CentrePast


@pytest.fixture
def moved(ban_nong_bua, ban_pua, course):
    """Ban Nong Bua, 1 a month from July to November: in Surin until August, then in Nan, a school since October."""
    for month in range(202607, 202612):
        CourseCount.objects.create(centre=ban_nong_bua, course=course.key, month=month, starters=1)
    CourseCount.objects.create(centre=ban_pua, course=course.key, month=202607, starters=10)
    was = {"centre": ban_nong_bua, "name_th": "เดิม", "name_en": "Old", "host_kind": "temple"}
    CentrePast.objects.create(**was, until=202608, code="TH-32-0001", subdistrict=ban_nong_bua.subdistrict)
    CentrePast.objects.create(**was, until=202608, code="TH-32-0099", subdistrict=ban_pua.subdistrict)  # not the first
    CentrePast.objects.create(**was, until=202609, code="TH-55-0002", subdistrict=ban_pua.subdistrict)
    # As it is now; `update` of a plain queryset would write one more past.
    ban_nong_bua.code, ban_nong_bua.subdistrict, ban_nong_bua.host_kind = "TH-55-0002", ban_pua.subdistrict, "school"
    ban_nong_bua.save_base(raw=True)
    return ban_nong_bua


def starters(user, by, **filters):
    report = completions(user, by, **filters)
    assert sum(row.starters or 0 for row in report.rows) == report.total.starters
    return {row.code: row.starters for row in report.rows}


def test_each_month_counts_where_the_centre_was(moved, wipha):
    assert starters(wipha, "region") == {"N": 13, "NE": 2}
    assert starters(wipha, "province") == {"55": 13, "32": 2}
    assert starters(wipha, "district") == {"5501": 13, "3201": 2}
    assert starters(wipha, "host_kind") == {"temple": 3, "school": 12}
    assert starters(wipha, "month")["2026-07"] == 11


def test_each_month_counts_under_the_code_the_centre_had(moved, wipha):
    assert starters(wipha, "centre") == {"TH-32-0001": 2, "TH-55-0001": 10, "TH-55-0002": 3}
    report = completions(wipha, "centre")
    assert [(row.code, row.centres_total) for row in report.rows] == [
        ("TH-32-0001", 0),
        ("TH-55-0001", 1),
        ("TH-55-0002", 1),
    ]
    assert report.rows[0].label == "เดิม"
    assert report.total.centres_total == 2


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"province": "32"}, {"2026-07": 1, "2026-08": 1}),
        ({"region": "NE", "host_kind": "temple"}, {"2026-07": 1, "2026-08": 1}),
        ({"district": "5501", "host_kind": "temple"}, {"2026-09": 1}),
        ({"province": "55", "start": "2026-09"}, {"2026-09": 1, "2026-10": 1, "2026-11": 1}),
        ({"host_kind": "temple", "end": "2026-08"}, {"2026-07": 1, "2026-08": 1}),
        ({"centre": "TH-32-0001", "province": "32"}, {"2026-07": 1, "2026-08": 1}),
    ],
)
def test_filters_ask_what_the_centre_was_then(moved, wipha, filters, found):
    assert starters(wipha, "month", **filters) == found


def test_an_old_code_asks_for_the_whole_history(moved, wipha, nok):
    for user in (wipha, nok):
        assert sum(starters(user, "month", centre="TH-32-0001").values()) == 5
    with pytest.raises(BadFilter):
        completions(nok, "month", centre="TH-55-0001")


def test_a_merged_centre_keeps_its_figures_under_its_code(ban_nong_bua, ban_pua, course, wipha):
    CourseCount.objects.create(centre=ban_nong_bua, course=course.key, month=202607, starters=4)
    merge(ban_nong_bua, ban_pua)
    assert starters(wipha, "centre") == {"TH-32-0001": 4, "TH-55-0001": None}
    assert starters(wipha, "month", centre="TH-32-0001") == {"2026-07": 4}


@pytest.mark.parametrize("by", ["region", "centre", "month"])
def test_many_changes_cost_as_many_queries_as_one(moved, wipha, by, ban_pua, django_assert_num_queries):
    with CaptureQueriesContext(connection) as one:
        completions(wipha, by, province="32")
    centres = Centre.objects.bulk_create(
        Centre(code=f"X-{n}", name_th="ศูนย์", subdistrict=ban_pua.subdistrict, host_kind="temple") for n in range(100)
    )
    CentrePast.objects.bulk_create(
        CentrePast(centre=centre, until=202601 + n % 12, code=f"Y-{n}", subdistrict_id="320101", host_kind="school")
        for n, centre in enumerate(centres)
    )
    with django_assert_num_queries(len(one)):
        completions(wipha, by, province="32")
