"""The register of requests: 30 days, an answer with a reason, and erasing as its last step."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lms.accounts.models import User
from lms.centres.models import AuditEntry, DataRequest
from tests.counting import queries_for_one_and_for_many

REGISTER = "/en/desk/requests/"


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


@pytest.fixture
def desk(nok):
    return browser_of(nok)


@pytest.fixture
def asked(ban_nong_bua):
    """asked(somsri, "copy", left=3): due in three days."""

    def make(learner, kind="copy", left=30, **fields):
        due = timezone.localdate() + timedelta(days=left)
        return DataRequest.objects.create(learner=learner, centre=ban_nong_bua, kind=kind, due_on=due, **fields)

    return make


def text(answer):
    return " ".join(answer.content.decode().split())


def test_open_ones_come_first_the_most_urgent_on_top(desk, somsri, thongbai, asked, nok):
    asked(somsri, "object").answer(nok, "done")
    asked(thongbai, "copy", left=5)
    asked(somsri, "correct", left=-3)
    html = text(desk.get(REGISTER))
    late, soon, done = html.index("3 days late"), html.index("5 days left"), html.index("stop using my data")
    assert late < soon < done


def test_a_request_is_late_only_from_the_day_after_its_last(somsri, asked):
    assert not asked(somsri, left=0).is_late
    assert asked(somsri, left=-1).is_late


def test_the_other_centres_requests_are_not_there(kham, somsri, asked):
    asked(somsri)
    assert somsri.name not in text(browser_of(kham).get(REGISTER))


def test_a_helper_finds_no_register(thongbai, ban_nong_bua, somsri, asked):
    ban_nong_bua.memberships.create(user=thongbai, role="helper")
    helper, request = browser_of(thongbai), asked(somsri)
    for url in (REGISTER, f"{REGISTER}{request.pk}/", f"/desk/learners/{somsri.pk}/erase/"):
        assert helper.get(url).status_code == 404
    assert helper.post(f"/desk/learners/{somsri.pk}/erase/", {"sure": "1"}).status_code == 404


def test_the_list_costs_the_same_for_many(desk, somsri, asked):
    def add(number):
        for _n in range(number):
            asked(somsri)

    add(1)
    ask = lambda: text(desk.get(REGISTER)).count("a copy of my data</a>")  # noqa: E731
    assert queries_for_one_and_for_many(ask, add, shown=50) < 16


def test_a_spoken_request_is_written_down_from_the_day_it_was_made(desk, somsri, nok):
    day = timezone.localdate() - timedelta(days=10)
    form = {"kind": "copy", "how": "voice", "words": "ขอดู", "asked_on": day.isoformat()}
    for _twice in range(2):
        assert desk.post(f"/desk/learners/{somsri.pk}/request/", form).status_code == 302
    written = DataRequest.objects.get()
    assert (written.taken_by, written.due_on, written.how) == (nok, day + timedelta(days=30), "voice")
    assert AuditEntry.objects.filter(action="request", subject=somsri.pk).count() == 1


@pytest.mark.parametrize(
    "wrong", [{"asked_on": "2999-01-01"}, {"asked_on": "1990-01-01"}, {"kind": "all"}, {"how": "x"}]
)
def test_what_cannot_be_is_not_written_down(desk, somsri, wrong):
    form = {"kind": "copy", "how": "voice", "words": "พิมพ์ไว้", "asked_on": timezone.localdate().isoformat()} | wrong
    answer = desk.post(f"/desk/learners/{somsri.pk}/request/", form)
    assert answer.status_code == 400
    assert "พิมพ์ไว้" in text(answer)


def test_refusing_needs_a_reason_which_the_learner_reads(desk, somsri, asked):
    url = f"{REGISTER}{asked(somsri).pk}/"
    answer = desk.post(url, {"outcome": "refused", "reason": " "})
    assert answer.status_code == 400
    assert "Say why it is not done." in text(answer)
    assert desk.post(url, {"outcome": "refused", "reason": "ได้ไปแล้วเมื่อวาน"}).status_code == 302
    assert "ได้ไปแล้วเมื่อวาน" in text(browser_of(somsri).get("/my-data/"))


def test_answering_twice_keeps_the_first_answer(desk, somsri, asked):
    request = asked(somsri)
    desk.post(f"{REGISTER}{request.pk}/", {"outcome": "done"})
    desk.post(f"{REGISTER}{request.pk}/", {"outcome": "refused", "reason": "ไม่"})
    request.refresh_from_db()
    assert request.outcome == "done"
    assert AuditEntry.objects.filter(action="request").count() == 1


def test_erased_is_not_said_by_hand(desk, somsri, asked):
    request = asked(somsri, "erase")
    assert desk.post(f"{REGISTER}{request.pk}/", {"outcome": "done"}).status_code == 400
    assert f"/desk/learners/{somsri.pk}/erase/" in text(desk.get(f"/desk/requests/{request.pk}/"))


def test_erasing_wants_a_tick_and_answers_the_request(desk, somsri, asked):
    request, url = asked(somsri, "erase"), f"/en/desk/learners/{somsri.pk}/erase/"
    assert "This goes, for ever" in text(desk.get(url))
    assert desk.post(url).status_code == 400
    assert User.objects.filter(pk=somsri.pk).exists()
    assert desk.post(url, {"sure": "1"}).status_code == 302
    assert not User.objects.filter(pk=somsri.pk).exists()
    assert desk.post(url, {"sure": "1"}).status_code == 302  # a second click
    request.refresh_from_db()
    assert (request.outcome, request.learner) == ("done", None)
    assert "Somebody who is erased" in text(desk.get(REGISTER))


def test_only_the_caretaker_of_the_centre_erases(ek, kham, wipha, somsri):
    for person in (ek, kham, wipha, somsri):
        answer = browser_of(person).post(f"/desk/learners/{somsri.pk}/erase/", {"sure": "1"})
        assert answer.status_code == 404
    assert User.objects.filter(pk=somsri.pk).exists()


def test_who_works_for_the_network_is_not_erased_and_it_says_what_to_do(desk, somsri, ban_pua):
    ban_pua.appoint_caretaker(somsri)
    answer = desk.post(f"/en/desk/learners/{somsri.pk}/erase/", {"sure": "1"})
    assert answer.status_code == 409
    assert "Let their role be ended" in text(answer)
    assert User.objects.filter(pk=somsri.pk).exists()


def test_the_ministry_sees_the_clock_and_no_names(wipha, somsri, thongbai, asked, nok):
    asked(somsri, "copy", left=-2, words="ความลับของป้า")
    asked(thongbai, "erase", left=9)
    asked(somsri, "object").answer(nok, "refused", "เหตุผลลับ")
    ministry = browser_of(wipha)
    everything, late = (
        text(ministry.get("/en/ministry/requests/")),
        text(ministry.get("/en/ministry/requests/?show=late")),
    )
    for hidden in (somsri.name, thongbai.name, "ความลับของป้า", "เหตุผลลับ", str(somsri.pk)):
        assert hidden not in everything
    assert "9 days left" in everything and "TH-32-0001" in everything
    assert "2 days late" in late and "9 days left" not in late


def test_the_ministrys_list_costs_the_same_for_many(wipha, somsri, asked):
    def add(number):
        for _n in range(number):
            asked(somsri)

    add(1)
    ministry = browser_of(wipha)
    ask = lambda: text(ministry.get("/en/ministry/requests/")).count("30 days left")  # noqa: E731
    assert queries_for_one_and_for_many(ask, add, shown=50) < 14
