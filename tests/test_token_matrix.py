"""What each token can ask of the API: every address of it, at one's own centre and at the other.

Signs as in test_access_matrix.py. Two signs are one's own centre's row and the other's.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses import feed
from lms.accounts.models import ApiToken
from lms.accounts.models.token import READ_COUNTS, READ_PROGRESS, SCOPES, WRITE_EVENTS
from tests.addresses import routes
from tests.many import begun
from tests.test_access_matrix import rows, sign_of

__all__ = ["rows"]  # a fixture

API = "api/v1/"
# Whose token, with which scopes | of a caretaker, for their centre | the same, past its day and revoked | of the
# caretaker of the other centre, with every scope | of an officer, for counts | of a learner, with every scope.
TOKENS = ["progress", "events", "counts", "none", "expired", "revoked", "other", "officer", "learner"]
#                                        progress events counts none expired revoked other officer learner
MATRIX = {
    ("GET", ""):                          ".       .      .      .    !       !       .     .       .",
    ("GET", "courses/"):                  ".       .      .      .    !       !       .     .       .",
    ("GET", "courses/<uuid:key>/"):       ".-      .-     .-     .-   !!      !!      -.    ..      .-",
    ("GET", "centres/"):                  ".       .      .      .    !       !       .     .       .",
    ("GET", "centres/<slug:code>/"):      ".-      .-     .-     .-   !!      !!      -.    ..      .-",
    ("GET", "learners/"):                 ".       x      x      x    !       !       .     x       .",
    ("GET", "learners/<uuid:pk>/"):       ".-      xx     xx     xx   !!      !!      -.    xx      .-",
    ("GET", "progress/"):                 ".       x      x      x    !       !       .     x       .",
    ("GET", "needs/"):                    ".       x      x      x    !       !       .     x       .",
    ("GET", "tasks/"):                    ".       x      x      x    !       !       .     x       .",
    ("GET", "today/"):                    ".       x      x      x    !       !       .     x       ?",
    ("GET", "events/"):                   ".       x      x      x    !       !       .     x       .",
    ("POST", "events/"):                  "x       ?      x      x    !       !       ?     x       ?",
    ("GET", "xapi/statements"):           ".       x      x      x    !       !       .     x       .",
    ("GET", "statistics/completions/"):   "x       x      ?      x    !       !       ?     ?       ?",
    ("GET", "schema/"):                   ".       .      .      .    !       !       .     .       .",
    ("GET", "docs/"):                     ".       .      .      .    !       !       .     .       .",
}  # fmt: skip
LISTS = {  # the rows of lists: whether each centre's people, courses or centres are in them
    "courses/": ("key", "<uuid:key>"),
    "centres/": ("code", "<slug:code>"),
    "learners/": ("id", "<uuid:pk>"),
    "progress/": ("learner", "<uuid:pk>"),
    "needs/": ("learner", "<uuid:pk>"),
    "tasks/": ("learner", "<uuid:pk>"),
    "events/": ("learner", "<uuid:pk>"),
    "xapi/statements": ("actor", "<uuid:pk>"),
}


@pytest.fixture
def token(nok, kham, wipha, somsri, ban_nong_bua):
    """The text of a token by its column."""
    now = timezone.now()

    def make(column):
        user = {"other": kham, "officer": wipha, "learner": somsri}.get(column, nok)
        scopes = {
            "progress": [READ_PROGRESS],
            "events": [WRITE_EVENTS],
            "counts": [READ_COUNTS],
            "none": [],
            "officer": [READ_COUNTS],
        }
        centre = ban_nong_bua.code if user == nok else ""
        until = now + timedelta(days=-1 if column == "expired" else 1)
        made, text = ApiToken.objects.make(user, column, until, scopes.get(column, SCOPES), centre)
        if column == "revoked":
            ApiToken.objects.filter(pk=made.pk).revoke()
        return text

    return make


@pytest.mark.parametrize("column", TOKENS)
def test_a_token_opens_what_its_scopes_are_for(column, token, rows):
    program = Client(headers={"Authorization": f"Bearer {token(column)}"})
    found, expected = {}, {}
    for (method, route), signs in MATRIX.items():
        expected[method, route] = wanted = signs.split()[TOKENS.index(column)]
        pair = zip(wanted, rows, strict=False)
        found[method, route] = "".join(sign_of(program, method, route, row(API + route)) for _sign, row in pair)
    assert found == expected


@pytest.mark.parametrize("column", TOKENS)
@pytest.mark.parametrize("path", LISTS)
def test_a_list_holds_the_rows_of_ones_own_centre_only(column, path, token, rows, somsri, fah, learn_all, monkeypatch):
    monkeypatch.setattr(feed, "CLOCKS_DIFFER", timedelta(0))
    answer = Client(headers={"Authorization": f"Bearer {token(column)}"}).get(f"/{API}{path}")
    if MATRIX["GET", path].split()[TOKENS.index(column)] != ".":
        assert answer.status_code in (401, 403)
        return
    name, mark = LISTS[path]
    told = answer.json()
    listed = {named(row[name]) for row in told.get("results", told.get("statements"))}
    detail = ("learners/" if mark == "<uuid:pk>" else path) + mark + "/"
    pair = MATRIX["GET", detail].split()[TOKENS.index(column)]
    if column == "learner" and path == "tasks/":  # nobody is given their own tasks to look at
        pair = "--"
    assert [row(mark).strip("/") in listed for row in rows] == [sign == "." for sign in pair]


def named(value):
    """What a row says of whom it is: xAPI has an actor."""
    return value["account"]["name"] if isinstance(value, dict) else value


@pytest.fixture
def learn_all(somsri, fah, rows, write_course):
    """Both have begun a course, so that there is progress to read."""
    course = write_course()
    for learner in (somsri, fah):
        begun(learner, [course])


def test_every_address_of_the_api_is_in_the_table():
    assert {API + route for _method, route in MATRIX} == {route for route in routes() if route.startswith(API)}


def test_every_row_of_the_table_says_it_of_every_token():
    assert all(len(signs.split()) == len(TOKENS) for signs in MATRIX.values())
