"""A group begins without a line on a page that was open: what it fetched, what is told later."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from courses.models import CoursePage, GroupMember, GroupSession, LearningEvent, Topic
from lms.accounts import tries
from lms.accounts.ids import uuid7
from lms.accounts.models import WrongTry
from lms.centres.models import Device
from lms.centres.outbox import NO_DEVICE
from tests.courses.boxes import box_of
from tests.courses.test_group_beginnings import CODE, WRONG, came, facts_of, learned, turned_away_from

ACTIVITY = {"title": "เกมตลาดนัด", "steps": ["แจกเงินกระดาษ", "เปิดบัญชีดูพร้อมกัน"]}


@pytest.fixture
def course(course):
    course.group_activity = ACTIVITY
    course.save()
    return course


@pytest.fixture
def lesson(course):
    return course.lessons()[0]


@pytest.fixture
def thongbai(thongbai, set_code):
    set_code(thongbai, CODE)
    return thongbai


@pytest.fixture
def noks(nok):
    """Her browser, in which she signed in by password."""
    return browser_of(nok)


@pytest.fixture
def helper(learner_at, ban_nong_bua):
    """พี่อ้อย, who learns at Ban Nong Bua and helps there."""
    helper = learner_at(ban_nong_bua, "พี่อ้อย")
    ban_nong_bua.memberships.create(user=helper, role="helper", started_on="2020-01-01")
    return helper


@pytest.fixture
def tell(noks, nok):
    """Hand in these moves of Nok's browser: the status of each that has one."""
    return lambda *moves: told(noks, nok, NO_DEVICE, moves)


@pytest.fixture
def begun(nok, course, ban_nong_bua):
    return facts_of(uuid7(), nok.pk, "begun", 9, course=str(course.key), led_at=ban_nong_bua.code)


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def told(browser, person, place, moves):
    boxes = [box_of(person, place, facts) for facts in moves]
    answer = browser.post("/outbox/", {"boxes": boxes}, content_type="application/json")
    statuses = {verdict["id"]: verdict["status"] for verdict in answer.json()["verdicts"]}
    return [statuses.get(facts["id"]) for facts in moves]


def pages(course, lesson):
    new = "/together/new/"
    of_course, of_lesson = f"course={course.key}", f"lesson={lesson.key}"
    first = [(f"/courses/{course.slug}/", of_course), (f"/courses/{course.slug}/{lesson.slug}/", of_lesson)]
    return [*first, (f"{new}?{of_course}", of_course), (f"{new}?{of_lesson}", of_lesson)]


def ahead_in(browser, address):
    """Where that page fetches ahead from, or None."""
    page = BeautifulSoup(browser.get(address).content, "html.parser")
    place = page.find(attrs={"data-ahead": True})
    assert bool(place) == bool(page.find("script", src=lambda src: src and "together/later" in src))
    return place and place["data-ahead"]


def test_the_pages_of_whoever_may_lead_fetch_ahead(
    nok, helper, somsri, course, lesson, thongbai, ban_nong_bua, ban_pua
):
    ban_pua.appoint_caretaker(nok, started_on="2020-01-01")
    for person in (nok, helper, somsri):
        browser = browser_of(person)
        for address, asked in pages(course, lesson):
            found = ahead_in(browser, address)
            assert f"/together/ahead/?{asked}" in found
            html = browser.get(found).content.decode()
            assert f'data-learner="{person.pk}"' in html
            assert f'"led_at": "{ban_nong_bua.code}"' in html
            assert "แจกเงินกระดาษ" in html if "course" in asked else "ป้าแดงทำกล้วยตากขาย" in html
    elsewhere = ahead_in(browser_of(nok), f"/together/new/?course={course.key}&centre={ban_pua.code}")
    assert f'"led_at": "{ban_pua.code}"' in browser_of(nok).get(elsewhere).content.decode()


def test_the_pages_of_others_and_of_own_phones_do_not(helper, ek, wipha, device, sits_at, course, lesson):
    phone = sits_at(helper, device)
    Device.objects.update(owner=helper)  # a phone of her own, which keeps pages for it
    session = phone.session
    session.pop("seen")
    session.save()
    for browser in (phone, Client(), *map(browser_of, (ek, wipha))):
        for address, _asked in pages(course, lesson):
            assert ahead_in(browser, address) is None


def test_who_may_not_lead_there_is_given_nothing(
    somsri, nok, kham, helper, ek, wipha, admin_user, course, lesson, ban_nong_bua, ban_pua, write_course
):
    theirs = write_course(centre=ban_pua)
    for asked in (f"course={course.key}", f"lesson={lesson.key}"):
        address = f"/together/ahead/?{asked}"
        for person, status in ((nok, 200), (helper, 200), (kham, 200), (somsri, 200), (ek, 404), (wipha, 404)):
            assert browser_of(person).get(address).status_code == status, person
        assert Client().get(address).status_code == browser_of(admin_user).get(address).status_code == 404
        assert browser_of(kham).get(f"{address}&centre={ban_nong_bua.code}").status_code == 404
        assert browser_of(somsri).get(f"{address}&centre={ban_pua.code}").status_code == 404
    for odd in ("", "course=x", f"course={uuid7()}", f"lesson={theirs.lessons()[0].key}", "lesson=\0&centre=\0"):
        assert browser_of(nok).get(f"/together/ahead/?{odd}").status_code == 404, odd


def test_nobody_is_in_what_is_fetched_and_no_browser_stores_it(noks, nok, somsri, thongbai, course, lesson):
    for asked in (f"course={course.key}", f"lesson={lesson.key}"):
        answer = noks.get(f"/together/ahead/?{asked}")
        assert "no-store" in answer["Cache-Control"].split(", ")
        for person in (nok, somsri, thongbai):
            assert person.name not in answer.content.decode()
    assert not GroupSession.objects.exists()


def test_a_caretaker_leads_without_being_there_and_who_came_was(tell, begun, nok, thongbai, course, ban_nong_bua):
    coming = came(begun)
    for _twice in range(2):
        assert set(tell(coming, begun)) <= {"accepted", "duplicate"}
        session = GroupSession.objects.get()
        assert (str(session.pk), session.facilitator_id) == (begun["session"], nok.pk)
        assert (session.course, session.lesson, session.centre_id) == (course.key, None, ban_nong_bua.pk)
        assert [row.learner_id for row in GroupMember.objects.all()] == [thongbai.pk]
    assert not LearningEvent.objects.exists()  # of a group activity it counts that they were there


def test_what_is_answered_on_a_lesson_is_theirs_who_came(tell, begun, thongbai, lesson):
    begun = begun | {"course": None, "lesson": str(lesson.key)}
    coming = came(begun)
    tell(learned(begun, coming["learner"], lesson), coming, begun)
    answered = LearningEvent.objects.filter(verb="answered").values_list("learner", flat=True)
    assert list(answered) == [thongbai.pk]


@pytest.mark.parametrize("who", ["helper", "somsri"])
def test_who_leads_and_learns_there_is_the_first_who_is_there(request, who, device, sits_at, course, ban_nong_bua):
    leader = request.getfixturevalue(who)
    begun = facts_of(uuid7(), leader.pk, "begun", 9, course=str(course.key), led_at=ban_nong_bua.code)
    assert told(sits_at(leader, device), leader, device.pk, [begun]) == ["accepted"]
    assert GroupSession.objects.get().device_id == device.pk
    assert GroupMember.objects.get().learner_id == leader.pk


def test_it_begins_only_where_they_lead_and_with_what_is_offered_there(tell, begun, ban_pua, write_course, course):
    theirs = write_course(centre=ban_pua)
    for other in (
        {"led_at": ban_pua.code},
        {"led_at": ""},  # she has no home
        {"led_at": "TH-00-0000"},
        {"led_at": "\0"},
        {"course": str(theirs.key)},
        {"course": str(uuid7())},
        {"course": None},
    ):
        assert tell(begun | other) == ["rejected"], other
    assert not GroupSession.objects.exists()
    assert tell(begun, begun | {"id": str(uuid7()), "course": str(theirs.key)}) == ["accepted", "rejected"]
    assert GroupSession.objects.get().course == course.key


def test_an_activity_that_was_taken_back_meanwhile_still_counts(tell, begun, course):
    course.group_activity = None
    course.save()
    course.unpublish()
    assert tell(begun) == ["accepted"]


def test_a_draft_is_nobodys_to_begin(tell, begun, shelf):
    draft = CoursePage(title="ร่าง", slug="draft", live=False, group_activity=ACTIVITY, topic=Topic.objects.get())
    shelf.add_child(instance=draft)
    assert tell(begun | {"course": str(draft.key)}) == ["rejected"]


def test_guesses_in_a_browser_that_is_no_device_are_counted_against_who_leads(tell, begun, nok, thongbai, settings):
    tell(begun, came(begun, code=WRONG), came(begun, "ไม่มีใคร", minutes=7))
    place = f"group:{nok.pk}"
    assert WrongTry.objects.filter(subject=place).count() == 2
    assert WrongTry.objects.filter(subject=f"code:{thongbai.pk}").count() == 1
    for _try in range(settings.SALA_DEVICE_TRIES):
        tries.note(place)
    assert tell(came(begun, minutes=6)) == [None]  # to be told once more later
    assert not GroupMember.objects.exists()
    assert set(turned_away_from(begun)) == {"NOBODY"}


def test_who_was_a_caretaker_when_the_line_went_and_is_none_now_leads_nothing(tell, begun, nok):
    nok.memberships.update(ended_on=timezone.localdate() - timedelta(days=1))
    assert tell(begun) == ["rejected"]
