"""The studio offers no link that does not open, and its lists cost the same for a hundred centres as for one."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.authoring.drafts import local_course
from courses.models import CoursePage
from lms.accounts.models import User
from lms.centres.models import Centre
from tests.many import many_lessons

LINK = re.compile(r"""(?:href|action|data-[\w-]*(?:url|href|src)[\w-]*)=["'](/studio/[^"'#]*)""")
HIDDEN = ("/studio/bulk/",)  # buttons of a row that appears when boxes are ticked; authors have no boxes


def links_of(page):
    found = {html.unescape(link) for link in LINK.findall(page.content.decode())}
    return sorted(link for link in found if not link.startswith((*HIDDEN, "/studio/logout/")))


@pytest.mark.parametrize("who", ["nok", "ek", "prae"])
def test_every_link_that_is_shown_opens(own, theirs, course, request, studio_of, who):
    client = studio_of(request.getfixturevalue(who))
    village = theirs if who == "prae" else own
    lesson = village["lesson"].pk
    pages = [
        f"/studio/pages/{village['course'].pk}/",
        f"/studio/pages/{village['course'].pk}/edit/",
        f"/studio/pages/{lesson}/edit/",
        f"/studio/pages/{lesson}/history/",
        f"/studio/pages/{lesson}/usage/",
        f"/studio/pages/{village['draft'].pk}/edit/",
        "/studio/images/",
        "/studio/documents/",
        f"/studio/images/{village['image'].pk}/",
    ]
    opened = [page for page in pages if client.get(page).status_code == 200]
    assert len(opened) >= 6
    shown = {link: page for page in opened for link in links_of(client.get(page))}
    assert len(shown) > 15
    assert {link: page for link, page in shown.items() if client.get(link).status_code == 404} == {}


@pytest.fixture
def more_centres(ban_nong_bua, ek, shelf):
    """So many more centres in พี่เอก's charge, each with a course."""

    def make(count):
        charge = ek.appointments.get()
        for n in range(count):
            code = f"MORE-{n}-{Centre.objects.count()}"
            centre = Centre.objects.create(
                code=code, name_th=f"ศูนย์ {code}", subdistrict=ban_nong_bua.subdistrict, host_kind="temple"
            )
            charge.centres.add(centre)
            local_course(centre, ek)

    return make


def test_a_core_members_tree_costs_the_same_for_many_centres(own, shelf, ek, more_centres, studio_of):
    client = studio_of(ek)
    more_centres(1)
    few = _queries(client, f"/studio/pages/{shelf.pk}/")
    more_centres(15)  # all are on one page
    assert _queries(client, f"/studio/pages/{shelf.pk}/") == few
    more_centres(30)
    assert _queries(client, f"/studio/pages/{shelf.pk}/") <= few


def test_a_tree_asks_no_more_than_twice_for_each_lesson_that_it_shows(own, nok, studio_of):
    """Of whoever may not publish, Wagtail asks for each row whether anything below it is live; a page has 20 rows."""
    client, course = studio_of(nok), CoursePage.objects.get(pk=own["course"].pk)
    max(own["draft"], own["lesson"], key=lambda page: page.path).delete()
    course.refresh_from_db()
    one = _queries(client, f"/studio/pages/{course.pk}/")
    many_lessons(course, 299)
    assert _queries(client, f"/studio/pages/{course.pk}/") - one <= 2 * 20


def test_the_editor_costs_the_same_for_many_centres(own, ek, more_centres, studio_of):
    client, edit = studio_of(ek), f"/studio/pages/{own['lesson'].pk}/edit/"
    few = _queries(client, edit)
    more_centres(20)
    assert _queries(client, edit) == few


def _queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_a_list_of_pictures_asks_no_more_than_once_for_each_that_it_shows(own, nok, studio_of):
    client, model = studio_of(nok), type(own["image"])
    kept = {"collection": own["image"].collection, "width": 8, "height": 8, "file": own["image"].file.name}
    one = _queries(client, "/studio/images/?layout=list")
    model.objects.bulk_create(model(title=f"ภาพ {n}", **kept) for n in range(299))
    assert _queries(client, "/studio/images/?layout=list") - one <= 30


def test_whoever_enters_has_some_role(own, nok, ek, prae, somsri, studio_of):
    root = User.objects.create_superuser("root")
    for person, answer in ((nok, 200), (ek, 200), (prae, 200), (root, 200), (somsri, 302)):
        assert studio_of(person).get("/studio/").status_code == answer
