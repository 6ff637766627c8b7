"""What a learner's phone keeps: pages without anybody in them, for those who may open them, and the list of them."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document

from courses.models import CourseEdition, GroupSession, LearningEvent, LessonOutline
from lms.centres.models import Device
from lms.centres.signing_in import DEVICE_COOKIE
from tests.browser.answering import course as as_authors_write
from tests.counting import queries_for_one_and_for_many
from tests.courses.conftest import RIGHT_FORMS


@pytest.fixture
def client(client, somsri):
    client.force_login(somsri)
    return client


@pytest.fixture
def kept_lesson(workshop):
    workshop.course.group_activity = {"title": "เกมตลาดนัด", "steps": ["แจกเงินกระดาษ", "เปิดบัญชีดูพร้อมกัน"]}
    workshop.course.save()
    return f"/kept{workshop.url}"


def every_kept(workshop, kept_lesson):
    course = f"/kept/courses/{workshop.course.slug}/"
    together = f"/kept/together/{workshop.course.slug}/", f"{kept_lesson}together/"
    return ["/kept/", "/kept/none/", "/kept/together/", course, kept_lesson, *together]


def soup(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["X-Kept"] == "1"
    return BeautifulSoup(answer.content, "html.parser")


def test_kept_pages_say_so_and_no_other_page_does(client, workshop, kept_lesson):
    for address in every_kept(workshop, kept_lesson):
        for language in ("", "/en"):
            assert soup(client, language + address).body.has_attr("data-copy")
    for address in ("/", "/courses/", workshop.url, "/notebook/", "/kept/list/"):
        assert "X-Kept" not in client.get(address)


def test_nobody_is_in_a_kept_page(client, somsri, workshop, kept_lesson, opened):
    for kind in ("single_choice", "number"):
        opened.answer(kind, RIGHT_FORMS[kind])
    opened.answer("reflection", {"answer": "ป้าขายผ้าไหม"})
    client.post(f"{workshop.url}finish/")
    for address in every_kept(workshop, kept_lesson):
        answer = client.get(address)
        html = answer.content.decode()
        assert somsri.name not in html
        assert str(somsri.pk) not in html
        assert "csrf" not in html
        assert 'name="event"' not in html
        assert 'name="opened"' not in html
        assert "ป้าขายผ้าไหม" not in html
        assert "เรียนแล้ว" not in BeautifulSoup(html, "html.parser").get_text().replace("เรียนแล้วทำอะไรได้", "")
        assert not re.search(r'<input(?![^>]*name="mode")[^>]*checked', html)
        assert "Set-Cookie" not in answer.headers and not answer.cookies


def test_two_learners_get_the_same_page_to_the_letter(client, thongbai, kept_lesson):
    other = Client()
    other.force_login(thongbai)
    for address in (kept_lesson, f"{kept_lesson}together/"):
        assert other.get(address).content == client.get(address).content


def test_opening_a_page_to_keep_it_starts_nothing(client, kept_lesson):
    client.get(kept_lesson)
    client.get(f"{kept_lesson}together/")
    assert not GroupSession.objects.exists()
    assert not LearningEvent.objects.exists()
    assert client.get("/kept/list/").json()["courses"][0]["begun"] is False


def test_a_kept_lesson_asks_everything_and_carries_what_grades_it(client, workshop, kept_lesson):
    page = soup(client, kept_lesson)
    grading = json.loads(page.find(id="grading").string)
    outline = LessonOutline.objects.get(lesson=workshop.lesson.key).activities
    assert grading == outline
    assert {form["action"] for form in page.select("[data-activity] form")} == {
        workshop.answers_url(kind) for kind in workshop.ids
    }
    assert "ไม่มีใครเรียนในชื่อตัวเอง" not in page.get_text()


def test_the_grading_key_cannot_end_its_script(client, write_course):
    course = write_course(title="</script><b>x")
    lesson = course.lessons()[0]
    lesson.body[1].value["question"] = "</script><b>x"
    lesson.save_revision().publish()
    page = soup(client, f"/kept/courses/{course.slug}/{lesson.slug}/")
    assert page.find("b") is None
    assert len(json.loads(page.find(id="grading").string)) == 2


def test_what_a_learner_may_not_open_cannot_be_kept(client, write_course, ban_pua, ban_nong_bua):
    theirs, ours = write_course(centre=ban_pua), write_course(centre=ban_nong_bua)
    for course, status in ((theirs, 404), (ours, 200)):
        address = f"/kept/courses/{course.slug}/"
        assert client.get(address).status_code == status
        for kept in (f"{address}{course.lessons()[0].slug}/", f"{address}{course.lessons()[0].slug}/together/"):
            assert client.get(kept).status_code == status
    assert [row["url"] for row in client.get("/kept/list/").json()["courses"]] == [f"/courses/{ours.slug}/"]


def test_visitors_and_staff_keep_nothing_but_the_page_for_no_line(nok, workshop, kept_lesson):
    for user in (None, nok):
        browser = Client()
        if user:
            browser.force_login(user)
        for address in {"/kept/list/", *every_kept(workshop, kept_lesson)} - {"/kept/none/"}:
            assert browser.get(address).status_code == 404
        assert browser.get("/kept/none/").status_code == 200


def test_a_linked_phone_whose_learner_is_signed_out_is_not_told_to_throw_all_away(somsri, device, workshop):
    phone = Device.objects.create(centre_id=somsri.home.centre_id, owner_id=somsri.pk, name="มือถือ")
    browser = Client()
    browser.cookies[DEVICE_COOKIE] = phone.cookie
    assert browser.get("/kept/list/").status_code == 403
    phone.revoke()
    assert browser.get("/kept/list/").status_code == 404
    browser.cookies[DEVICE_COOKIE] = device.cookie
    assert browser.get("/kept/list/").status_code == 404


def test_the_list_says_what_there_is_in_order_and_what_was_begun(client, somsri, workshop, write_course, did):
    course = write_course()
    did(somsri, workshop.lesson, "started")
    found = {row["key"]: row for row in client.get("/kept/list/").json()["courses"]}
    assert found[str(workshop.course.key)]["begun"]
    row = found[str(course.key)]
    assert not row["begun"]
    assert (row["url"], row["kept"]) == (f"/courses/{course.slug}/", f"/kept/courses/{course.slug}/")
    assert row["together"] is None  # it has nothing for groups
    assert [(lesson["number"], lesson["kept"]) for lesson in row["lessons"]] == [
        (1, f"/kept/courses/{course.slug}/lesson-1/"),
        (2, f"/kept/courses/{course.slug}/lesson-2/"),
    ]


def test_what_a_course_has_for_groups_is_kept_and_weighed_with_it(client, course):
    [before] = client.get("/kept/list/").json()["courses"]
    assert client.get(f"/kept/together/{course.slug}/").status_code == 404
    course.group_activity = as_authors_write("03-community-enterprise")[0]["group_activity"]
    course.save()
    [after] = client.get("/kept/list/").json()["courses"]
    assert after["together"] == f"/kept/together/{course.slug}/"
    page = client.get(after["together"]).content
    assert all(step.split()[0] in page.decode() for step in course.group_activity["steps"])
    assert len(page) == pytest.approx(after["bytes"] - before["bytes"], rel=0.2)
    assert soup(client, f"/kept/courses/{course.slug}/").find(href=after["together"])


def test_addresses_and_titles_are_in_the_readers_language(client, hands_on):
    [course] = client.get("/en/kept/list/").json()["courses"]
    assert course["lessons"][0]["title"] == "Our costs"
    assert course["lessons"][0]["kept"] == "/en/kept/courses/hands-on/our-costs/"


def versions(client):
    [course] = client.get("/kept/list/").json()["courses"]
    return course["version"], [lesson["version"] for lesson in course["lessons"]]


def test_an_edited_lesson_has_another_version_and_so_has_its_course_but_no_other_lesson(client, course):
    before, (first, second) = versions(client)
    assert versions(client) == (before, [first, second])
    lesson = course.lessons()[0]
    lesson.title = "บทที่เปลี่ยนไป"
    lesson.save_revision().publish()
    cache.clear()
    after, (first_after, second_after) = versions(client)
    assert (after != before, first_after != first, second_after == second) == (True, True, True)


def test_a_new_release_of_the_site_is_a_new_version_of_everything(client, course, monkeypatch):
    before, lessons = versions(client)
    monkeypatch.setattr("courses.keeping.release", lambda: "another")
    after, lessons_after = versions(client)
    assert not {before, *lessons} & {after, *lessons_after}


def test_a_kept_lesson_says_the_version_that_the_list_says(client, course):
    _course, (first, _second) = versions(client)
    assert soup(client, f"/kept/courses/{course.slug}/lesson-1/").find(attrs={"data-version": first})


def test_sound_and_film_are_weighed_apart(client, course, django_capture_on_commit_callbacks):
    lesson, _other = course.lessons()
    sound = Document.objects.create(title="เสียง", file=ContentFile(b"x" * 5000, name="sound.mp3"), file_size=5000)
    lesson.body.append(("audio", {"file": sound, "transcript": "ฟัง"}))
    with django_capture_on_commit_callbacks(execute=True):  # what a page refers to is noted then
        lesson.save_revision().publish()
    [found] = client.get("/kept/list/").json()["courses"]
    assert [row["media_bytes"] for row in found["lessons"]] == [5000, 0]
    assert found["lessons"][0]["bytes"] == found["lessons"][1]["bytes"]


def test_the_list_asks_the_database_as_often_for_many_lessons_as_for_one(client, write_course):
    course = write_course(lessons=1)

    def ask():
        return len(client.get("/kept/list/").json()["courses"][0]["lessons"])

    def add(number):
        from courses.models import LessonPage

        for place in range(2, number + 2):
            course.add_child(instance=LessonPage(title=f"บท {place}", slug=f"lesson-{place}"))
        keys = [str(lesson.key) for lesson in course.lessons()]
        CourseEdition.objects.filter(course=course.key, until=None).update(lessons=keys)

    assert queries_for_one_and_for_many(ask, add) <= 12


def test_a_kept_lesson_costs_no_more_queries_than_the_lesson(
    client, workshop, kept_lesson, django_assert_max_num_queries
):
    client.get(kept_lesson)
    with django_assert_max_num_queries(3):
        client.get(kept_lesson)
