"""The caretaker writes down what a learner, or their guardian, allows."""

import pytest

from lms.centres.consents import Guardian, Purpose, give
from lms.centres.models import AuditEntry, Consent

MOTHER = {"name": "แม่สมใจ", "relation": "mother", "how": "paper"}


@pytest.fixture
def ton(ban_nong_bua, learner_at):
    """ต้น, 14, at Ban Nong Bua."""
    return learner_at(ban_nong_bua, "ต้น", age_band="11-19")


def of(learner, page="consents"):
    return f"/desk/learners/{learner.pk}/{page}/"


def test_nothing_is_ticked_and_nothing_need_be(desk, somsri):
    html = desk.get(of(somsri)).content.decode()
    assert html.count('type="checkbox"') == 3
    assert not [line for line in html.splitlines() if 'type="checkbox"' in line and "checked" in line]
    assert desk.post(of(somsri) + "?new=1", {"how": "screen"})["Location"] == f"/desk/learners/{somsri.pk}/"
    assert not Consent.objects.exists()


def test_what_is_ticked_is_a_receipt_each(desk, somsri, nok):
    desk.post(of(somsri), {"allow": ["news", "calls"], "how": "voice"})
    receipts = Consent.objects.of(somsri).in_force()
    assert set(receipts.values_list("purpose", "how", "helped_by")) == {
        ("news", "voice", nok.pk),
        ("calls", "voice", nok.pk),
    }


def test_it_is_taken_back_with_one_press(desk, somsri, nok):
    give(somsri, Purpose.NEWS, by=somsri)
    assert 'name="withdraw" value="news"' in desk.get(of(somsri)).content.decode()
    desk.post(of(somsri), {"withdraw": "news"})
    receipt = Consent.objects.get()
    assert receipt.withdrawn_at
    assert receipt.withdrawal_helped_by == nok
    assert desk.post(of(somsri), {"withdraw": "news"}).status_code == 404


def test_extras_of_a_minor_lead_to_the_guardian_first(desk, ton):
    assert desk.post(of(ton), {"allow": "news", "how": "screen"})["Location"] == of(ton, "guardian")
    assert not Consent.objects.exists()
    desk.post(of(ton, "guardian"), MOTHER)
    desk.post(of(ton), {"allow": "news", "how": "screen"})
    receipt = Consent.objects.get(purpose="news")
    assert (receipt.guardian_name, receipt.guardian_relation) == ("แม่สมใจ", "mother")


def test_the_guardians_yes_is_taken_back_with_one_press_too(desk, ton):
    give(ton, Purpose.LEARNING, by=ton, guardian=Guardian("แม่สมใจ", "mother"))
    desk.post(of(ton), {"withdraw": "learning"})
    assert not Consent.objects.in_force().exists()


def test_a_guardian_who_is_not_here_is_asked_later(desk, ton):
    html = desk.get(of(ton, "guardian") + "?kind=pin").content.decode()
    assert f"/desk/learners/{ton.pk}/code/?kind=pin" in html


def test_the_guardians_yes_sent_twice_is_one_receipt(desk, ton):
    for _time in range(2):
        assert desk.post(of(ton, "guardian"), MOTHER).status_code == 302
    assert Consent.objects.count() == 1


def test_who_is_20_or_older_has_no_guardian(desk, somsri):
    assert desk.get(of(somsri, "guardian")).status_code == 404
    assert desk.post(of(somsri, "guardian"), MOTHER).status_code == 404


@pytest.mark.parametrize(
    "odd",
    [
        {"allow": "learning", "how": "screen"},
        {"allow": "x" * 5000, "how": "screen"},
        {"allow": "news"},
        {"allow": "news", "how": "\0"},
    ],
)
def test_an_odd_form_is_told_so_and_allows_nothing(desk, somsri, odd):
    assert desk.post(of(somsri), odd).status_code == 400
    assert not Consent.objects.exists()


@pytest.mark.parametrize("odd", [{"name": ""}, {"name": "a\0b"}, {"name": "x" * 121}, {"relation": "dog"}, {"how": ""}])
def test_an_odd_guardian_is_told_so(desk, ton, odd):
    assert desk.post(of(ton, "guardian"), MOTHER | odd).status_code == 400
    assert not Consent.objects.exists()


@pytest.mark.parametrize("odd", ["\0", "", "x" * 5000, "news"])
def test_what_was_never_allowed_cannot_be_taken_back(desk, somsri, odd):
    assert desk.post(of(somsri), {"withdraw": odd}).status_code == 404


def test_looking_is_in_the_audit_log_once_an_hour(desk, somsri, nok):
    for _time in range(2):
        desk.get(of(somsri))
    entry = AuditEntry.objects.get(action="looked")
    assert (entry.actor, entry.subject) == (nok.pk, somsri.pk)


def test_the_learners_page_says_what_is_missing(desk, ton):
    html = desk.get(f"/desk/learners/{ton.pk}/").content.decode()
    assert of(ton, "guardian") in html
    give(ton, Purpose.LEARNING, by=ton, guardian=Guardian("แม่สมใจ", "mother"))
    html = desk.get(f"/desk/learners/{ton.pk}/").content.decode()
    assert of(ton, "guardian") not in html
    assert of(ton) in html
