"""The six national courses as they are in courses/content: loaded once for the whole file."""

from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from courses.blocks import LessonBlock
from courses.loading import load
from courses.models import CoursePage, LessonPage
from courses.outlines import activities
from lms.accounts.models import User
from lms.accounts.templatetags.dates import NBSP

CONTENT = Path(__file__).parents[2] / "courses" / "content"
NOT_IN_FILES = {"audio", "video", "document", "fill_in"}


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """In a transaction that ends with the file, so that no other test sees them."""
    with (
        django_db_blocker.unblock(),
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
        transaction.atomic(),
    ):
        load(CONTENT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def national(_loaded, db):
    """The live lessons."""
    return list(LessonPage.objects.live().order_by("path"))


@pytest.fixture
def editor_client(national, client):
    """A browser with a superuser in it."""
    client.force_login(User.objects.create_superuser("editor", "password-of-editor", name="บรรณาธิการ"))
    return client


def blocks_of(lessons):
    return [block for lesson in lessons for block in lesson.body]


def test_six_courses_of_thirty_one_lessons_are_live(national):
    assert CoursePage.objects.live().count() == 6
    assert len(national) == 31


def test_they_use_every_kind_of_block_that_a_file_can_hold(national):
    kinds = {block.block_type for block in blocks_of(national)}
    assert kinds == set(LessonBlock().child_blocks) - NOT_IN_FILES


def test_they_hold_what_the_studio_itself_would_accept(national):
    for lesson in national:
        lesson.full_clean()
        lesson._meta.get_field("body").stream_block.clean(lesson.body)


def test_every_picture_says_what_it_shows(national):
    assert all(page.picture and page.picture_alt for page in [*national, *CoursePage.objects.all()])
    assert all(block.value["alt"] for block in blocks_of(national) if block.block_type == "picture")


def test_every_activity_can_be_graded(national):
    assert sum(len(activities(lesson)) for lesson in national) == 36 + 16 + 18 + 15 + 16 + 26 + 6 + 31


def test_loading_them_again_changes_nothing(national):
    outcomes = load(CONTENT)
    assert {outcome.course for outcome in outcomes} == {"same"}
    assert {state for outcome in outcomes for state in outcome.lessons} == {"same"}


def test_the_studio_previews_each_lesson_as_a_learner_sees_it(national, editor_client):
    for lesson in national:
        page = editor_client.get(f"/studio/pages/{lesson.pk}/view_draft/")
        assert page.status_code == 200
        assert lesson.outcome in page.content.decode()


def test_facts_say_when_and_by_whom_they_were_checked(national, client):
    lesson = next(lesson for lesson in national if lesson.slug == "scams-we-meet")
    page = client.get(lesson.url).content.decode()
    assert f"พ.ย.{NBSP}2569 · สำนักงานตำรวจแห่งชาติ" in page


def test_facts_that_wait_for_an_agency_are_listed_for_editors(national, editor_client):
    page = editor_client.get("/studio/facts/").content.decode()
    waiting = [block.value for block in blocks_of(national) if block.block_type == "fact" and block.value["recheck"]]
    assert waiting
    assert all(fact["text"] in page for fact in waiting[:10])


def test_the_edit_screens_open(national, editor_client):
    lesson = national[0]
    course = lesson.get_parent()
    for page in (lesson, course, course.get_parent(), course.get_parent().get_parent()):
        assert editor_client.get(f"/studio/pages/{page.pk}/edit/").status_code == 200
    assert editor_client.get("/studio/pages/search/?q=ทุน").status_code == 200
