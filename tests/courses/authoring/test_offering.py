"""Lessons that go from village to village, and those shown after the nation's."""

import pytest
from django.test import Client

from courses.authoring.review.asking import ask_to_offer, may_be_offered
from courses.authoring.review.offering import adopt, offered_to, take_back
from courses.models import CourseEdition, CoursePage, Enrolment, LessonPage, LessonReview
from courses.progress.rebuilding import rebuild
from tests.counting import queries_for_one_and_for_many
from tests.courses.authoring.conftest import SAYS, STATEMENT, body_of_silk
from tests.many import many_lessons


def signed_in(person):
    browser = Client()
    browser.force_login(person)
    return browser


def page_of(lesson):
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.fixture
def credited_silk(silk, edit, nok, ek):
    """A published lesson that names whose knowledge it is."""
    edit(silk, nok, credit="ป้าสมศรี", credit_consent=True).publish(user=ek, skip_permission_checks=True)
    return page_of(silk)


@pytest.fixture
def offered_silk(credited_silk, nok, ek):
    """Asked for by its author, and agreed to by its reviewer."""
    signed_in(nok).post(f"/studio/lessons/{credited_silk.key}/offer/")
    review = LessonReview.objects.waiting().to_offer().get()
    signed_in(ek).post(f"/studio/reviews/{review.pk}/publish/")
    return page_of(credited_silk)


@pytest.fixture
def adopted_silk(offered_silk, kham, ban_pua):
    signed_in(kham).post(f"/studio/offered/{offered_silk.key}/adopt/", {"centre": ban_pua.pk})
    return LessonPage.objects.get(alias_of=offered_silk.pk)


def read_by(learner, lesson):
    answer = signed_in(learner).get(f"/courses/{lesson.course.slug}/{lesson.slug}/")
    return answer.content.decode()


def test_an_author_asks_and_a_reviewer_agrees_and_then_others_find_it(offered_silk, nok, kham):
    assert offered_silk.offered_at
    assert list(offered_to(kham)) == [offered_silk]
    assert "ป้าสมศรี" in signed_in(kham).get("/studio/offered/").content.decode()
    assert list(offered_to(nok)) == []


@pytest.mark.parametrize("said_yes", [True, False])
def test_nobody_is_named_without_their_yes_where_lessons_are_listed(offered_silk, said_yes, kham, somsri, course):
    """A revision of before the rule, or a file, can still bring a name without it."""
    LessonPage.objects.filter(pk=offered_silk.pk).update(credit_consent=said_yes, placed_after=course)
    listed = signed_in(kham).get("/studio/offered/").content.decode()
    after_the_nations = signed_in(somsri).get(f"/courses/{course.slug}/").content.decode()
    assert offered_silk.title in listed
    assert ("ป้าสมศรี" in listed) == said_yes
    assert "เรื่องของบ้านเรา" in after_the_nations
    assert ("ความรู้ของ ป้าสมศรี" in after_the_nations) == said_yes


def test_before_anybody_agreed_nobody_else_finds_it(credited_silk, nok, kham):
    ask_to_offer(credited_silk, nok)
    assert list(offered_to(kham)) == []
    browser = signed_in(kham)
    assert browser.get(f"/studio/offered/{credited_silk.key}/").status_code == 404
    assert browser.post(f"/studio/offered/{credited_silk.key}/adopt/").status_code == 404


def test_a_copy_has_its_own_key_and_address_and_names_whose_knowledge_it_is(adopted_silk, offered_silk, fah, ban_pua):
    assert adopted_silk.key != offered_silk.key
    assert adopted_silk.slug != offered_silk.slug
    assert adopted_silk.course.centre == ban_pua
    assert adopted_silk.offered_at is None
    said = read_by(fah, adopted_silk)
    assert "ความรู้ของ ป้าสมศรี" in said
    assert "เขียนที่ ศูนย์ดิจิทัลชุมชนบ้านหนองบัว" in said


def test_taking_it_twice_makes_one_copy(adopted_silk, offered_silk, kham, ban_pua):
    assert adopt(offered_silk, ban_pua, kham) == adopted_silk
    assert LessonPage.objects.filter(alias_of=offered_silk.pk).count() == 1


def test_corrections_reach_the_copies_and_nothing_of_their_own_is_lost(
    adopted_silk, offered_silk, edit, nok, ek, course
):
    LessonPage.objects.filter(pk=adopted_silk.pk).update(placed_after=course)
    revision = edit(offered_silk, nok, {SAYS: "ป้าสมศรีเลี้ยงไหมมาห้าสิบปี"}, title="เลี้ยงไหม")
    revision.publish(user=ek, skip_permission_checks=True)
    copy = page_of(adopted_silk)
    assert copy.title == "เลี้ยงไหม"
    assert "ห้าสิบปี" in copy.body[0].value
    for name in ("key", "slug", "adopted_from", "offered_at"):
        assert getattr(copy, name) == getattr(adopted_silk, name), name
    assert copy.placed_after == course
    assert page_of(offered_silk).offered_at == offered_silk.offered_at


def test_what_learners_of_a_copy_answered_stays_with_the_questions(adopted_silk, offered_silk, edit, nok, ek, fah, did):
    assert did(fah, adopted_silk, "true_false", True).correct
    changed = {STATEMENT: body_of_silk()[2]["value"] | {"answer": False}}
    edit(offered_silk, nok, changed).publish(user=ek, skip_permission_checks=True)
    copy = page_of(adopted_silk)
    assert str(copy.body[2].id) != STATEMENT
    assert did(fah, adopted_silk, "true_false", True).correct  # from a phone that had the older one
    assert did(fah, copy, "true_false", False).correct
    assert rebuild(check=True) == []


def test_when_the_offer_is_taken_back_copies_stay_and_get_no_corrections(
    adopted_silk, offered_silk, edit, nok, ek, fah
):
    take_back(offered_silk, nok)
    edit(offered_silk, nok, {SAYS: "อย่างอื่น"}).publish(user=ek, skip_permission_checks=True)
    page_of(offered_silk).unpublish()
    copy = page_of(adopted_silk)
    assert (copy.live, copy.locked, copy.alias_of_id) == (True, True, None)
    assert "สี่สิบปี" in read_by(fah, copy)
    assert "ความรู้ของ ป้าสมศรี" in read_by(fah, copy)
    assert list(offered_to(ek)) == []


def test_what_was_taken_is_not_offered_on(adopted_silk, kham):
    assert not may_be_offered(adopted_silk)
    signed_in(kham).post(f"/studio/lessons/{adopted_silk.key}/offer/")
    assert not LessonReview.objects.waiting().exists()


def test_a_copy_is_neither_handed_in_nor_brought_back(adopted_silk, kham):
    browser = signed_in(kham)
    assert browser.get(f"/studio/lessons/{adopted_silk.key}/review/").status_code == 200
    browser.post(f"/studio/lessons/{adopted_silk.key}/submit/")
    assert not LessonReview.objects.waiting().exists()
    for page in ("versions", "review"):
        assert browser.get(f"/studio/lessons/{adopted_silk.key}/{page}/").status_code == 200, page
    assert "/edit/" not in browser.get(f"/studio/lessons/{adopted_silk.key}/").content.decode().split("<main")[1]
    for part in ("questions", "media", "credit"):
        assert browser.post(f"/studio/lessons/{adopted_silk.key}/{part}/").status_code == 404, part


@pytest.mark.parametrize("changes", [{"live": False}, {"credit_consent": False}])
def test_what_learners_do_not_see_or_its_owner_has_not_allowed_is_not_offered(credited_silk, nok, ek, changes):
    ask_to_offer(credited_silk, nok)
    LessonPage.objects.filter(pk=credited_silk.pk).update(**changes)
    review = LessonReview.objects.waiting().to_offer().get()
    signed_in(ek).post(f"/studio/reviews/{review.pk}/publish/")
    assert page_of(credited_silk).offered_at is None
    assert LessonReview.objects.get(pk=review.pk).is_waiting


def test_one_takes_lessons_for_ones_own_centre_only(offered_silk, kham, ban_nong_bua, ek):
    answer = signed_in(kham).post(f"/studio/offered/{offered_silk.key}/adopt/", {"centre": ban_nong_bua.pk})
    assert answer.status_code == 400
    assert signed_in(ek).get("/studio/offered/").status_code == 404
    assert not LessonPage.objects.filter(alias_of=offered_silk.pk).exists()


def test_the_list_of_what_is_offered_costs_the_same_for_one_and_for_many(offered_silk, kham):
    browser = signed_in(kham)

    def more(count):
        many_lessons(offered_silk.course, count)
        LessonPage.objects.filter(title__startswith="อีกบท").update(offered_at=offered_silk.offered_at)

    queries_for_one_and_for_many(lambda: len(browser.get("/studio/offered/").context["rows"]), more, shown=20)


@pytest.fixture
def placed_silk(silk, edit, nok, ek, course):
    """Shown after a course of the nation's."""
    edit(silk, nok, placed_after=course).publish(user=ek, skip_permission_checks=True)
    return page_of(silk)


def test_learners_of_the_centre_see_it_after_the_nations_lessons_and_nobody_else_does(
    placed_silk, course, somsri, fah, client
):
    address = f"/courses/{course.slug}/"
    seen = signed_in(somsri).get(address).content.decode()
    assert "เรื่องของบ้านเรา" in seen
    assert f"/courses/{placed_silk.course.slug}/{placed_silk.slug}/" in seen
    for browser in (signed_in(fah), client):
        assert "เลี้ยงไหมบ้านเรา" not in browser.get(address).content.decode()


def test_the_nations_course_stays_as_it_was(placed_silk, course, somsri, did):
    lessons = list(course.lessons())
    assert CourseEdition.objects.get(course=course.key, until=None).lessons == [str(each.key) for each in lessons]
    for lesson in lessons:
        did(somsri, lesson, "finished")
    assert Enrolment.objects.get(learner=somsri, course=course.key).is_completed
    did(somsri, placed_silk, "finished")
    own = Enrolment.objects.get(learner=somsri, course=placed_silk.course.key)
    assert own.lessons_finished == 1
    assert Enrolment.objects.get(learner=somsri, course=course.key).lessons_finished == len(lessons)
    assert rebuild(check=True) == []


def test_a_lesson_of_a_course_that_was_taken_off_the_shelf_is_not_shown(placed_silk, course, somsri):
    CoursePage.objects.get(pk=placed_silk.course.pk).unpublish()
    assert "เลี้ยงไหมบ้านเรา" not in signed_in(somsri).get(f"/courses/{course.slug}/").content.decode()


def test_the_courses_page_costs_the_same_however_many_are_placed_there(placed_silk, course, somsri):
    browser = signed_in(somsri)

    def more(count):
        many_lessons(placed_silk.course, count)
        LessonPage.objects.filter(title__startswith="อีกบท").update(placed_after=course)

    queries_for_one_and_for_many(lambda: len(browser.get(f"/courses/{course.slug}/").context["ours"]), more)


def test_a_phone_keeps_the_course_with_the_villages_lessons_and_learns_of_a_new_one(
    placed_silk, course, somsri, edit, ek
):
    browser = signed_in(somsri)
    assert "เลี้ยงไหมบ้านเรา" in browser.get(f"/kept/courses/{course.slug}/").content.decode()

    def version():
        listed = browser.get("/kept/list/").json()["courses"]
        return next(each["version"] for each in listed if each["key"] == str(course.key))

    before = version()
    edit(placed_silk, ek, title="อีกชื่อ").publish(user=ek, skip_permission_checks=True)
    assert version() != before


def test_who_may_take_a_lesson_hears_its_title_too(credited_silk, nok, ek, kham, read_aloud):
    read_aloud(credited_silk, nok, {None: "title.mp3"}).publish(user=ek, skip_permission_checks=True)
    signed_in(nok).post(f"/studio/lessons/{credited_silk.key}/offer/")
    signed_in(ek).post(f"/studio/reviews/{LessonReview.objects.waiting().to_offer().get().pk}/publish/")
    assert "title.mp3" in signed_in(kham).get(f"/studio/offered/{credited_silk.key}/").content.decode()
