"""A learner helps at their centre for some time: they look at tasks there, and see nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from courses.models import LearningEvent
from lms.accounts.ids import uuid7
from lms.centres.models import AuditEntry, Membership

TASKS = "/desk/tasks/"


@pytest.fixture
def ton(ban_nong_bua, learner_at):
    """น้องต้น, who learns at Ban Nong Bua and likes to help."""
    return learner_at(ban_nong_bua, "น้องต้น", age_band="11-19")


@pytest.fixture
def helping(ton, ban_nong_bua):
    """น้องต้น's browser, as a helper from yesterday until tomorrow."""
    days = {"started_on": day(-1), "ended_on": day(1)}
    ton.memberships.create(centre=ban_nong_bua, role="helper", **days)
    browser = Client()
    browser.force_login(ton)
    return browser


def day(ahead):
    return timezone.localdate() + timedelta(days=ahead)


def days(first, last):
    return {"started_on": day(first).isoformat(), "ended_on": day(last).isoformat()}


def url_of(learner, lesson):
    return f"{TASKS}{learner.pk}/{lesson.body[1].id}/"


def form():
    return {"event": str(uuid7()), "done": ["0", "1", "2"]}


def role_url(learner):
    return f"/desk/learners/{learner.pk}/helper/"


def test_a_caretaker_makes_a_learner_a_helper_for_some_time(desk, nok, ton, ban_nong_bua):
    answer = desk.post(role_url(ton), days(0, 30))
    assert answer["Location"] == f"/desk/learners/{ton.pk}/"
    role = Membership.objects.get(user=ton)
    assert (role.role, role.centre, role.started_on, role.ended_on) == ("helper", ban_nong_bua, day(0), day(30))
    assert "เลิกเป็นอาสา" in desk.get(answer["Location"]).text
    entry = AuditEntry.objects.get(action="helper")
    assert (entry.actor, entry.subject, entry.centre) == (nok.pk, ton.pk, ban_nong_bua)


def test_the_same_form_twice_makes_one_helper(desk, ton):
    for _ in range(2):
        assert desk.post(role_url(ton), days(0, 30)).status_code == 302
    assert Membership.objects.filter(role="helper").count() == AuditEntry.objects.filter(action="helper").count() == 1


def test_other_days_must_wait_until_the_first_are_ended(desk, ton):
    desk.post(role_url(ton), days(0, 30))
    answer = desk.post(role_url(ton), days(0, 60))
    assert answer.status_code == 400
    assert "เป็นอาสาอยู่แล้ว" in answer.content.decode()
    desk.post(role_url(ton), {"end": "1"})
    assert desk.post(role_url(ton), days(0, 60)).status_code == 302


@pytest.mark.parametrize("first,last", [(-1, 5), (0, 400), (5, 4), (0, -1)])
def test_days_that_cannot_be_are_told_so(desk, ton, first, last):
    answer = desk.post(role_url(ton), days(first, last))
    assert answer.status_code == 400
    assert day(last).isoformat() in answer.content.decode()  # what was typed stays
    assert not Membership.objects.filter(role="helper").exists()


@pytest.mark.parametrize("odd", [{}, {"started_on": "x", "ended_on": "\0"}, {"started_on": "9" * 5000}])
def test_an_odd_form_is_told_so(desk, ton, odd):
    assert desk.post(role_url(ton), odd).status_code == 400


def test_a_helper_sees_the_tasks_that_wait_at_their_centre(helping, somsri, fah, hands_on, did):
    did(somsri, hands_on, "task", [0, 1, 2])
    did(fah, hands_on, "task", [0, 1, 2])
    page = helping.get(TASKS)
    assert [task.name for task in page.context["tasks"]] == [somsri.name]
    html = page.content.decode()
    for address in ('"/desk/"', '"/desk/learners/"', '"/desk/more/"', "/desk/learners/"):
        assert address not in html
    assert "งานรอตรวจ" in helping.get("/").text


def test_a_helper_checks_and_is_named_as_the_one_who_did(helping, ton, somsri, hands_on, did):
    did(somsri, hands_on, "task", [0, 1, 2])
    assert helping.get(url_of(somsri, hands_on)).status_code == 200
    assert helping.post(url_of(somsri, hands_on), form()).status_code == 302
    event = LearningEvent.objects.get(verb="checked")
    assert (event.recorder_id, event.correct) == (ton.pk, True)


def test_a_helper_corrects_what_they_said_and_not_what_another_said(helping, nok, somsri, hands_on, did):
    did(somsri, hands_on, "task", [0, 1, 2], ago=5)
    helping.post(url_of(somsri, hands_on), form())
    assert helping.get(url_of(somsri, hands_on)).status_code == 200
    did(somsri, hands_on, "task", {"done": [0]}, by=nok, verb="checked")
    assert helping.get(url_of(somsri, hands_on)).status_code == 404
    assert helping.post(url_of(somsri, hands_on), form() | {"reason": "x"}).status_code == 404


def test_a_helper_sees_what_was_looked_at_no_more(helping, nok, somsri, hands_on, did):
    did(somsri, hands_on, "task", [0, 1, 2], ago=5)
    did(somsri, hands_on, "task", {"done": [0]}, by=nok, verb="checked")
    assert helping.get(TASKS, {"state": "checked"}).context["tasks"] == []


def test_a_helper_never_checks_their_own_nor_those_of_another_centre(helping, ton, fah, hands_on, did):
    for learner in (ton, fah):
        did(learner, hands_on, "task", [0, 1, 2])
        assert helping.get(url_of(learner, hands_on)).status_code == 404
        assert helping.post(url_of(learner, hands_on), form()).status_code == 404
    assert helping.get(TASKS).context["tasks"] == []
    assert not LearningEvent.objects.filter(verb="checked").exists()


def test_a_helper_finds_nothing_else_of_the_desk(helping, somsri, hands_on, did, set_code, device):
    did(somsri, hands_on, "task", [0, 1, 2])
    set_code(somsri, "fish-lotus-mango")
    own = f"/desk/learners/{somsri.pk}/"
    for url in ("/desk/", "/desk/help/", "/desk/grid/", "/desk/learners/", "/desk/more/", "/desk/devices/", own):
        assert helping.get(url).status_code == 404, url
    for url in ("code/", f"lessons/{hands_on.key}/"):
        assert helping.get(own + url).status_code == 404, url
    for url in ("code/", "helper/"):
        assert helping.post(own + url, days(0, 3) | {"unlock": "1"}).status_code == 404, url
    for address in ("learners", "needs", "tasks"):
        rows = helping.get(f"/api/v1/{address}/").json()["results"]
        assert somsri.name not in [row["name"] for row in rows]


@pytest.mark.parametrize("first,last", [(-9, -1), (1, 9)])
def test_an_ended_or_future_helper_finds_nothing(ton, ban_nong_bua, somsri, hands_on, did, first, last):
    ton.memberships.create(centre=ban_nong_bua, role="helper", started_on=day(first), ended_on=day(last))
    did(somsri, hands_on, "task", [0, 1, 2])
    browser = Client()
    browser.force_login(ton)
    assert browser.get(TASKS).status_code == browser.get(url_of(somsri, hands_on)).status_code == 404
    assert browser.post(url_of(somsri, hands_on), form()).status_code == 404
    assert "/desk/" not in browser.get("/").text


def test_ending_it_works_at_once_and_keeps_what_they_did(desk, helping, ton, somsri, thongbai, hands_on, did):
    for learner in (somsri, thongbai):
        did(learner, hands_on, "task", [0, 1, 2])
    helping.post(url_of(somsri, hands_on), form())
    assert desk.post(role_url(ton), {"end": "1"}).status_code == 302
    assert helping.get(TASKS).status_code == 404
    assert helping.post(url_of(thongbai, hands_on), form()).status_code == 404
    assert LearningEvent.objects.get(verb="checked").recorder_id == ton.pk
    assert Membership.objects.get(user=ton).ended_on == day(-1)


def test_what_had_not_begun_before_today_leaves_nothing_in_force(desk, ton):
    desk.post(role_url(ton), days(0, 3))
    desk.post(role_url(ton), {"end": "1"})
    assert not Membership.objects.in_force().filter(user=ton).exists()
    assert AuditEntry.objects.filter(action="helper").count() == 2


def test_nobody_but_the_caretaker_makes_helpers(client, kham, ek, somsri, ton):
    for person in (kham, ek, somsri, ton):
        client.force_login(person)
        assert client.post(role_url(ton), days(0, 3)).status_code == 404
    assert not Membership.objects.filter(role="helper").exists()
