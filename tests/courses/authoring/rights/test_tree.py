"""The studio's tree, its search, choosers and API show one's own lessons, and no title of others'."""

import json

import pytest

from courses.authoring.drafts import make_draft
from courses.authoring.policy import POLICY
from courses.models import CoursePage, LessonPage, Topic

SECRET = "บ้านปัว"  # in every title of the other centre's


@pytest.fixture
def second_course(own, shelf, ban_nong_bua):
    """Another course of Ban Nong Bua's."""
    course = CoursePage(title="วิชาที่สอง", centre=ban_nong_bua, topic=Topic.objects.first(), live=False)
    return shelf.add_child(instance=course)


def test_the_tree_begins_at_ones_only_course(own, theirs, nok, studio_of):
    answer = studio_of(nok).get("/studio/pages/", follow=True)
    assert answer.redirect_chain[-1][0] == f"/studio/pages/{own['course'].pk}/"
    html = answer.content.decode()
    assert own["draft"].title in html
    assert SECRET not in html


def test_with_two_courses_it_begins_at_the_shelf_with_these_two(
    own, theirs, second_course, shelf, course, nok, studio_of
):
    answer = studio_of(nok).get(f"/studio/pages/{shelf.pk}/")
    assert {page.pk for page in answer.context["pages"]} == {own["course"].pk, second_course.pk}
    assert SECRET not in answer.content.decode()
    assert studio_of(nok).get(f"/studio/pages/{shelf.pk}/edit/").status_code == 404


def test_who_has_no_course_yet_has_no_tree(shelf, nok, theirs, studio_of):
    assert POLICY.explorable_root_instance(nok) is None
    assert not POLICY.explorable_instances(nok).exists()
    assert studio_of(nok).get("/studio/pages/")["Location"] == "/studio/"
    assert studio_of(nok).get(f"/studio/pages/{shelf.pk}/").status_code == 404


def test_the_way_back_up_ends_where_the_tree_begins(own, theirs, nok, studio_of):
    html = studio_of(nok).get(f"/studio/pages/{own['lesson'].pk}/edit/").content.decode()
    assert f"/studio/pages/{own['course'].pk}/" in html
    assert f"/studio/pages/{own['course'].get_parent().pk}/" not in html


def test_lists_name_nobody_from_elsewhere(own, theirs, nok, kham, studio_of):
    kham.name = "คำหนึ่งเดียว"
    kham.save()
    for path in ("", "?owner=" + str(kham.pk), "?edited_by=" + str(kham.pk)):
        assert "คำหนึ่งเดียว" not in studio_of(nok).get(f"/studio/pages/{own['course'].pk}/{path}").content.decode()


@pytest.mark.parametrize("path", ["/studio/pages/search/?q=ร่าง", "/studio/pages/search/results/?q=ร่าง"])
def test_search_finds_ones_own(own, theirs, nok, studio_of, path):
    html = studio_of(nok).get(path).content.decode()
    assert SECRET not in html


def test_searching_the_whole_tree_finds_ones_own(own, theirs, second_course, shelf, nok, studio_of):
    answer = studio_of(nok).get(f"/studio/pages/{shelf.pk}/?search_all=1&q=บท")
    assert SECRET not in answer.content.decode()


def test_the_studios_api_lists_ones_own(own, theirs, course, nok, studio_of):
    for question in ("", "?child_of={course}", "?child_of={course}&for_explorer=1", "?descendant_of={course}"):
        answer = studio_of(nok).get("/studio/api/main/pages/" + question.format(course=own["course"].pk))
        titles = {item["title"] for item in json.loads(answer.content)["items"]}
        assert own["lesson"].title in titles
        assert not [title for title in titles if SECRET in title or title == course.title]


def test_one_chooses_from_what_is_ones_own_and_what_the_nation_published(own, theirs, course, shelf, nok, studio_of):
    client = studio_of(nok)
    html = client.get(f"/studio/choose-page/{shelf.pk}/?page_type=courses.coursepage").content.decode()
    assert course.title in json.loads(html)["html"]
    assert SECRET not in json.loads(html)["html"]
    assert client.get(f"/studio/choose-page/{theirs['course'].pk}/").status_code == 404
    assert SECRET not in client.get("/studio/choose-page/search/?q=บ้าน").content.decode()
    several = "/studio/choose-page/chosen-multiple/?id={}&id={}"
    assert client.get(several.format(own["lesson"].pk, course.pk)).status_code == 200
    assert client.get(several.format(own["lesson"].pk, theirs["lesson"].pk)).status_code == 404
    assert client.get(several.format(own["lesson"].pk, "x")).status_code == 404


def test_drafts_of_the_nation_are_nobodys_to_choose(own, shelf, nok, write_course, studio_of):
    hidden = write_course(title="ยังไม่ออก")
    CoursePage.objects.filter(pk=hidden.pk).update(live=False)
    html = studio_of(nok).get(f"/studio/choose-page/{shelf.pk}/?page_type=courses.coursepage").content.decode()
    assert "ยังไม่ออก" not in json.loads(html)["html"]


def test_a_lesson_is_not_copied_or_moved_to_others(own, theirs, nok, studio_of):
    client, form = studio_of(nok), {"new_title": "สำเนา", "new_slug": "copy"}
    for place in (theirs["course"].pk, own["course"].get_parent().pk, "x", 9**9, ""):
        answer = client.post(f"/studio/pages/{own['lesson'].pk}/copy/", form | {"new_parent_page": place})
        assert answer.status_code == 404, place
    move = f"/studio/pages/{own['lesson'].pk}/move/{theirs['course'].pk}/confirm/"
    assert client.get(move).status_code == client.post(move).status_code == 404
    assert LessonPage.objects.child_of(theirs["course"]).count() == 2


def test_a_lesson_is_copied_beside_itself(own, nok, studio_of):
    form = {"new_title": "สำเนา", "new_slug": "copy", "new_parent_page": own["course"].pk}
    assert studio_of(nok).post(f"/studio/pages/{own['lesson'].pk}/copy/", form).status_code == 302
    assert not LessonPage.objects.get(slug="copy").live


def test_others_drafts_are_not_reached_through_ones_own_page(own, theirs, nok, studio_of):
    client, revision = studio_of(nok), theirs["draft"].latest_revision_id
    for view in ("view", "revert"):
        assert client.get(f"/studio/pages/{own['draft'].pk}/revisions/{revision}/{view}/").status_code == 404
    compare = f"/studio/pages/{own['draft'].pk}/revisions/compare/{revision}...latest/"
    assert client.get(compare).status_code == 404


def test_authors_put_their_lessons_in_order_and_reviewers_do_not(own, nok, ek, studio_of):
    last = f"/studio/pages/{own['draft'].pk}/set_position/?position=1"
    studio_of(ek).post(last)
    assert LessonPage.objects.child_of(own["course"]).order_by("path").last().pk == own["lesson"].pk
    assert studio_of(nok).post(last).status_code == 200
    assert LessonPage.objects.child_of(own["course"]).order_by("path").last().pk == own["draft"].pk


def test_an_author_deletes_a_draft_and_nothing_that_learners_see(own, nok, ek, studio_of):
    studio_of(ek).post(f"/studio/pages/{own['draft'].pk}/delete/")
    assert LessonPage.objects.child_of(own["course"]).count() == 2
    for name in ("draft", "lesson"):
        studio_of(nok).post(f"/studio/pages/{own[name].pk}/delete/")
    assert [page.pk for page in LessonPage.objects.child_of(own["course"])] == [own["lesson"].pk]


def test_a_course_is_not_deleted_with_its_lessons(own, nok, studio_of):
    make_draft(own["course"], nok, title="อีกบท")
    studio_of(nok).post(f"/studio/pages/{own['course'].pk}/delete/")
    assert CoursePage.objects.filter(pk=own["course"].pk).exists()


def test_half_a_form_is_answered_and_stores_nothing(own, nok, studio_of):
    client = studio_of(nok)
    client.raise_request_exception = False
    for path in (f"{own['draft'].pk}/edit/", f"add/courses/lessonpage/{own['course'].pk}/"):
        assert client.post(f"/studio/pages/{path}", {"title": "ครึ่งเดียว"}).status_code == 400
    assert not LessonPage.objects.filter(title="ครึ่งเดียว").exists()
