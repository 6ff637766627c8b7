"""What learners and their guardians allow: receipts that are given and taken back."""

import pytest
from django.utils import translation

from lms.centres.consents import Guardian, GuardianNeeded, How, Purpose, give, withdraw
from lms.centres.models import AuditEntry, Consent, Learner
from lms.centres.notice import VERSION

MOTHER = Guardian("แม่สมใจ", "แม่")


def try_code(machine, door):
    return machine.post(door, {"picture": ["fish", "lotus", "mango"]}).status_code


@pytest.fixture
def nid(ban_nong_bua, learner_at):
    """น้องนิด, 9, at Ban Nong Bua."""
    return learner_at(ban_nong_bua, "น้องนิด", age_band="0-10")


@pytest.fixture
def allow():
    """A receipt in force: allow(nid), allow(somsri, Purpose.NEWS)."""

    def make(learner, purpose=Purpose.LEARNING, **more):
        return Consent.objects.create(
            learner=learner, purpose=purpose, version="2026-11", language="th", how="paper", **more
        )

    return make


def test_those_under_20_wait_until_a_guardian_allows_them_to_learn(ban_nong_bua, somsri, nid, fah, learner_at, allow):
    ton = learner_at(ban_nong_bua, "ต้น", age_band="11-19")
    waiting = Learner.objects.at(ban_nong_bua).active().waiting_for_guardian()
    assert set(waiting) == {nid, ton}
    allow(nid, Purpose.NEWS)
    receipt = allow(nid)
    assert set(waiting.all()) == {ton}
    receipt.withdraw()
    assert set(waiting.all()) == {nid, ton}


def test_a_receipt_says_what_was_read_how_and_who_helped(somsri, nok):
    receipt = give(somsri, Purpose.NEWS, by=nok, how=How.VOICE)
    assert (receipt.version, receipt.language, receipt.how, receipt.helped_by) == (VERSION, "th", "voice", nok)
    assert give(somsri, Purpose.CALLS, by=somsri).helped_by is None
    with translation.override("en"):
        assert give(somsri, Purpose.PUBLICITY, by=somsri).language == "en"


def test_allowing_twice_keeps_the_first_receipt_and_again_after_withdrawing_makes_a_new_one(somsri):
    first = give(somsri, Purpose.NEWS, by=somsri)
    assert give(somsri, Purpose.NEWS, by=somsri) == first
    withdraw(first, by=somsri)
    second = give(somsri, Purpose.NEWS, by=somsri)
    assert second != first
    first.refresh_from_db()
    assert first.withdrawn_at
    assert list(Consent.objects.of(somsri).in_force()) == [second]


def test_withdrawing_twice_keeps_the_first_moment(somsri, nok):
    receipt = give(somsri, Purpose.NEWS, by=somsri)
    withdraw(receipt, by=nok, how=How.PAPER)
    moment = receipt.withdrawn_at
    withdraw(receipt, by=somsri)
    assert (receipt.withdrawn_at, receipt.withdrawn_how, receipt.withdrawal_helped_by) == (moment, "paper", nok)
    assert AuditEntry.objects.filter(action="withdrawn").count() == 1


def test_a_receipt_is_never_changed(somsri):
    receipt = give(somsri, Purpose.NEWS, by=somsri)
    receipt.purpose = Purpose.CALLS
    with pytest.raises(ValueError, match="not changed"):
        receipt.save()


def test_giving_and_withdrawing_are_in_the_audit_log(somsri, nok, ban_nong_bua):
    withdraw(give(somsri, Purpose.NEWS, by=nok), by=somsri)
    entries = AuditEntry.objects.order_by("id").values_list("action", "actor", "subject", "centre", "detail")
    assert list(entries) == [
        ("consent", nok.pk, somsri.pk, ban_nong_bua.pk, "news"),
        ("withdrawn", somsri.pk, somsri.pk, ban_nong_bua.pk, "news"),
    ]


def test_learning_is_allowed_by_a_guardian_only(nid, nok):
    with pytest.raises(GuardianNeeded):
        give(nid, Purpose.LEARNING, by=nok)


def test_extras_of_somebody_under_20_are_allowed_by_the_guardian_who_lets_them_learn(nid, fah, nok):
    for child in (nid, fah):
        with pytest.raises(GuardianNeeded):
            give(child, Purpose.NEWS, by=child)
    give(nid, Purpose.LEARNING, by=nok, how=How.PAPER, guardian=MOTHER)
    receipt = give(nid, Purpose.NEWS, by=nok)
    assert (receipt.guardian_name, receipt.guardian_relation) == MOTHER


def test_a_child_comes_in_only_while_a_guardian_allows_it(device, machine, nid, nok, set_code):
    set_code(nid, "fish-lotus-mango")
    door = f"/who/{nid.pk}/"
    assert nid.name in machine.get("/who/").content.decode()
    assert "พ่อแม่" in machine.get(door).content.decode()
    assert try_code(machine, door) == 403
    receipt = give(nid, Purpose.LEARNING, by=nok, how=How.PAPER, guardian=MOTHER)
    assert try_code(machine, door) == 302
    assert "_auth_user_id" in machine.session
    withdraw(receipt, by=nok)
    assert "_auth_user_id" not in machine.session
    assert try_code(machine, door) == 403


def test_who_is_11_to_19_comes_in_while_the_paper_is_missing(device, machine, ban_nong_bua, learner_at, set_code):
    ton = learner_at(ban_nong_bua, "ต้น", age_band="11-19")
    set_code(ton, "fish-lotus-mango")
    assert try_code(machine, f"/who/{ton.pk}/") == 302


def test_who_turns_out_to_be_ten_or_younger_is_signed_out(device, machine, somsri, set_code):
    set_code(somsri, "fish-lotus-mango")
    try_code(machine, f"/who/{somsri.pk}/")
    somsri.age_band = "0-10"
    somsri.save()
    assert "_auth_user_id" not in machine.session
