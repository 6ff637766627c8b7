"""Reports are made of counts, and a number can be questioned."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from courses.filters import BadFilter
from courses.groupings import BY
from courses.models import (
    ANY_COURSE,
    ActiveMonth,
    CourseCount,
    Enrolment,
    LastHeard,
    LearningEvent,
    LessonProgress,
    PeopleCount,
    RejectedEvent,
)
from courses.statistics import completions
from lms.centres.models import Centre, HomeCentre


@pytest.fixture
def count():
    """A row of counts: count(ban_pua, course, 202611, starters=3)."""

    def make(centre, course, month=202611, **numbers):
        return CourseCount.objects.create(centre=centre, course=course.key, month=month, **numbers)

    return make


@pytest.fixture
def learned(count, ban_nong_bua, ban_pua, course):
    """Ban Nong Bua: 10 began in September and 4 finished in November; Ban Pua: 2 began and finished."""
    count(ban_nong_bua, course, 202609, starters=10, lessons_finished=12, active=10)
    count(ban_nong_bua, course, 202611, finishers=4, lessons_finished=8, active=5)
    count(ban_pua, course, 202611, starters=2, finishers=2, lessons_finished=4, active=2)
    LastHeard.objects.create(centre=ban_nong_bua, at=timezone.now())


def told(report, *names):
    return [tuple(getattr(row, name) for name in ("code", *names)) for row in report.rows]


def test_a_report_by_region_adds_up_its_centres(learned, wipha):
    report = completions(wipha, "region")
    assert told(report, "starters", "finishers", "rate") == [("N", 2, 2, 1.0), ("NE", 10, 4, 0.4)]
    assert (report.total.starters, report.total.finishers, report.total.rate) == (12, 6, 0.5)


@pytest.mark.parametrize(
    "by", ["region", "province", "district", "centre", "host_kind", "course", "month", "fiscal_year"]
)
def test_every_grouping_adds_up_to_the_same_total(learned, wipha, by):
    report = completions(wipha, by)
    for name in ["starters", "finishers", "lessons_finished", "learner_months"]:
        assert sum(getattr(row, name) for row in report.rows) == getattr(report.total, name)
    assert (report.total.starters, report.total.learner_months) == (12, 17)


def test_without_starters_there_is_no_rate(learned, wipha):
    report = completions(wipha, "centre", start="2026-10", centre="TH-32-0001")
    assert told(report, "starters", "finishers", "rate") == [("TH-32-0001", 0, 4, None)]


def test_months_without_counts_are_told_as_empty(learned, wipha):
    assert told(completions(wipha, "month"), "starters") == [("2026-09", 10), ("2026-10", 0), ("2026-11", 2)]


def test_the_thai_fiscal_year_begins_in_october(learned, wipha):
    assert told(completions(wipha, "fiscal_year"), "starters") == [("FY2569", 10), ("FY2570", 2)]
    with translation.override("th"):
        assert completions(wipha, "month").rows[0].label == "ก.ย.\u00a02569"


def test_a_fiscal_year_as_the_range_takes_october_to_september(learned, count, wipha, ban_pua, course):
    count(ban_pua, course, 202609, starters=100)
    count(ban_pua, course, 202709, starters=1000)
    count(ban_pua, course, 202710, starters=10000)
    assert completions(wipha, "course", start="FY2570", end="FY2570").total.starters == 1002


def test_filters_narrow_the_report(learned, wipha, course, write_course, count, ban_pua):
    other = write_course("เรื่องอื่น")
    count(ban_pua, other, starters=7)
    assert completions(wipha, "month", region="N").total.starters == 9
    assert completions(wipha, "month", province="32").total.starters == 10
    assert completions(wipha, "month", centre="TH-55-0001", course=str(course.key)).total.starters == 2
    assert completions(wipha, "month", region="NE", province="32").total.starters == 10
    assert completions(wipha, "month", start="2026-09", end="2026-10").total.starters == 10


def test_caretakers_and_core_members_get_their_own_centres(learned, nok, kham, ek):
    assert told(completions(nok, "centre"), "starters") == [("TH-32-0001", 10)]
    assert told(completions(kham, "centre"), "starters") == [("TH-55-0001", 2)]
    assert told(completions(ek, "region"), "starters") == [("NE", 10)]
    with pytest.raises(BadFilter):
        completions(nok, "centre", centre="TH-55-0001")


def test_a_report_says_which_open_centres_are_silent(learned, wipha, ban_nong_bua, ban_pua):
    report = completions(wipha, "centre")
    assert told(report, "centres_heard", "centres_total") == [("TH-32-0001", 1, 1), ("TH-55-0001", 0, 1)]
    assert (report.total.centres_heard, report.total.centres_total) == (1, 2)
    assert [place.code for place in report.silent] == ["TH-55-0001"]
    LastHeard.objects.update(at=timezone.now() - timedelta(days=31))
    assert [place.code for place in completions(wipha, "month").silent] == ["TH-55-0001", "TH-32-0001"]


def test_a_closed_centre_keeps_its_counts_and_is_not_called_silent(learned, wipha, ban_pua):
    Centre.objects.filter(pk=ban_pua.pk).update(status="closed")
    report = completions(wipha, "centre")
    assert report.total.starters == 12
    assert report.silent == []
    assert (report.total.centres_heard, report.total.centres_total) == (1, 1)


def test_rows_of_a_course_rest_on_all_centres_of_the_report(learned, wipha, course):
    (row,) = completions(wipha, "course").rows
    assert (row.code, row.label) == (str(course.key), course.title)
    assert (row.centres_heard, row.centres_total) == (1, 2)


def test_a_province_outside_the_region_set_is_not_lost(learned, wipha, ban_pua):
    ban_pua.subdistrict.district.province.provinceregion_set.all().delete()
    report = completions(wipha, "region")
    assert told(report, "starters") == [("NE", 10), ("", 2)]


@pytest.mark.parametrize(
    ("filters", "field", "hint"),
    [
        ({"by": "village"}, "by", "fiscal_year"),
        ({"by": ""}, "by", "region"),
        ({"region": "X"}, "region", "NE"),
        ({"province": "00"}, "province", "55, 32"),
        ({"district": "00"}, "district", "3201"),
        ({"district": "\x00"}, "district", "3201"),
        ({"district": "9999"}, "district", "3201"),
        ({"host_kind": "market"}, "host_kind", "temple"),
        ({"sort": "name"}, "sort", "-starters"),
        ({"sort": "--starters"}, "sort", "-starters"),
        ({"centre": "TH-00-0000"}, "centre", ""),
        ({"centre": "\x00"}, "centre", ""),
        ({"course": "sewing"}, "course", "/api/v1/courses/"),
        ({"course": "00000000-0000-4000-8000-000000000000"}, "course", "/api/v1/courses/"),
        ({"start": "2569-01"}, "from", "2026-01"),
        ({"start": "FY2027"}, "from", "FY2570"),
        ({"end": "2026-13"}, "to", "2026-11"),
        ({"end": "๒๐๒๖-๐๑"}, "to", "2026-11"),
        ({"end": "0000-01"}, "to", "2200-12"),
        ({"end": "2201-01"}, "to", "2200-12"),
        ({"start": "1970-01"}, "from", "FY2743"),
        ({"start": "9999-01"}, "from", "2200-12"),
        ({"start": "FY1970"}, "from", "FY2743"),
        ({"end": "FY9999"}, "to", "FY2743"),
        ({"start": "2026-11", "end": "2026-10"}, "to", ""),
    ],
)
def test_a_filter_that_names_nothing_says_what_is_expected(learned, wipha, filters, field, hint):
    with pytest.raises(BadFilter) as refused:
        completions(wipha, **{"by": "month"} | filters)
    assert refused.value.field == field
    assert hint in refused.value.message


OF_PEOPLE = [LearningEvent, RejectedEvent, Enrolment, LessonProgress, ActiveMonth, HomeCentre]


@pytest.mark.parametrize(
    "by", ["region", "province", "district", "centre", "host_kind", "course", "month", "fiscal_year"]
)
def test_a_report_reads_counts_and_nothing_about_people(learned, wipha, by, course, django_assert_max_num_queries):
    with django_assert_max_num_queries(22) as asked:
        completions(wipha, by)
        completions(wipha, by, start="FY2569", end="2026-11", region="N", province="55", course=course.key)
    said = " ".join(query["sql"] for query in asked.captured_queries)
    assert CourseCount._meta.db_table in said
    assert [model for model in OF_PEOPLE if model._meta.db_table in said] == []


@pytest.mark.parametrize(
    "by", ["region", "province", "district", "centre", "host_kind", "course", "month", "fiscal_year"]
)
def test_a_report_costs_the_same_queries_for_few_and_for_many(
    learned, wipha, by, count, course, ban_pua, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10) as few:
        completions(wipha, by)
    for number in range(300):
        centre = Centre.objects.create(
            code=f"TH-55-1{number:03}", name_th="ศูนย์", name_en="Centre", subdistrict=ban_pua.subdistrict
        )
        count(centre, course, 202601 + number % 12, starters=1)
    with django_assert_num_queries(len(few)):
        assert completions(wipha, by).total.starters == 312


def test_rows_are_sorted_by_any_column_and_what_is_not_told_stands_last(learned, wipha, count, course, ban_nong_bua):
    assert told(completions(wipha, "centre", sort="-starters"), "starters") == [("TH-32-0001", 10), ("TH-55-0001", 2)]
    assert told(completions(wipha, "centre", sort="finishers")) == [("TH-55-0001",), ("TH-32-0001",)]
    for sort in ("last_heard", "-last_heard"):
        assert told(completions(wipha, "centre", sort=sort)) == [("TH-32-0001",), ("TH-55-0001",)]


def test_a_hundred_years_cost_as_much_as_one_month(learned, wipha, django_assert_num_queries):
    with CaptureQueriesContext(connection) as month:
        completions(wipha, "month", start="2026-11", end="2026-11")
    with django_assert_num_queries(len(month)):
        report = completions(wipha, "month", start="1991-01", end="2190-12")
    assert len(report.rows) == 3


def test_people_count_once_in_a_period_whatever_the_grouping(learned, wipha, course, ban_nong_bua, ban_pua):
    """One was active in September at Ban Nong Bua, and in October and November at Ban Pua."""
    for month, previous, centre in [(202609, 0, ban_nong_bua), (202610, 202609, ban_pua), (202611, 202610, ban_pua)]:
        is_first = int(not previous)
        PeopleCount.objects.create(
            course=ANY_COURSE, month=month, previous=previous, centre=centre, active=1, joined=is_first
        )
    people = "people_joined", "people_active"
    assert told(completions(wipha, "centre"), *people) == [("TH-32-0001", 1, 1), ("TH-55-0001", 0, 0)]
    assert told(completions(wipha, "centre", start="FY2570"), *people) == [("TH-32-0001", 0, 0), ("TH-55-0001", 0, 1)]
    assert [row[2] for row in told(completions(wipha, "month"), *people)] == [1, 1, 1]
    assert told(completions(wipha, "fiscal_year"), *people) == [("FY2569", 1, 1), ("FY2570", 0, 1)]
    late = completions(wipha, "fiscal_year", start="2026-11")
    assert told(late, *people) == [("FY2570", 0, 1)]
    assert [completions(wipha, by).total.people_active for by in BY] == [1] * len(BY)
    assert completions(wipha, "course", course=str(course.key)).total.people_active == 0
