"""Who may add to which lesson: its authors, and to nobody else does it so much as exist."""

import uuid

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from courses.authoring.drafts import local_course, make_draft, newest_draft, put_block, put_reading
from lms.accounts.models import User
from tests.counting import queries_for_one_and_for_many

PAGES = ["media/{}/", "voice/{}/"]
SENDING = ["media/{}/photo/", "media/{}/film/", "media/{}/credit/", "voice/{}/story/", "voice/{}/title/"]
SENDING += ["voice/{}/title/silence/"]


def answers(client, lesson):
    pages = [client.get(f"/studio/{page.format(lesson.key)}").status_code for page in PAGES]
    return pages, [client.post(f"/studio/{page.format(lesson.key)}").status_code for page in SENDING]


@pytest.fixture
def editor(db):
    editor = User.objects.create_user("somying", "password-of-somying", name="คุณสมหญิง")
    editor.ministry_posts.create(started_on="2020-01-01", edits_courses=True)
    return editor


def test_caretakers_add_to_their_own_centres_lessons(client, nok, lesson):
    client.force_login(nok)
    assert answers(client, lesson) == ([200, 200], [400, 400, 400, 400, 400, 302])


def test_for_the_other_centres_caretaker_there_is_no_such_lesson(client, kham, lesson):
    client.force_login(kham)
    assert answers(client, lesson) == ([404, 404], [404] * 6)


def test_a_core_member_looks_at_it_elsewhere(client, ek, lesson):
    client.force_login(ek)
    assert answers(client, lesson) == ([404, 404], [404] * 6)


def test_a_caretaker_whose_time_is_over_is_sent_away(client, nok, lesson):
    nok.memberships.update(ended_on="2021-01-01")
    client.force_login(nok)
    assert answers(client, lesson) == ([302, 302], [302] * 6)


@pytest.mark.parametrize("who", ["somsri", "wipha", None])
def test_all_others_are_sent_away(client, request, lesson, who):
    if who:
        client.force_login(request.getfixturevalue(who))
    assert answers(client, lesson) == ([302, 302], [302] * 6)


def test_editors_of_the_nations_courses_add_to_those_only(client, editor, lesson, course):
    client.force_login(editor)
    assert answers(client, lesson)[0] == [404, 404]
    assert answers(client, course.lessons()[0])[0] == [200, 200]


def test_a_lesson_that_is_none_is_not_found(client, nok, lesson):
    client.force_login(nok)
    for address in ("media/x/", "media/86cb3335-9282-4cb6-bf47-06a9e39cb1b7/", "voice/0/", "media/%00/"):
        assert client.get(f"/studio/{address}").status_code == 404


@pytest.mark.parametrize("address", SENDING)
def test_what_changes_something_is_sent_and_not_looked_at(client, nok, lesson, address):
    client.force_login(nok)
    assert client.get(f"/studio/{address.format(lesson.key)}").status_code == 405


def test_the_lesson_in_the_studio_leads_there(client, lesson, nok):
    client.force_login(nok)
    page = client.get(f"/studio/pages/{lesson.pk}/edit/").content.decode()
    assert f"/studio/media/{lesson.key}/" in page and f"/studio/voice/{lesson.key}/" in page


def test_a_long_lesson_costs_no_more_queries_than_a_short_one(client, nok, ban_nong_bua, shelf):
    """Each part has its recording."""
    client.force_login(nok)
    lesson = make_draft(local_course(ban_nong_bua, nok), nok, title="ยาว")
    sound = get_document_model().objects.create(title="x", file=ContentFile(b"x", "x.m4a"))

    def add(number):
        with newest_draft(lesson, nok) as draft:
            for _each in range(number):
                block = uuid.uuid4()
                put_block(draft, "text", "ก", block)
                put_reading(draft, block, sound)

    def ask():
        return client.get(f"/studio/voice/{lesson.key}/").content.decode().count("data-kept>")

    add(1)
    queries_for_one_and_for_many(ask, add)
