"""A course is found by what its lessons say, such as the words of a PDF that became a lesson."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from courses.models import LessonWords
from courses.said import said_in


@pytest.fixture
def found_by(client):
    def ask(words, browser=None):
        courses = (browser or client).get("/courses/", {"q": words}).context["shelves"]
        return [card.course.slug for _topic, cards in courses for card in cards]

    return ask


def test_by_the_words_of_a_lesson_and_of_its_title_together(hands_on, found_by):
    course = hands_on.course
    assert found_by("เป็นทุน") == [course.slug]
    assert found_by(f"เป็นทุน {course.title}") == [course.slug]
    assert found_by("เป็นทุน ไม่มีคำนี้") == []


def test_by_a_lesson_only_as_it_is_read(hands_on, found_by, prae):
    draft = hands_on.get_latest_revision_as_object()
    draft.title = "เรื่องปลาร้า"
    revision = draft.save_revision()
    assert found_by("ปลาร้า") == []
    revision.publish()
    assert found_by("ปลาร้า") == [hands_on.course.slug]
    hands_on.refresh_from_db()
    hands_on.unpublish()
    assert found_by("ปลาร้า") == found_by("เป็นทุน") == []


def test_of_lessons_of_another_village_nothing_is_found(write_course, ban_pua, somsri, fah, found_by):
    course = write_course("ของดีบ้านปัว", centre=ban_pua)
    lesson = course.lessons()[0]
    lesson.title = "มะไฟจีน"
    lesson.save_revision().publish()
    browsers = [Client(), Client()]
    for browser, learner in zip(browsers, (somsri, fah), strict=True):
        browser.force_login(learner)
    assert [found_by("มะไฟจีน", browser) for browser in browsers] == [[], [course.slug]]


def test_what_was_said_before_lessons_were_searched_is_found_too(hands_on):
    before = dict(LessonWords.objects.values_list("lesson", "text"))
    LessonWords.objects.all().delete()
    import_module("courses.migrations.0020_words_of_lessons").fill(apps, None)
    assert dict(LessonWords.objects.values_list("lesson", "text")) == before
    assert before


def test_names_that_only_programs_know_are_not_said():
    raw = [{"type": "task", "id": "x", "value": {"title": "ปลูกผัก", "checklist": ["ขุด"], "observed_by": "caretaker"}}]
    assert list(said_in(raw)) == ["ปลูกผัก", "ขุด"]
