"""From a draft to its learners: handed in by one, looked at by another."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.authoring.review.asking import NewerHandedIn, publish, submit
from courses.authoring.review.reviewer import ON_A_PAGE
from courses.models import CoursePage, LessonPage, LessonReview, ReviewComment
from lms.accounts.models import User
from lms.centres.models import AuditEntry
from tests.counting import queries_for_one_and_for_many
from tests.courses.authoring.conftest import CHOOSE, SAYS, STATEMENT, body_of_silk
from tests.many import many_lessons


@pytest.fixture
def signed_in():
    def make(person):
        browser = Client()
        browser.force_login(person)
        return browser

    return make


@pytest.fixture
def handed_in(silk, nok):
    return submit(silk, nok)


def page_of(lesson):
    return LessonPage.objects.get(pk=lesson.pk)


def at(review, what=""):
    return f"/studio/reviews/{review.pk}/{what}"


def of(lesson, what):
    return f"/studio/lessons/{lesson.key}/{what}/"


def text(answer):
    return answer.content.decode()


def test_a_lesson_goes_from_its_author_over_its_reviewer_to_its_learners(signed_in, silk, nok, ek, somsri):
    author, reviewer = signed_in(nok), signed_in(ek)
    assert author.post(of(silk, "submit"))["Location"] == of(silk, "review")
    review = LessonReview.objects.get()
    assert (review.state, review.submitted_by) == ("waiting", nok)
    assert "เลี้ยงไหมบ้านเรา" in text(reviewer.get("/studio/reviews/"))
    assert "ป้าสมศรีเลี้ยงไหมมาสี่สิบปี" in text(reviewer.get(at(review)))

    reviewer.post(at(review, "comments/"), {"block": SAYS, "words": "เล่าเรื่องป้าอีกนิด"})
    reviewer.post(at(review, "send-back/"), {"words": "ดีมาก ขาดอีกนิดเดียว"})
    seen = text(author.get(of(silk, "review")))
    assert "เล่าเรื่องป้าอีกนิด" in seen
    assert "ดีมาก ขาดอีกนิดเดียว" in seen
    assert not page_of(silk).live

    comment = ReviewComment.objects.get()
    author.post(f"/studio/review-comments/{comment.pk}/resolved/")
    author.post(of(silk, "submit"))
    again = LessonReview.objects.waiting().get()
    assert "เล่าเรื่องป้าอีกนิด" in text(reviewer.get(at(again)))  # and that its author mended it
    reviewer.post(at(again, "publish/"), {"revision": again.revision_id})
    lesson = page_of(silk)
    assert lesson.live
    assert signed_in(somsri).get(f"/courses/{lesson.course.slug}/{lesson.slug}/").status_code == 200
    assert [entry.action for entry in AuditEntry.objects.filter(actor=ek.pk)] == ["sent_back", "published"]


def test_the_course_of_a_village_appears_with_its_first_lesson(silk, handed_in, ek):
    assert not silk.course.live
    publish(handed_in, ek, handed_in.revision_id)
    course = CoursePage.objects.get(pk=silk.course.pk)
    assert course.live
    course.unpublish()
    page_of(silk).save_revision().publish()
    assert not CoursePage.objects.get(pk=course.pk).live  # whoever took it off the shelf meant it


def test_nobody_publishes_but_a_reviewer_of_that_centre(signed_in, handed_in, ek, nok, kham, somsri, prae, wipha):
    for person in (nok, kham, prae, wipha, somsri):
        browser = signed_in(person)
        for answer in (browser.get(at(handed_in)), browser.post(at(handed_in, "publish/"), {"revision": "1"})):
            assert answer.status_code == 404 or answer["Location"].startswith("/sign-in/"), person
    assert LessonReview.objects.get().is_waiting


def test_a_caretaker_who_is_core_member_of_their_centre_may_publish_as_that(signed_in, silk, handed_in, nok, regions):
    nok.appointments.create(region=regions["NE"], started_on=timezone.localdate()).centres.add(silk.course.centre)
    signed_in(User.objects.get(pk=nok.pk)).post(at(handed_in, "publish/"), {"revision": handed_in.revision_id})
    assert page_of(silk).live


def test_where_there_is_no_core_member_the_nations_editors_are_asked(signed_in, silk, handed_in, prae):
    assert "เลี้ยงไหมบ้านเรา" in text(signed_in(prae).get("/studio/reviews/"))
    signed_in(prae).post(at(handed_in, "publish/"), {"revision": handed_in.revision_id})
    assert page_of(silk).live


def half_written():
    """A question without a right answer, a number without one, and an empty text."""
    body = body_of_silk()
    body[0]["value"] = ""
    for choice in body[1]["value"]["choices"]:
        choice["correct"] = False
    body[3]["value"]["answer"] = None
    return body


def test_what_is_half_written_is_not_handed_in_and_it_is_said_what_is_missing(signed_in, silk, nok, edit):
    edit(silk, nok, body=half_written())
    answer = signed_in(nok).post(of(silk, "submit"))
    assert answer.status_code == 400
    said = text(answer)
    for words in ("1. ข้อความ", "2. ", "4. ", str(_("Mark exactly one choice as right."))):
        assert words in said, words
    assert not LessonReview.objects.exists()


def test_what_is_half_written_never_reaches_learners(signed_in, silk, handed_in, nok, ek, edit):
    LessonReview.objects.update(revision=edit(silk, nok, body=half_written()))
    review = LessonReview.objects.get()
    assert signed_in(ek).get(at(review)).status_code == 200
    answer = signed_in(ek).post(at(review, "publish/"), {"revision": review.revision_id})
    assert answer.status_code == 400
    assert not page_of(silk).live
    assert LessonReview.objects.get().is_waiting


def test_a_name_without_its_owners_yes_is_not_handed_in(signed_in, silk, nok, edit):
    edit(silk, nok, credit="ป้าสมศรี")
    assert signed_in(nok).post(of(silk, "submit")).status_code == 400


def test_an_empty_lesson_is_not_handed_in(signed_in, silk, nok, edit):
    edit(silk, nok, body=[])
    assert signed_in(nok).post(of(silk, "submit")).status_code == 400


def test_handed_in_again_while_it_waits_keeps_its_place_and_brings_the_newer_version(silk, nok, edit, handed_in):
    newer = edit(silk, nok, {SAYS: "ป้าสมศรีเลี้ยงไหมมาห้าสิบปี"})
    submit(page_of(silk), nok)
    review = LessonReview.objects.get()
    assert (review.revision, review.submitted_at) == (newer, handed_in.submitted_at)


def test_what_was_not_looked_at_is_not_published(signed_in, silk, nok, ek, edit, handed_in):
    seen = handed_in.revision_id
    edit(silk, nok, {SAYS: "อย่างอื่น"})
    submit(page_of(silk), nok)
    answer = signed_in(ek).post(at(handed_in, "publish/"), {"revision": seen})
    assert answer.status_code == 409
    assert not page_of(silk).live
    for odd in ("", "x", "9" * 40, "-1", None):
        with pytest.raises(NewerHandedIn):
            publish(LessonReview.objects.get(), ek, odd)


def test_one_review_of_a_lesson_waits_and_the_database_holds_it(silk, handed_in):
    with pytest.raises(IntegrityError), transaction.atomic():
        LessonReview.objects.create(lesson=silk)


def test_the_first_answer_counts(signed_in, silk, handed_in, nok, ek):
    signed_in(nok).post(of(silk, "withdraw"))
    browser = signed_in(ek)
    answer = browser.post(at(handed_in, "publish/"), {"revision": handed_in.revision_id}, follow=True)
    assert not page_of(silk).live
    assert LessonReview.objects.get().state == "withdrawn"
    assert "ไม่ได้" in text(answer)


def test_words_are_asked_for_when_a_lesson_is_sent_back_and_what_is_wrong_loses_nothing(signed_in, handed_in, ek):
    browser = signed_in(ek)
    assert browser.post(at(handed_in, "send-back/"), {"words": " "}).status_code == 400
    long = "ก" * 2001
    answer = browser.post(at(handed_in, "send-back/"), {"words": long})
    assert (answer.status_code, long in text(answer)) == (400, True)
    long = "ข" * 1001
    answer = browser.post(at(handed_in, "comments/"), {"words": long, "block": SAYS})
    assert (answer.status_code, long in text(answer)) == (400, True)
    assert LessonReview.objects.get().is_waiting


def test_a_comment_on_a_part_that_is_none_is_of_the_whole_lesson(signed_in, handed_in, ek):
    browser = signed_in(ek)
    browser.post(at(handed_in, "comments/"), {"words": "ดี", "block": "00000000-0000-0000-0000-0000000000aa"})
    assert ReviewComment.objects.get().block is None
    assert browser.post(at(handed_in, "comments/"), {"words": "ดี", "block": "x"}).status_code == 400


def test_the_reviewer_sees_what_was_changed_since_learners_saw_it(signed_in, published_silk, nok, ek, edit):
    body = body_of_silk()
    del body[1]
    body[0]["value"] = "ป้าสมศรีเลี้ยงไหมมาห้าสิบปี"
    body.append({"type": "tip", "id": None, "value": "เก็บใบหม่อนตอนเช้า"})
    edit(published_silk, nok, body=[{**block, "id": block["id"] or CHOOSE[:-1] + "9"} for block in body])
    submit(page_of(published_silk), nok)
    said = text(signed_in(ek).get(at(LessonReview.objects.get())))
    assert "<del>" in said
    for kind in ("changed", "removed", "new"):
        assert f'data-kind="{kind}"' in said
    assert "ไหมกินอะไร" in said  # what was taken out is shown too


def test_author_and_reviewer_are_told_which_answered_questions_are_asked_anew(
    signed_in, published_silk, nok, ek, edit, somsri, did
):
    changed = {STATEMENT: body_of_silk()[2]["value"] | {"answer": False}}
    edit(published_silk, nok, changed)
    assert "จะถามใหม่" not in text(signed_in(nok).get(of(published_silk, "review")))
    did(somsri, published_silk, "true_false", True)
    assert "จะถามใหม่" in text(signed_in(nok).get(of(published_silk, "review")))
    submit(page_of(published_silk), nok)
    assert "ถามใหม่" in text(signed_in(ek).get(at(LessonReview.objects.get())))


def test_the_queue_has_the_oldest_first_and_says_for_how_many_days_it_waits(signed_in, handed_in, nok, ek):
    LessonReview.objects.update(submitted_at=timezone.now() - timedelta(days=4, hours=1))
    for person in (nok, ek):
        assert "รอมา 4 วัน" in text(signed_in(person).get("/studio/reviews/"))


def test_the_queue_costs_the_same_for_one_and_for_many(signed_in, handed_in, silk, nok, ek):
    browser = signed_in(ek)

    def more(count):
        many_lessons(silk.course, count)
        lessons = LessonPage.objects.filter(title__startswith="อีกบท")
        LessonReview.objects.bulk_create(LessonReview(lesson=lesson, submitted_by=nok) for lesson in lessons)

    def ask():
        return len(browser.get("/studio/reviews/").context["rows"])

    assert queries_for_one_and_for_many(ask, more, shown=ON_A_PAGE) <= 20


def test_a_published_lesson_waits_no_longer_wherever_it_was_published(silk, handed_in, ek):
    silk.get_latest_revision().publish(user=ek, skip_permission_checks=True)
    assert LessonReview.objects.get().state == "published"


def test_the_nations_lessons_are_not_handed_in_to_anybody(signed_in, course, prae):
    lesson = course.lessons().first()
    assert signed_in(prae).post(of(lesson, "submit")).status_code == 404


def test_a_reviewer_hears_the_title_as_its_author_read_it(signed_in, silk, nok, ek, read_aloud):
    read_aloud(silk, nok, {None: "title.mp3", SAYS: "says.mp3"})
    seen = text(signed_in(ek).get(at(submit(page_of(silk), nok))))
    before_the_parts, parts = seen.split('id="lesson"')
    assert "title.mp3" in before_the_parts
    assert "says.mp3" in parts
    assert "title.mp3" not in parts


def test_a_reviewer_is_told_in_words_that_a_recording_is_another_one(signed_in, published_silk, nok, ek, read_aloud):
    read_aloud(published_silk, nok, {None: "title.mp3", SAYS: "says.mp3"}).publish(user=ek, skip_permission_checks=True)
    read_aloud(published_silk, nok, {None: "title.mp3", CHOOSE: "choose.mp3"})
    seen = text(signed_in(ek).get(at(submit(page_of(published_silk), nok))))
    assert "ใหม่ 1 เสียง, แก้แล้ว 1 เสียง, เอาออก 1 เสียง" in seen
