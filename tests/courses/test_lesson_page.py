"""The lesson page, and where it goes on."""

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import override

from courses.models import LearningEvent, LessonOutline, LessonPage, LessonProgress
from courses.views.lesson import preview
from tests.courses.conftest import HINT_OF_WRONG, QUESTIONS, WHY


@pytest.fixture
def finish(client):
    """Press the button at the end of a lesson; where it leads."""

    def press(course, lesson):
        return client.post(f"/courses/{course.slug}/{lesson}/finish/")["Location"]

    return press


def bar_of(page):
    return BeautifulSoup(page.content, "html.parser").select_one(".bar").get_text(" ", strip=True)


def test_no_right_answer_is_on_the_page_before_it_is_given(client, somsri, workshop):
    client.force_login(somsri)
    page = client.get(workshop.url).text
    assert WHY not in page
    assert HINT_OF_WRONG not in page
    assert "ต้นทุน" not in page
    assert "120" not in BeautifulSoup(page, "html.parser").article.get_text()
    assert "correct" not in page.lower()
    assert "checked" not in page
    assert "selected" not in page


def test_what_is_to_be_ordered_or_matched_is_shuffled_and_stays_so(client, somsri, workshop):
    client.force_login(somsri)

    def shown():
        page = BeautifulSoup(client.get(workshop.url).content, "html.parser")
        items = [item.text for item in page.select("[data-item]")]
        rights = [option.text for option in page.select(".pairs li:first-child option")][1:]
        return items, rights

    items, rights = shown()
    assert items != QUESTIONS["ordering"]["items"]
    assert rights != [pair["right"] for pair in QUESTIONS["matching"]["pairs"]]
    assert shown() == (items, rights)


def test_opening_a_lesson_starts_it_once(client, somsri, course):
    client.force_login(somsri)
    for _ in range(3):
        client.get(f"/courses/{course.slug}/lesson-1/")
    assert LearningEvent.objects.get().verb == "started"


def test_the_bar_says_how_many_are_left_and_finishing_always_works(client, somsri, course, finish):
    client.force_login(somsri)
    assert "เหลือ 2 ข้อ" in bar_of(client.get(f"/courses/{course.slug}/lesson-1/"))
    assert finish(course, "lesson-1") == f"/courses/{course.slug}/lesson-2/"
    assert LessonProgress.objects.get().is_finished


def test_lessons_may_be_finished_in_any_order(client, somsri, write_course, finish):
    course = write_course(lessons=3)
    client.force_login(somsri)
    assert finish(course, "lesson-2") == f"/courses/{course.slug}/lesson-3/"
    assert finish(course, "lesson-3") == f"/courses/{course.slug}/lesson-1/"
    assert finish(course, "lesson-1") == f"/courses/{course.slug}/finished/"
    page = client.get(f"/courses/{course.slug}/finished/")
    assert "เรียนจบวิชานี้แล้ว" in page.text
    assert "3 บท" in page.text


def test_a_course_that_is_not_finished_has_no_last_page(client, somsri, fah, nok, course, finish):
    address = f"/courses/{course.slug}/finished/"
    assert client.get(address).status_code == 404
    client.force_login(somsri)
    finish(course, "lesson-1")
    assert client.get(address).status_code == 404
    finish(course, "lesson-2")
    assert client.get(address).status_code == 200
    client.force_login(fah)
    assert client.get(address).status_code == 404
    client.force_login(nok)
    assert client.get(address).status_code == 404


def test_finishing_twice_keeps_the_first_date(client, somsri, course, finish):
    client.force_login(somsri)
    finish(course, "lesson-1")
    first = LessonProgress.objects.get().finished_at
    finish(course, "lesson-1")
    assert LessonProgress.objects.get().finished_at == first


def test_a_finish_that_could_not_be_kept_says_so(client, somsri, course, finish):
    LessonOutline.objects.all().delete()
    client.force_login(somsri)
    assert "บอกคนดูแลศูนย์" in client.get(finish(course, "lesson-1")).text
    assert not LessonProgress.objects.exists()


def test_a_visitor_goes_on_to_the_next_lesson(client, course, finish):
    assert finish(course, "lesson-1") == f"/courses/{course.slug}/lesson-2/"
    assert not LearningEvent.objects.exists()


def test_a_visitor_is_told_that_nothing_is_kept(client, course):
    assert "แต่จะไม่ได้เก็บไว้" in client.get(f"/courses/{course.slug}/lesson-1/").text


def test_the_lessons_of_another_centre_are_not_found(client, somsri, fah, nok, kham, ban_pua, write_course):
    course = write_course("ทอผ้าบ้านปัว", centre=ban_pua)
    address = f"/courses/{course.slug}/lesson-1/"
    for own in (fah, kham):
        client.force_login(own)
        assert client.get(address).status_code == 200
    for other in (somsri, nok):
        client.force_login(other)
        assert client.get(address).status_code == 404
        assert client.post(f"{address}finish/").status_code == 404
    client.logout()
    assert client.get(address).status_code == 404


def test_a_lesson_that_is_not_published_is_not_found(client, somsri, course):
    LessonPage.objects.get(slug="lesson-2").unpublish()
    client.force_login(somsri)
    assert client.get(f"/courses/{course.slug}/lesson-2/").status_code == 404
    assert client.get(f"/courses/{course.slug}/lesson-1/").status_code == 200
    course.unpublish()
    assert client.get(f"/courses/{course.slug}/lesson-1/").status_code == 404


@pytest.mark.parametrize("address", ["nothing", "%00", "lesson-1%00", "LESSON-1", "ก", "a" * 3000, "..%2f"])
def test_an_address_of_no_lesson_is_not_found(client, somsri, course, address):
    client.force_login(somsri)
    assert client.get(f"/courses/{course.slug}/{address}/").status_code == 404
    assert client.get(f"/courses/{address}/").status_code == 404


def test_a_thai_address_is_found(client, somsri, course):
    lesson = LessonPage.objects.get(slug="lesson-1")
    lesson.slug = "คดทน"
    lesson.save_revision().publish()
    client.force_login(somsri)
    assert client.get(f"/courses/{course.slug}/คดทน/").status_code == 200


def test_what_an_author_publishes_is_seen_at_once(client, somsri, course):
    client.force_login(somsri)
    address = f"/courses/{course.slug}/lesson-1/"
    assert "ป้าเขียว" not in client.get(address).text
    lesson = LessonPage.objects.get(slug="lesson-1")
    lesson.body.raw_data[0]["value"] = "ป้าเขียวทำกล้วยตากขาย"
    draft = lesson.save_revision()
    assert "ป้าเขียว" not in client.get(address).text
    draft.publish()
    assert "ป้าเขียว" in client.get(address).text


def test_in_english_the_page_is_english_and_the_lesson_thai(client, somsri, workshop):
    client.force_login(somsri)
    page = BeautifulSoup(client.get(f"/en{workshop.url}").content, "html.parser")
    assert page.html["lang"] == "en"
    assert page.article["lang"] == "th"
    assert page.article.button["lang"] == "en"
    assert page.select_one("[data-left]").text == "Left: 9"


def test_the_preview_of_a_draft_records_nothing(rf, client, nok, somsri, workshop):
    lesson = workshop.lesson
    lesson.body.raw_data[7]["value"]["question"] = "ร่างใหม่ ถามอะไรดี"
    for user in (nok, somsri):
        request = rf.get("/")
        request.user, request.session = user, client.session
        with override("th"):
            page = preview(request, lesson)
        assert "ร่างใหม่ ถามอะไรดี" in page.text
    assert not LearningEvent.objects.exists()
    assert "ร่างใหม่" not in client.get(workshop.url).text


def test_a_lesson_costs_the_same_queries_however_much_it_asks(
    client, somsri, course, workshop, django_assert_max_num_queries
):
    client.force_login(somsri)
    for address in (f"/courses/{course.slug}/lesson-1/", workshop.url):
        client.get(address)
        client.get(address)
        with django_assert_max_num_queries(6):
            client.get(address)


def test_dates_are_buddhist_in_thai(client, somsri, course, finish):
    client.force_login(somsri)
    finish(course, "lesson-1")
    finish(course, "lesson-2")
    year = timezone.localtime().year
    assert str(year + 543) in client.get(f"/courses/{course.slug}/finished/").text
    assert str(year) in client.get(f"/en/courses/{course.slug}/finished/").text
