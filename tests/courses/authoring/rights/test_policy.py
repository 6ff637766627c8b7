"""What a caretaker, a core member and an editor may do with a page, and who is written to about it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page
from wagtail.permissions import policy_registry

from courses.authoring.drafts import local_course, make_draft
from courses.authoring.policy import POLICY
from courses.models import CoursePage, LessonPage
from lms.accounts.models import User

NAMES = ["add_subpage", "edit", "delete", "publish", "unpublish", "lock", "unlock", "move", "copy", "reorder_children"]


def may(user, page):
    """The names of what somebody may do, asked as Wagtail's views ask."""
    user = User.objects.get(pk=user.pk)  # as a new request would
    tester = page.permissions_for_user(user)
    names = (
        "add_subpage",
        "edit",
        "delete",
        "publish",
        "unpublish",
        "lock",
        "unlock",
        "move",
        "copy",
        "reorder_children",
    )
    return {name for name in names if getattr(tester, f"can_{name}")()}


def ended_yesterday(role):
    role.end(timezone.localdate() - timedelta(days=1))


def test_wagtail_asks_our_policy_for_every_kind_of_page():
    assert {policy_registry.get_by_type(model) for model in (Page, CoursePage, LessonPage)} == {POLICY}


def test_a_caretaker_writes_and_publishes_nothing(own, nok):
    assert may(nok, own["course"]) == {"add_subpage", "edit", "copy", "reorder_children"}
    assert may(nok, own["lesson"]) == {"edit", "copy", "reorder_children"}
    assert may(nok, own["draft"]) == {"edit", "copy", "reorder_children", "delete", "move"}


def test_a_core_member_changes_publishes_and_locks_and_takes_nothing_away(own, ek):
    assert may(ek, own["lesson"]) == {"edit", "copy", "publish", "unpublish", "lock", "unlock"}
    assert may(ek, own["draft"]) == {"edit", "copy", "publish", "lock", "unlock"}
    assert "add_subpage" not in may(ek, own["course"])


def test_nobody_may_do_anything_with_others_lessons(own, theirs, course, nok, kham, ek, somsri, wipha):
    for person in (nok, ek, somsri, wipha):
        assert may(person, theirs["lesson"]) == may(person, theirs["course"]) == set()
        assert may(person, course) == set()
    assert may(kham, own["lesson"]) == set()


def test_editors_do_everything_with_the_nations_courses_and_review_where_nobody_does(own, theirs, course, prae, ek):
    lesson = course.lessons()[0]
    assert {"edit", "delete", "publish", "lock", "move"} <= may(prae, lesson)
    assert "add_subpage" in may(prae, course)
    assert "publish" in may(prae, theirs["lesson"])
    assert may(prae, own["lesson"]) == set()  # พี่เอก reviews it
    ended_yesterday(ek.appointments.get())
    assert "publish" in may(prae, own["lesson"])


def test_editors_put_new_courses_on_the_shelf_and_others_do_not(shelf, prae, nok, ek):
    assert "add_subpage" in may(prae, shelf)
    assert may(nok, shelf) == may(ek, shelf) == set()


def test_who_is_both_caretaker_and_core_member_writes_and_publishes(own, nok, regions, ban_nong_bua):
    nok.appointments.create(region=regions["NE"], started_on="2020-01-01").centres.add(ban_nong_bua)
    assert {"edit", "delete", "publish"} <= may(nok, own["lesson"])


@pytest.mark.parametrize("action", ["change", "publish"])
def test_rights_end_with_the_role(own, nok, ek, action):
    ended_yesterday(nok.memberships.get())
    ended_yesterday(ek.appointments.get())
    for person in (nok, ek):
        person = User.objects.get(pk=person.pk)
        assert not POLICY.user_has_permission_for_instance(person, action, own["lesson"])
        assert not POLICY.instances_user_has_permission_for(person, action).exists()
        assert not POLICY.user_has_permission(person, action)


def test_groups_give_nothing(own, course, somsri, client):
    somsri.groups.add(Group.objects.get(name="Moderators"))
    assert may(somsri, own["lesson"]) == may(somsri, course) == set()
    client.force_login(somsri)
    assert client.get("/studio/").status_code == 302


def told(action, page, **more):
    return {user.username for user in POLICY.users_with_permission_for_instance(action, page, **more)}


def test_word_of_a_lesson_goes_only_to_those_who_may(own, theirs, course, nok, kham, ek, prae, wipha, somsri):
    User.objects.create_superuser("root")
    assert told("change", own["lesson"]) == {"nok", "ek", "root"}
    assert told("publish", own["lesson"]) == {"ek", "root"}
    assert told("publish", own["lesson"], include_superusers=False) == {"ek"}
    assert told("publish", theirs["lesson"]) == {"prae", "root"}
    assert told("change", course.lessons()[0]) == {"prae", "root"}


def test_no_word_goes_to_those_whose_role_ended_or_who_left(own, nok, ek, prae):
    ended_yesterday(ek.appointments.get())
    assert told("publish", own["lesson"]) == {"prae"}
    User.objects.filter(pk=nok.pk).update(is_active=False)
    assert told("add", own["lesson"]) == set()


def test_whoever_has_some_right_somewhere(own, theirs, nok, kham, ek, prae):
    people = {user.username for user in POLICY.users_with_permission("publish", include_superusers=False)}
    assert people == {"ek", "prae"}
    assert {user.username for user in POLICY.users_with_permission("add")} == {"nok", "kham", "prae"}


def test_the_pages_of_an_action(own, theirs, course, nok, ek, prae):
    def of(user, action):
        return {page.title for page in POLICY.instances_user_has_permission_for(user, action)}

    village = {own[name].title for name in ("course", "lesson", "draft")}
    assert of(nok, "change") == of(ek, "publish") == village
    assert of(nok, "publish") == of(ek, "add") == set()
    assert course.title in of(prae, "add")
    assert theirs["lesson"].title in of(prae, "publish")
    assert own["lesson"].title not in of(prae, "publish")


def test_a_course_that_is_made_while_a_request_runs_counts_at_once(shelf, ban_nong_bua, nok):
    assert not POLICY.user_has_permission(nok, "change")
    lesson = make_draft(local_course(ban_nong_bua, nok), nok, title="ใหม่")
    assert lesson.permissions_for_user(nok).can_edit()


def test_rights_to_many_pages_are_read_once(own, nok, django_assert_num_queries):
    pages = list(Page.objects.filter(path__startswith=own["course"].path))
    nok = User.objects.get(pk=nok.pk)
    pages[0].permissions_for_user(nok)
    with django_assert_num_queries(0):
        assert len([page for page in pages if page.permissions_for_user(nok).can_edit()]) == 3
