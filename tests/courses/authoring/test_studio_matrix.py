"""Who can open what in the studio: every address of Wagtail's and ours, for everybody, of one's own centre and others'.

Signs: `.` the page (200), `>` sent elsewhere (30x), `-` not found, `?` something must be sent (400), `m` another method
is wanted (405), `#` something else comes first (409). Two signs are what belongs to Ban Nong Bua and what to Ban Pua. A
form is sent empty: where it would change something, `?` or a page with what it lacks is as good as done. A new address
needs a row, or to be closed.
"""

import re
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.test import Client

from lms.accounts.models import User
from tests.addresses import studio_routes
from tests.courses.authoring.matrix_studio_bank import BANK_ROWS
from tests.courses.authoring.matrix_studio_closed import CLOSED, LIST_OF_SNIPPETS
from tests.courses.authoring.matrix_studio_files import FILE_ROWS
from tests.courses.authoring.matrix_studio_ours import OUR_ROWS
from tests.courses.authoring.matrix_studio_pages import COMPARED, PAGE_ROWS
from tests.courses.authoring.matrix_studio_review import REVIEW_ROWS
from tests.courses.authoring.places import village

SIGNS = {200: ".", 301: ">", 302: ">", 303: ">", 400: "?", 403: "x", 404: "-", 405: "m", 409: "#"}
MATRIX = PAGE_ROWS | FILE_ROWS | OUR_ROWS | BANK_ROWS | REVIEW_ROWS
PEOPLE = ["nobody", "learner", "helper", "retired", "ministry", "own", "other", "core", "editor", "root"]
COLUMNS = ["out", "own", "other", "core", "editor", "root"]
AUTHORS = ["own", "other", "core", "editor"]
MARK = re.compile(r"<(?:\w+:)?(\w+)>")
ROUTES = set(studio_routes())
SHUT = sorted(route for route in ROUTES if route.startswith(CLOSED) or route == LIST_OF_SNIPPETS)


@pytest.fixture
def people(somsri, learner_at, nok, kham, ek, wipha, prae, regions, ban_nong_bua):
    helper = learner_at(ban_nong_bua, "พี่อ้อย")
    ban_nong_bua.memberships.create(user=helper, role="helper", started_on="2020-01-01")
    retired = User.objects.create_user("retired", "password-of-retired", name="พี่เก่า")
    charge = retired.appointments.create(region=regions["NE"], started_on="2020-01-01", ended_on="2020-12-31")
    charge.centres.add(ban_nong_bua)
    root = User.objects.create_superuser("root", "password-of-root")
    return dict(zip(PEOPLE, [None, somsri, helper, retired, wipha, nok, kham, ek, prae, root], strict=True))


@pytest.fixture
def villages(shelf, ban_nong_bua, ban_pua, nok, kham, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return [village(ban_nong_bua, nok), village(ban_pua, kham)]


@pytest.fixture
def browser_of(people):
    """The browser of one of them, each time as it was right after they signed in."""
    browsers = {}

    def make(who):
        if who not in browsers:
            client = Client(raise_request_exception=False)
            if people[who]:
                client.force_login(people[who])
            browsers[who] = client, client.cookies.output(header="", sep=";")
        client, cookies = browsers[who]
        client.cookies = SimpleCookie(cookies)
        return client

    return make


def address(route, of):
    """The route, with what it names of a village."""
    lesson, document, image = of["lesson"], of["document"], of["image"]
    values = {
        "page_id": lesson.pk,
        "page_to_move_id": lesson.pk,
        "parent_page_id": of["course"].pk,
        "destination_id": of["course"].pk,
        "revision_id": lesson.latest_revision_id,
        "content_type_app_name": "courses",
        "content_type_model_name": "lessonpage",
        "app_label": "courses",
        "model_name": "lessonpage",
        "object_id": lesson.pk,
        "key": lesson.key,
        "lesson": lesson.key,
        "part": "title",
        "image_id": image.pk,
        "document_id": document.pk,
        "doc_id": document.pk,
        "question": of["question"].pk,
        "review": of["review"].pk,
        "comment": of["comment"].pk,
        "version": lesson.latest_revision_id,
        "page": of["course" if "export" in route else "lesson"].pk,
        "kind": "number",
        "pattern": "make",
        "form": "csv",
        "uploaded_file_id": of["image_upload" if "images" in route else "document_upload"].pk,
        "pk": next((of[kind].pk for kind in ("image", "document") if f"{kind}s/" in route), lesson.pk),
    }
    if "topic" in route:
        values["pk"] = "local"
    if "studio/import/" in route:
        values["pk"] = of["import"].pk
    route = route.replace(COMPARED, "earliest...latest/").replace(r"(?P<pk>\d+)", "<pk>").replace("^", "")
    return "/" + MARK.sub(lambda mark: str(values.get(mark[1], 1)), route)


def sign_of(client, method, address):
    """What comes of it; and then as if it had not been."""
    with transaction.atomic():
        answer = getattr(client, method.lower())(address)
        transaction.set_rollback(True)
    return SIGNS.get(answer.status_code, str(answer.status_code))


@pytest.mark.parametrize("who", PEOPLE)
def test_everybody_opens_what_is_theirs_and_nothing_else(who, browser_of, villages):
    column = COLUMNS.index(who if who in COLUMNS else "out")
    expected = {row: signs.split()[column] for row, signs in MATRIX.items()}
    found = {
        (method, route): "".join(
            sign_of(browser_of(who), method, address(route, of)) for _sign, of in zip(signs, villages, strict=False)
        )
        for (method, route), signs in expected.items()
    }
    assert found == expected


@pytest.mark.parametrize("who", AUTHORS)
def test_what_is_for_superusers_is_not_found_by_authors(who, browser_of, villages):
    found = {
        (method, route): sign_of(browser_of(who), method, address(route, villages[who == "other"]))
        for route in SHUT
        for method in ("GET", "POST")
    }
    assert {row: sign for row, sign in found.items() if sign != "-"} == {}


@pytest.mark.parametrize("who", ["own", "other", "core"])
def test_the_nations_lessons_are_to_a_village_what_another_villages_are(who, browser_of, villages, course):
    others = 0 if who == "other" else 1
    nations = villages[others] | {"course": course, "lesson": course.lessons().first()}
    expected, found = {}, {}
    for (method, route), signs in MATRIX.items():
        signs = signs.split()[COLUMNS.index(who)]
        if len(signs) == 2 and address(route, nations) != address(route, villages[others]):
            expected[method, route] = signs[others]
            found[method, route] = sign_of(browser_of(who), method, address(route, nations))
    assert len(expected) > 60
    differ = {route: found[method, route] for (method, route), sign in expected.items() if found[method, route] != sign}
    offered = {route: "-" for route in differ if "offered" in route}  # they are not: they are everybody's
    assert differ == offered | {"studio/choose-page/<int:parent_page_id>/": "."}  # a link may lead there


@pytest.mark.parametrize("who", ["nobody", "ministry"])
def test_whoever_does_not_write_is_sent_away_from_all_of_it(who, browser_of, villages):
    found = {route: sign_of(browser_of(who), "GET", address(route, villages[0])) for route in SHUT}
    ours = "studio/snippets/choose/courses/topic/create/"
    assert {route for route, sign in found.items() if sign != ">"} <= {ours, *_never_opened()}


def _never_opened():
    """What lms/urls.py closes to superusers too."""
    return {route for route in SHUT if route.endswith("-finder/create/")}


def test_every_address_of_the_studio_has_a_row_or_is_closed():
    shown = {route for _method, route in MATRIX}
    assert shown - ROUTES == set()
    assert ROUTES - shown - set(SHUT) == set()
    assert [begin for begin in CLOSED if not any(route.startswith(begin) for route in ROUTES)] == []


def test_every_row_says_it_of_everybody():
    assert all(len(signs.split()) == len(COLUMNS) for signs in MATRIX.values())


@pytest.mark.slow
def test_what_has_no_row_for_a_form_takes_none(browser_of, villages):
    without = {route for _method, route in MATRIX if ("POST", route) not in MATRIX}
    found = {route: sign_of(browser_of("root"), "POST", address(route, villages[0])) for route in sorted(without)}
    assert {route: sign for route, sign in found.items() if sign not in "m-"} == {}
