"""The studio: who may enter, and what it asks of authors."""

import uuid
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file_svg

from courses.models import CourseEdition, LessonPage
from lms.accounts.models import User
from tests.counting import queries_for_one_and_for_many
from tests.many import many_lessons


@pytest.fixture
def editor(client, db):
    """An editor of the nation's courses, signed in."""
    editor = User.objects.create_user("editor", "password-of-editor", name="บรรณาธิการ")
    editor.ministry_posts.create(edits_courses=True)
    client.force_login(editor)
    return editor


@pytest.fixture
def lesson(course):
    return course.lessons().first()


def test_national_editors_edit_and_preview_lessons(editor, client, lesson):
    assert client.get("/studio/").status_code == 200
    assert client.get(f"/studio/pages/{lesson.pk}/edit/").status_code == 200
    preview = client.get(f"/studio/pages/{lesson.pk}/view_draft/")
    assert "ป้าแดงทำกล้วยตากขาย" in preview.content.decode()


def test_a_preview_shows_the_draft_and_learners_do_not_see_it(editor, client, lesson):
    lesson.title = "ชื่อใหม่"
    lesson.save_revision()
    assert "ชื่อใหม่" in client.get(f"/studio/pages/{lesson.pk}/view_draft/").content.decode()
    assert "ชื่อใหม่" not in client.get(lesson.url).content.decode()


def test_superusers_see_the_whole_tree_and_the_sites_address(client, shelf):
    client.force_login(User.objects.create_superuser("admin"))
    for path in ("/studio/pages/", f"/studio/pages/{shelf.get_parent().pk}/", "/studio/sites/"):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("path", ["/studio/", "/studio/facts/", "/studio/pages/1/"])
def test_officers_who_write_nothing_are_sent_home_from_the_studio_and_not_in_circles(wipha, client, shelf, path):
    client.force_login(wipha)
    answer = client.get(path, follow=True)
    assert len(answer.redirect_chain) <= 4
    assert not answer.request["PATH_INFO"].startswith("/studio/")


def test_visitors_are_asked_to_sign_in(client, shelf):
    assert client.get("/studio/")["Location"].startswith("/sign-in/")


def test_a_picture_needs_words_for_those_who_cannot_see_it(lesson, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lesson.picture = get_image_model().objects.create(title="x", file=get_test_image_file_svg())
    with pytest.raises(ValidationError) as refused:
        lesson.full_clean()
    assert list(refused.value.message_dict) == ["picture_alt"]


def test_a_lesson_may_not_take_the_address_of_the_finished_page(lesson):
    lesson.slug = "finished"
    with pytest.raises(ValidationError) as refused:
        lesson.full_clean()
    assert list(refused.value.message_dict) == ["slug"]


def test_a_copied_lesson_is_another_lesson(editor, client, lesson):
    answer = client.post(
        f"/studio/pages/{lesson.pk}/copy/",
        {"new_title": "สำเนา", "new_slug": "copy", "new_parent_page": lesson.get_parent().pk},
    )
    assert answer.status_code == 302
    assert LessonPage.objects.get(slug="copy").key != lesson.key


def test_a_lesson_changes_its_place_but_keeps_its_course(editor, client, lesson, write_course):
    own, other = lesson.get_parent(), write_course(lessons=0)
    client.post(f"/studio/pages/{lesson.pk}/move/{other.pk}/confirm/")
    assert LessonPage.objects.get(pk=lesson.pk).get_parent() == own
    client.post(f"/studio/pages/{lesson.pk}/set_position/?position=1")
    in_order = [str(page.key) for page in own.specific.lessons()]
    assert in_order[-1] == str(lesson.key)
    assert CourseEdition.objects.get(course=own.specific.key, until=None).lessons == in_order


def test_a_lesson_with_a_thai_title_gets_an_address_by_itself(editor, client, course):
    answer = client.post(
        f"/studio/pages/add/courses/lessonpage/{course.pk}/",
        {"title": "ของดีบ้านเรา", "slug": "", "minutes": "10", "body-count": "0", "comments-TOTAL_FORMS": "0",
         "comments-INITIAL_FORMS": "0", "readings-TOTAL_FORMS": "0", "readings-INITIAL_FORMS": "0"},
    )  # fmt: skip
    assert answer.status_code == 302
    made = LessonPage.objects.get(title="ของดีบ้านเรา")
    assert made.slug.isascii()
    assert isinstance(made.key, uuid.UUID)


FACT = {"type": "fact", "value": {"text": "โทร 1441", "owner": "ตำรวจ", "checked": "2026-11", "recheck": True}}


def test_the_facts_to_confirm_cost_the_same_queries_for_one_and_for_300(editor, client, write_course):
    course = write_course(lessons=0)
    many_lessons(course, 1, [FACT])

    def ask():
        return client.get("/studio/facts/").context["facts"].paginator.count

    assert queries_for_one_and_for_many(ask, partial(many_lessons, course, body=[FACT])) <= 14
    assert 'href="?p=6"' in client.get("/studio/facts/").content.decode()
