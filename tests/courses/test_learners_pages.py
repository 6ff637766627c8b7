"""The first page, the catalogue, a course, and the learning book."""

from functools import partial

import pytest
from bs4 import BeautifulSoup
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.images.models import Image

from courses.models import CoursePage, Enrolment, LessonPage, LessonProgress, Topic
from courses.progress import Event, record
from courses.views.home import OTHERS_SHOWN
from lms.accounts.ids import uuid7
from tests.counting import queries_for_one_and_for_many
from tests.many import begun, many_courses, many_lessons


@pytest.fixture
def learned(ban_nong_bua):
    """Something a learner did, recorded: learned(somsri, lesson, "finished")."""

    def do(learner, lesson, verb, **facts):
        event = Event(id=uuid7(), learner=learner.pk, lesson=lesson.key, verb=verb, occurred_at=timezone.now(), **facts)
        assert record([event], by=learner)[0].status == "accepted"

    return do


def lesson_of(course, number):
    return LessonPage.objects.child_of(course).get(slug=f"lesson-{number}")


def read(client, address="/", **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def go_of(page):
    return page.select_one("a.btn.go")["href"]


def test_who_has_begun_nothing_is_shown_one_way_to_begin(client, somsri, course):
    client.force_login(somsri)
    page = read(client)
    assert "สวัสดี ป้าสมศรี" in page.h1.text
    assert len(page.select(".go")) == 1
    assert go_of(page) == "/courses/"


def test_the_first_page_goes_on_with_the_lesson_left_open(client, somsri, write_course, learned):
    course = write_course(lessons=3)
    learned(somsri, lesson_of(course, 2), "started")
    client.force_login(somsri)
    assert go_of(read(client)) == f"/courses/{course.slug}/lesson-2/"


def test_after_a_lesson_is_finished_the_next_one_waits(client, somsri, write_course, learned):
    course = write_course(lessons=3)
    client.force_login(somsri)
    learned(somsri, lesson_of(course, 2), "finished")
    assert go_of(read(client)) == f"/courses/{course.slug}/lesson-3/"
    learned(somsri, lesson_of(course, 3), "finished")
    assert go_of(read(client)) == f"/courses/{course.slug}/lesson-1/"
    assert go_of(read(client, f"/courses/{course.slug}/")) == f"/courses/{course.slug}/lesson-1/"


def test_a_finished_course_gives_way_to_one_under_way(client, somsri, write_course, learned):
    older, newer = write_course("ค้างอยู่", lessons=2), write_course("จบแล้ว", lessons=1)
    learned(somsri, lesson_of(older, 1), "started")
    learned(somsri, lesson_of(newer, 1), "finished")
    client.force_login(somsri)
    page = read(client)
    assert go_of(page) == f"/courses/{older.slug}/lesson-1/"
    assert "เรียนจบแล้ว 1 วิชา" in page.aside.get_text(" ", strip=True)


def test_a_course_says_how_far_its_reader_is(client, somsri, course, learned):
    learned(somsri, lesson_of(course, 1), "finished")
    client.force_login(somsri)
    page = read(client, f"/courses/{course.slug}/")
    assert [row.get("class") for row in page.select("ol.lessons > li")] == [["done"], None]
    assert "เรียนแล้ว 1 จาก 2 บท" in page.get_text(" ", strip=True)


def test_caretakers_and_the_ministry_begin_at_their_desks(client, nok, ek, wipha):
    for user, address in [(nok, "/desk/"), (ek, "/desk/"), (wipha, "/ministry/")]:
        client.force_login(user)
        assert client.get("/")["Location"] == address


def test_on_a_centres_machine_the_first_page_asks_who_it_is(client, device):
    client.cookies["sala_device"] = device.cookie
    assert client.get("/")["Location"] == "/who/"
    assert client.get("/?idle=1")["Location"] == "/who/?idle=1"


def test_elsewhere_the_first_page_shows_the_courses_and_the_way_to_a_centre(client, course):
    page = read(client)
    assert "มาที่ศูนย์ใกล้บ้านท่าน" in page.text
    assert page.find("a", href=f"/courses/{course.slug}/")


def test_a_false_device_cookie_opens_no_list_of_names(client, db):
    client.cookies["sala_device"] = "nonsense"
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("words", ["กล้วยตาก", "ล้วย", "กล้วย ขาย", "BANANA", "ทำเอง"])
def test_a_course_is_found_by_any_words_of_it(client, write_course, words):
    course = write_course("ขายกล้วยตาก")
    course.title_en, course.summary = "Selling bananas", "ของทำเองขายได้"
    course.save_revision().publish()
    write_course("รู้ทันภัย", lessons=0)  # its lessons would tell of bananas too
    page = read(client, "/courses/", q=words)
    assert [link["href"] for link in page.select(".course a")] == [f"/courses/{course.slug}/"]


def test_a_search_without_result_says_what_to_do(client, course):
    page = read(client, "/courses/", q="สมศรรี")
    assert "ไม่พบวิชาเรื่อง “สมศรรี”" in page.text
    assert go_of(page) == "/courses/"


@pytest.mark.parametrize("words", ["\0", "%", "_", "'", "ก" * 5000, "ก " * 3000, "<script>alert(1)</script>"])
def test_strange_words_are_only_not_found(client, course, words):
    response = client.get("/courses/", {"q": words, "topic": words})
    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_a_topic_shows_its_own_courses(client, course, write_course):
    other = write_course("ทอผ้า")
    other.topic = Topic.objects.create(slug="craft", title_th="งานฝีมือ", title_en="Craft")
    other.save_revision().publish()
    page = read(client, "/courses/", topic="craft")
    assert [link["href"] for link in page.select(".course a")] == [f"/courses/{other.slug}/"]
    assert len(read(client, "/courses/").select(".course")) == 2


def test_the_courses_of_a_centre_are_for_its_own_people(client, somsri, fah, kham, wipha, ban_pua, write_course):
    local = write_course("ทอผ้าบ้านปัว", centre=ban_pua)
    address = f"/courses/{local.slug}/"
    assert client.get(address).status_code == 404
    assert not read(client, "/courses/").select(".course")
    for user, found in [(somsri, False), (fah, True), (kham, True), (wipha, True)]:
        client.force_login(user)
        assert client.get(address).status_code == (200 if found else 404)
        assert bool(read(client, "/courses/").select(".course")) == found
    client.force_login(fah)
    assert client.get("/").status_code == 200


def test_a_course_without_lessons_says_so(client, somsri, write_course):
    client.force_login(somsri)
    assert "กำลังเขียนบทเรียนอยู่" in read(client, f"/courses/{write_course(lessons=0).slug}/").text


def test_the_learning_book_keeps_what_was_finished_and_written(client, somsri, thongbai, workshop, learned):
    client.force_login(somsri)
    client.post(workshop.answers_url("reflection"), {"answer": "จะขายผ้าทอ"})
    client.post(workshop.answers_url("task"), {"done": ["0", "1"]})
    client.post(f"{workshop.url}finish/")
    page = read(client, "/notebook/").get_text(" ", strip=True)
    assert "จะขายผ้าทอ" in page
    assert "ท่านขายอะไร" in page
    assert "คิดทุนของเรา รอคนดูแลดู" in page
    assert "เรียนจบเมื่อ" in page
    client.force_login(thongbai)
    assert "จะขายผ้าทอ" not in client.get("/notebook/").text


def test_the_learning_book_outlives_the_course(client, somsri, course, learned):
    learned(somsri, lesson_of(course, 1), "finished")
    course.unpublish()
    client.force_login(somsri)
    page = read(client, "/notebook/")
    assert "บท 1.1" in page.get_text(" ", strip=True)
    assert not page.main.find("a", href=f"/courses/{course.slug}/lesson-1/")
    assert client.get("/").status_code == 200


def test_only_learners_have_a_learning_book(client, nok):
    assert client.get("/notebook/")["Location"] == "/"
    client.force_login(nok)
    assert client.get("/notebook/").status_code == 404


@pytest.fixture
def picture(db):
    """A drawing, as courses have them."""
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>'
    return Image.objects.create(title="ตะกร้า", file=ContentFile(drawing, "basket.svg"), width=8, height=8)


ROWS = {
    "/": lambda shown: len(shown["mine"]) + len(shown["others"]),
    "/courses/": lambda shown: shown["found"],
    "/notebook/": lambda shown: len(shown["chapters"]),
}


@pytest.mark.parametrize("address", ROWS)
def test_a_page_costs_the_same_queries_for_one_course_and_for_300(client, somsri, shelf, picture, address):
    client.force_login(somsri)

    def ask():
        return ROWS[address](client.get(address).context)

    def add_courses(count):
        courses = many_courses(shelf, count, lessons=2)
        begun(somsri, courses if address == "/notebook/" else courses[:-OTHERS_SHOWN])
        CoursePage.objects.update(picture=picture)

    begun(somsri, many_courses(shelf, 1, lessons=2))
    CoursePage.objects.update(picture=picture)
    assert queries_for_one_and_for_many(ask, add_courses) <= 11


def test_the_notebook_costs_the_same_queries_for_one_lesson_and_for_300(client, somsri, shelf):
    client.force_login(somsri)
    (course,) = many_courses(shelf, 1)
    begun(somsri, [course])

    def ask():
        (chapter,) = client.get("/notebook/").context["chapters"]
        return len(chapter["entries"])

    def add_lessons(count):
        many_lessons(course, count)
        Enrolment.objects.all().delete()
        LessonProgress.objects.all().delete()
        begun(somsri, [course])

    assert queries_for_one_and_for_many(ask, add_lessons) <= 11


def test_a_course_costs_the_same_queries_for_one_lesson_and_for_300(client, somsri, write_course):
    client.force_login(somsri)
    course = write_course(lessons=1)

    def ask():
        return len(client.get(f"/courses/{course.slug}/").context["rows"])

    assert queries_for_one_and_for_many(ask, partial(many_lessons, course)) <= 7
