"""One file with a row for each month of each centre."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import ANY_COURSE, CourseCount, PeopleCount
from lms.accounts.exports import AT_ONCE, Export
from lms.centres.models import Centre
from tests.network.test_ministry import sheet_of

FILE = "/ministry/?per=month&format=csv"


@pytest.fixture
def counted(ban_nong_bua, ban_pua, course):
    """Two learned at Ban Nong Bua in October and again in November; nothing is known of Ban Pua."""
    PeopleCount.objects.create(course=ANY_COURSE, month=202610, centre=ban_nong_bua, active=2, starters=2)
    PeopleCount.objects.create(course=ANY_COURSE, month=202611, previous=202610, centre=ban_nong_bua, active=2)
    CourseCount.objects.create(course=course.key, month=202611, centre=ban_nong_bua, starters=4, finishers=3)


def told(answer, *names):
    return [tuple(row[name] for name in ("month", "code", *names)) for row in sheet_of(answer)]


def test_each_month_of_each_centre_is_a_row_and_what_is_not_known_stays_empty(officer, counted):
    assert told(officer.get(FILE), "people_active", "people_starters") == [
        ("2026-10", "TH-32-0001", "2", "2"),
        ("2026-10", "TH-55-0001", "", ""),
        ("2026-11", "TH-32-0001", "2", "0"),
        ("2026-11", "TH-55-0001", "", ""),
    ]
    assert told(officer.get(f"{FILE}&figures=courses&from=2026-11"), "starters", "rate")[0] == (
        "2026-11", "TH-32-0001", "4", "0.75",
    )  # fmt: skip
    assert [row[1] for row in told(officer.get("/ministry/province/55/?per=month&format=csv"))] == ["TH-55-0001"] * 2


def test_a_centre_stands_under_the_code_that_it_had(officer, counted, ban_nong_bua):
    ban_nong_bua.code = "TH-32-0009"
    ban_nong_bua.save()
    assert {row[1] for row in told(officer.get(f"{FILE}&from=2026-10&to=2026-10"))} == {"TH-32-0001", "TH-55-0001"}


@pytest.mark.parametrize(
    "question", ["per=month", "per=year", "per=month&format=pdf", "per=month&format=csv&by=region"]
)
def test_it_comes_as_csv_by_centre_and_not_otherwise(officer, counted, question):
    assert officer.get(f"/ministry/?per=month{question}").status_code == 400
    assert officer.get("/ministry/?per=year&format=csv").status_code == 400


def test_it_costs_two_queries_a_month_however_many_centres_there_are(officer, counted, ban_pua):
    def asked():
        answer = officer.get(FILE)
        with CaptureQueriesContext(connection) as queries:
            rows = len(sheet_of(answer))
        return rows, len(queries)

    assert asked() == (4, 8), "the centres, what they were, which months there are, and two for each"
    Centre.objects.bulk_create(
        Centre(code=f"TH-55-1{number:03}", name_th="ศูนย์", subdistrict=ban_pua.subdistrict) for number in range(200)
    )
    assert asked() == (404, 8)


def test_who_comes_while_many_are_sent_is_asked_to_come_again(officer, counted):
    sending = [Export(lambda: iter(())) for _place in range(AT_ONCE)]
    busy = officer.get(FILE)
    assert (busy.status_code, busy["Retry-After"]) == (429, "15")
    for export in sending:
        export.close()
    assert len(sheet_of(officer.get(FILE))) == 4
