"""An officer opens one person's record: only for a reason that is written down, and for half an hour."""

import time

import pytest
from django.test import Client

from courses.certificates import certificate_of
from courses.models import Enrolment
from lms.accounts.models import User
from lms.centres.cards import card_of
from lms.centres.models import AuditEntry

FIND = "/ministry/people/"
WHY = {"reason": "why-figures", "words": "ตัวเลขบทเรียนดูไม่ตรงกับสมุด"}


@pytest.fixture
def officer(wipha):
    browser = Client()
    browser.force_login(wipha)
    return browser


def by_name(learner):
    return WHY | {"centre": learner.home.centre.code, "name": learner.name}


def test_without_a_reason_nothing_opens_and_nobody_is_found(officer, somsri):
    for missing in ({"reason": ""}, {"words": ""}, {"words": "ดู"}, {"reason": "why-not"}, {"words": "ก" * 151}):
        answer = officer.post(FIND, by_name(somsri) | missing)
        assert answer.status_code == 400
    assert officer.get(f"{FIND}{somsri.pk}/").status_code == 404
    assert not AuditEntry.objects.exists()


def test_with_a_reason_the_page_opens_and_the_log_has_it(officer, somsri, wipha, hands_on, did):
    did(somsri, hands_on, "finished")
    answer = officer.post(FIND, by_name(somsri))
    assert answer["Location"] == f"{FIND}{somsri.pk}/"
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.action, entry.subject) == (wipha.pk, "opened", somsri.pk)
    assert entry.centre_id == somsri.home.centre_id
    html = officer.get(answer["Location"]).content.decode()
    assert "ป้าสมศรี" in html and "ทุนของเรา" in html.replace("\u200b", "").replace("<wbr>", "")
    assert "/desk/learners/" not in html  # nothing to change, and no code


def test_the_caretaker_and_the_learner_read_who_opened_it_and_why(officer, nok, somsri, device, sits_at):
    officer.post(FIND, by_name(somsri))
    desk = Client()
    desk.force_login(nok)
    pages = [desk.get("/desk/audit/"), sits_at(somsri, device).get("/my-data/"), officer.get("/ministry/audit/")]
    for page in pages:
        assert WHY["words"] in page.content.decode()
    assert "คุณวิภา" in pages[0].content.decode() and "คุณวิภา" in pages[1].content.decode()


def test_only_this_person_opens_in_this_session_for_half_an_hour(officer, somsri, thongbai, wipha, monkeypatch):
    officer.post(FIND, by_name(somsri))
    elsewhere = Client()
    elsewhere.force_login(wipha)
    assert officer.get(f"{FIND}{somsri.pk}/").status_code == 200
    assert officer.get(f"{FIND}{thongbai.pk}/").status_code == 404
    assert elsewhere.get(f"{FIND}{somsri.pk}/").status_code == 404
    assert officer.get(f"/api/v1/learners/{somsri.pk}/").status_code == 404
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 30 * 60 + 1)
    assert officer.get(f"{FIND}{somsri.pk}/").status_code == 404


def test_the_officer_may_close_it_before(officer, somsri):
    officer.post(FIND, by_name(somsri))
    assert officer.post(f"{FIND}{somsri.pk}/")["Location"] == FIND
    assert officer.get(f"{FIND}{somsri.pk}/").status_code == 404


def test_who_is_no_officer_any_more_finds_nothing(officer, somsri, wipha):
    officer.post(FIND, by_name(somsri))
    wipha.ministry_posts.all().delete()
    assert officer.get(f"{FIND}{somsri.pk}/").status_code == 404


def test_a_superuser_gives_a_reason_too(somsri):
    browser = Client()
    browser.force_login(User.objects.create_superuser("root", "password-of-root"))
    assert browser.get(f"{FIND}{somsri.pk}/").status_code == 404
    browser.post(FIND, by_name(somsri))
    assert browser.get(f"{FIND}{somsri.pk}/").status_code == 200
    assert AuditEntry.objects.filter(action="opened").count() == 1


def test_a_certificates_number_or_a_scanned_card_finds_its_owner(officer, somsri, hands_on, did):
    did(somsri, hands_on, "task", [0, 1, 2])
    did(somsri, hands_on, "finished")
    number = certificate_of(Enrolment.objects.completed().get()).number
    for given in (number, f" {number.lower()} ", f"https://sala.example/card/{card_of(somsri)}/"):
        assert officer.post(FIND, WHY | {"number": given})["Location"] == f"{FIND}{somsri.pk}/"
    for wrong in (f"{number}0", "x" * 300, "card/AAAAAAAAAAAAAAAAAAAAAA:x"):
        assert officer.post(FIND, WHY | {"number": wrong}).status_code == 400


@pytest.mark.parametrize("asked", [{}, {"centre": "TH-32-0001"}, {"name": "ป้าสมศรี"}, {"name": "\0", "centre": "x"}])
def test_half_an_answer_asks_for_the_rest(officer, somsri, asked):
    assert officer.post(FIND, WHY | asked).status_code == 400


def test_a_part_of_a_name_finds_nobody_and_the_guess_is_noted(officer, somsri):
    for guess in ("สมศรี", "ป้า", "ป้าสมศรีไกล"):
        assert officer.post(FIND, by_name(somsri) | {"name": guess}).status_code == 400
    assert officer.post(FIND, by_name(somsri) | {"centre": "TH-00-0000"}).status_code == 400
    assert set(AuditEntry.objects.values_list("action", "detail")) == {("listed", "record")}


def test_of_two_with_one_name_the_family_name_tells(officer, somsri, ban_nong_bua, learner_at):
    other = learner_at(ban_nong_bua, "ป้าสมศรี", family_name="ใจดี")
    assert officer.post(FIND, by_name(somsri)).status_code == 400
    answer = officer.post(FIND, by_name(somsri) | {"name": "ป้าสมศรี ใจดี"})
    assert answer["Location"] == f"{FIND}{other.pk}/"


def test_a_reason_names_nobody(officer, somsri):
    answer = officer.post(FIND, by_name(somsri) | {"words": "ดูให้ ป้าสมศรี เพราะขอมา"})
    assert answer.status_code == 400
    assert not AuditEntry.objects.filter(action="opened").exists()
