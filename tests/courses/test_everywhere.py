"""Of the whole country no centres are listed in a question to the database, and the figures are the same."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.groupings import BY
from courses.models import ANY_COURSE, CourseCount, LateCount, PeopleCount
from courses.statistics import Scope
from lms.accounts.models import User
from lms.centres.models import Centre, CentrePast

FILTERS = [{}, {"start": "2026-08", "end": "2026-10"}, {"start": "FY2569"}, "course"]


@pytest.fixture
def country(ban_nong_bua, ban_pua, course):
    """Six centres, one of them never counted; Ban Nong Bua moved to Nan and became a school after August."""
    more = [
        Centre.objects.create(code=f"TH-55-10{n}", name_th="ศูนย์", subdistrict=ban_pua.subdistrict) for n in range(4)
    ]
    for number, centre in enumerate([ban_nong_bua, ban_pua, *more[:3]], 1):
        for month in range(202607, 202612):
            CourseCount.objects.create(centre=centre, course=course.key, month=month, starters=number, finishers=1)
            for key in (ANY_COURSE, course.key):
                PeopleCount.objects.create(centre=centre, course=key, month=month, active=number, joined=number)
    CentrePast.objects.create(
        centre=ban_nong_bua, until=202608, code="TH-32-0001", name_th="เดิม", name_en="Old",
        subdistrict=ban_nong_bua.subdistrict, host_kind="temple",
    )  # fmt: skip
    ban_nong_bua.subdistrict, ban_nong_bua.host_kind = ban_pua.subdistrict, "school"
    ban_nong_bua.save_base(raw=True)
    return ban_nong_bua


def everything(user, filters):
    """All reports, and the queries of counts that they asked."""
    with CaptureQueriesContext(connection) as queries:
        scope = Scope(user, **filters)
        reports = {by: scope.report(by) for by in BY}
        told = {by: ([vars(row) for row in report.rows], vars(report.total)) for by, report in reports.items()}
        months = [vars(row) for row in scope.people_by_month(3)]
        told |= {"months": months, "map": scope.learned_by_province()}
    return told, [query["sql"] for query in queries if "SUM(" in query["sql"]]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("who", ["officer", "superuser"])
def test_the_figures_are_those_of_all_centres_listed(country, wipha, course, monkeypatch, filters, who):
    user = wipha if who == "officer" else User.objects.create_superuser("chief")
    filters = {"course": course.key} if filters == "course" else filters
    found, _queries = everything(user, filters)
    monkeypatch.setattr(Scope, "is_everywhere", False)
    assert everything(user, filters)[0] == found
    assert found["region"][1]["starters"] > 0 and len(found["region"][0]) == 2


def lists(sql, centres):
    """Whether a query names all these centres."""
    numbers = [str(centre.pk) for centre in centres]
    return any(form.join(numbers) in sql for form in (", ", ","))


def test_only_what_is_narrower_than_the_country_lists_its_centres(country, wipha, ek):
    CentrePast.objects.all().delete()
    everywhere = Centre.objects.order_by("code")
    _told, queries = everything(wipha, {})
    assert queries and not [sql for sql in queries if lists(sql, everywhere)]
    _told, queries = everything(wipha, {"province": "55"})
    assert [sql for sql in queries if lists(sql, everywhere)], "all are in Nan now, and it was asked for"
    assert not Scope(ek).is_everywhere
    wipha.only_centre = "TH-55-0001"
    assert not Scope(wipha).is_everywhere
    del wipha.only_centre


@pytest.mark.parametrize(
    "narrowed",
    [{"region": "N"}, {"province": "55"}, {"district": "5501"}, {"host_kind": "school"}, {"centre": "TH-55-0001"}],
    ids=str,
)
def test_a_question_about_a_part_is_not_about_everywhere(country, wipha, narrowed):
    assert Scope(wipha).is_everywhere and not Scope(wipha, **narrowed).is_everywhere


def test_what_came_late_is_the_same_too(country, wipha, ban_pua, monkeypatch):
    for centre in (country, ban_pua):
        LateCount.objects.create(month=202607, centre=centre, events=3, last_at="2026-09-01T00:00+07:00")
    late = late_in(Scope(wipha))
    assert late == [3, 3]
    monkeypatch.setattr(Scope, "is_everywhere", False)
    assert late_in(Scope(wipha)) == late


def late_in(scope):
    return list(scope.of_the_scope(LateCount.objects.all()).values_list("events", flat=True))


def test_a_centre_that_was_added_meanwhile_is_told_by_the_next_report(country, wipha, course, ban_pua):
    scope = Scope(wipha)
    before = len(scope.places)
    new = Centre.objects.create(code="TH-55-0999", name_th="ใหม่", subdistrict=ban_pua.subdistrict)
    CourseCount.objects.create(centre=new, course=course.key, month=202610, starters=50)
    assert scope.report("centre").total.starters + 50 == Scope(wipha).report("centre").total.starters
    assert len(Scope(wipha).places) == before + 1
