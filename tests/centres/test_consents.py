"""What learners and their guardians allow: receipts that are given and taken back."""

import pytest

from lms.centres.models import Consent, Learner

Purpose = Consent.Purpose


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
