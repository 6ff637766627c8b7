"""Who may write and review which lessons, and since and until when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.authoring import rights
from courses.authoring.drafts import local_course, make_draft
from lms.accounts.models import User


@pytest.fixture
def own_lesson(shelf, ban_nong_bua, nok):
    """A draft of Ban Nong Bua."""
    return make_draft(local_course(ban_nong_bua, nok), nok, title="ผ้าไหมบ้านเรา")


@pytest.fixture
def their_lesson(shelf, ban_pua, kham):
    """A draft of the other centre."""
    return make_draft(local_course(ban_pua, kham), kham, title="ผ้าน่าน")


def titles(lessons):
    return sorted(lesson.title for lesson in lessons)


def test_caretakers_write_for_their_own_centre_only(own_lesson, their_lesson, course, nok, kham):
    assert titles(rights.lessons_written_by(nok)) == titles(rights.lessons_seen_by(nok)) == ["ผ้าไหมบ้านเรา"]
    assert titles(rights.lessons_written_by(kham)) == ["ผ้าน่าน"]
    assert not rights.lessons_reviewed_by(nok).exists()


def test_a_core_member_reviews_the_centres_in_their_charge_and_writes_nothing(own_lesson, their_lesson, course, ek):
    assert titles(rights.lessons_reviewed_by(ek)) == titles(rights.lessons_seen_by(ek)) == ["ผ้าไหมบ้านเรา"]
    assert not rights.lessons_written_by(ek).exists()


def test_editors_write_the_nations_courses_and_review_where_there_is_no_core_member(
    own_lesson, their_lesson, course, ek, prae
):
    national = titles(course.lessons())
    assert titles(rights.lessons_written_by(prae)) == national
    assert titles(rights.lessons_reviewed_by(prae)) == ["ผ้าน่าน"]  # Ban Nong Bua has พี่เอก
    ek.appointments.get().end(timezone.localdate() - timedelta(days=1))
    assert titles(rights.lessons_reviewed_by(prae)) == ["ผ้าน่าน", "ผ้าไหมบ้านเรา"]


def test_whoever_has_no_such_role_writes_and_reviews_nothing(own_lesson, course, somsri, wipha):
    for person in (somsri, wipha):
        assert not rights.may_enter(person)
        assert not rights.lessons_seen_by(person).exists()


def test_a_role_that_has_ended_or_not_begun_opens_nothing(own_lesson, nok):
    nok.memberships.get().end(timezone.localdate() - timedelta(days=1))
    nok = User.objects.get(pk=nok.pk)
    assert not rights.may_enter(nok)
    assert not rights.lessons_seen_by(nok).exists()


def test_the_studio_opens_by_the_same_roles(nok, ek, somsri, wipha, prae, client, shelf):
    for person, answer in ((nok, 200), (ek, 200), (prae, 200), (somsri, 302), (wipha, 302)):
        client.force_login(person)
        assert client.get("/studio/").status_code == answer, person


def test_a_first_local_course_is_made_once(shelf, ban_nong_bua, nok):
    first, again = local_course(ban_nong_bua, nok), local_course(ban_nong_bua, nok)
    assert first.pk == again.pk
    assert not first.live
