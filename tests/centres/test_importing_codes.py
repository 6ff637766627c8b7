"""Lists in which centres have other codes than before, and say what they are like."""

import pytest
from django.utils import translation

from lms.centres.importing import REQUIRED_COLUMNS, Unreadable
from lms.centres.merging import merge
from lms.centres.models import Centre, CentrePast, ProgrammeMembership
from lms.centres.registering import import_centres

WANTED = {"name_th": "บ้านหนองบัว", "name_en": "Nong Bua", "subdistrict_code": "320101", "host_kind": "temple"}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def bring(*rows, columns=("line", "seats", "former_code")):
    columns = [*REQUIRED_COLUMNS, *columns]
    lines = [",".join((WANTED | row).get(column, "") for column in columns) for row in rows]
    return import_centres("\n".join([",".join(columns), *lines]).encode())


def test_a_list_says_what_a_centre_is_like(ban_nong_bua):
    bring({"code": "TH-32-0001", "line": "Fibre", "seats": "๑๒"})
    bring({"code": "TH-32-0001", "host_kind": "school"}, columns=())
    bring({"code": "TH-32-0001", "host_kind": "school", "seats": "15"}, columns=["seats"])
    ban_nong_bua.refresh_from_db()
    assert (ban_nong_bua.line, ban_nong_bua.seats, ban_nong_bua.host_kind) == ("fibre", 15, "school")
    assert [past.host_kind for past in CentrePast.objects.all()] == ["temple", "temple"]  # the name changed first


@pytest.mark.parametrize(("column", "cell"), [("line", "5G"), ("seats", "twelve"), ("seats", "501"), ("seats", "-1")])
def test_a_cell_that_says_nothing_known_is_told(ban_nong_bua, column, cell):
    (problem,) = bring({"code": "TH-32-0001", column: cell}).problems
    assert (problem.line, problem.column, problem.found) == (2, column, cell)


def test_columns_that_may_be_left_out_are_not_called_missing(ban_nong_bua):
    with pytest.raises(Unreadable, match="not known: seat,"):
        bring({"code": "TH-32-0001"}, columns=["seat", "line."])


def test_a_centre_gets_a_new_code_and_importing_again_changes_nothing(ban_nong_bua, ban_pua):
    started = {"programme_code": "A", "programme_started_on": "2023-02-01"}
    bring({"code": "TH-32-0001"} | started)
    row = {"code": "TH-32-0901", "former_code": "TH-32-0001", "host_kind": "library"} | started
    first = bring(row)
    assert (first.new, first.changed, first.problems) == (0, 1, [])
    ban_nong_bua.refresh_from_db()
    assert (ban_nong_bua.code, ban_nong_bua.host_kind) == ("TH-32-0901", "library")
    assert bring(row).unchanged == 1
    assert ProgrammeMembership.objects.get().centre == ban_nong_bua
    assert Centre.objects.count() == 2


def test_an_old_list_still_means_the_centre_and_leaves_its_new_code(ban_nong_bua):
    Centre.objects.update(code="TH-32-0901")
    assert bring({"code": "TH-32-0001", "host_kind": "other"}).changed == 1
    ban_nong_bua.refresh_from_db()
    assert (ban_nong_bua.code, ban_nong_bua.host_kind) == ("TH-32-0901", "other")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"code": "TH-32-0901", "former_code": "TH-00-0000"}, "former_code"),  # of no centre
        ({"code": "TH-55-0001", "former_code": "TH-32-0001"}, "code"),  # another one has it
        ({"code": "TH-55-0000", "former_code": "TH-32-0001"}, "code"),  # another one had it
        ({"code": "TH-32-0000", "former_code": "TH-32-0001"}, "code"),  # it had this before
        ({"code": "TH-32-0901", "former_code": "ศูนย์"}, "former_code"),
    ],
)
def test_a_code_that_cannot_be_given_is_told_and_nothing_changes(ban_nong_bua, ban_pua, row, column):
    for centre in (ban_nong_bua, ban_pua):
        code = centre.code
        Centre.objects.filter(pk=centre.pk).update(code=f"{code[:-1]}0")
        Centre.objects.filter(pk=centre.pk).update(code=code)
    (problem,) = bring(row).problems
    assert (problem.line, problem.column) == (2, column)
    assert set(Centre.objects.values_list("code", flat=True)) == {"TH-32-0001", "TH-55-0001"}


def test_a_centre_stands_in_a_list_once_by_whatever_code(ban_nong_bua):
    found = bring({"code": "TH-32-0901", "former_code": "TH-32-0001"}, {"code": "TH-32-0001"})
    assert (found.changed, [str(problem) for problem in found.problems]) == (
        1,
        ["Line 3, code: “TH-32-0001”. Expected: a centre once only; line 2 has it too"],
    )


def test_a_list_does_not_bring_back_a_centre_that_was_merged(ban_nong_bua, ban_pua):
    merge(ban_nong_bua, ban_pua)
    (problem,) = bring({"code": "TH-32-0001"}).problems
    assert "merged into TH-55-0001" in str(problem)
    ban_nong_bua.refresh_from_db()
    assert ban_nong_bua.status == "closed"


def test_hundreds_of_new_codes_cost_as_many_queries_as_one(ban_nong_bua, django_assert_max_num_queries):
    bring(*({"code": f"A-{n}"} for n in range(300)), columns=())
    with django_assert_max_num_queries(40):
        assert bring(*({"code": f"B-{n}", "former_code": f"A-{n}"} for n in range(300))).changed == 300
