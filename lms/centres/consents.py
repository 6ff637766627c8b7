"""What learners, and the guardians of those under 20, allow and take back (PDPA s.19 and s.20)."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import SecretCode, User
from lms.centres.audit import Action, note
from lms.centres.models import Consent, SignIn
from lms.centres.models.learner import MINORS
from lms.centres.notice import VERSION

How, Purpose = Consent.How, Consent.Purpose
EXTRAS = Purpose.PUBLICITY, Purpose.CALLS, Purpose.NEWS  # never needed to learn


class Relation(TextChoices):
    """What a guardian is to a child."""

    MOTHER = "mother", _("mother")
    FATHER = "father", _("father")
    GRANDPARENT = "grandparent", _("grandmother or grandfather")
    OTHER = "other", _("another guardian")


class Guardian(NamedTuple):
    name: str
    relation: str


class GuardianNeeded(Exception):
    """Somebody under 20 cannot allow this alone."""


def is_minor(person):
    return person.age_band in MINORS


def may_learn(person):
    """Everybody, but a child of ten or under only when a guardian has allowed it."""
    return person.age_band != User.AgeBand.CHILD or guardians_consent(person) is not None


def guardians_consent(person):
    """The receipt by which a guardian lets them learn, or None."""
    return Consent.objects.of(person).in_force().filter(purpose=Purpose.LEARNING).first()


def standing(learner):
    """What is allowed now, as receipts, and the extras that are not."""
    receipts = list(Consent.objects.of(learner).in_force().order_by("given_at"))
    given = {receipt.purpose for receipt in receipts}
    return receipts, [extra for extra in EXTRAS if extra not in given]


@transaction.atomic
def give(learner, purpose, by, how=How.SCREEN, guardian=None):
    """A receipt for what was allowed; what is in force already keeps the one it has.

    For the extras of somebody under 20 the guardian is the one who lets them learn. Raises GuardianNeeded.
    """
    if purpose != Purpose.LEARNING:
        guardian = _guardian_of(learner)
    elif guardian is None:
        raise GuardianNeeded
    receipt, new = Consent.objects.get_or_create(
        learner_id=learner.pk,
        purpose=purpose,
        withdrawn_at=None,
        defaults={
            "version": VERSION,
            "language": (get_language() or "th")[:2],
            "how": how,
            "guardian_name": guardian.name if guardian else "",
            "guardian_relation": guardian.relation if guardian else "",
            "helped_by": _helper(learner, by),
        },
    )
    if new:
        note(by, Action.CONSENT, learner, detail=purpose)
    return receipt


@transaction.atomic
def withdraw(receipt, by, how=How.SCREEN):
    """Take back what was allowed. A child whom no guardian allows any more is signed out."""
    learner = receipt.learner
    list(SecretCode.objects.select_for_update().filter(user_id=learner.pk))  # nobody signs in meanwhile
    if Consent.objects.in_force().filter(pk=receipt.pk).exists():
        receipt.withdraw(how, _helper(learner, by))
        note(by, Action.WITHDRAWN, learner, detail=receipt.purpose)
    if not may_learn(learner):
        SignIn.objects.filter(learner_id=learner.pk).sign_out()


def _guardian_of(learner):
    if not is_minor(learner):
        return None
    allowed = guardians_consent(learner)
    if allowed is None:
        raise GuardianNeeded
    return Guardian(allowed.guardian_name, allowed.guardian_relation)


def _helper(learner, by):
    """Who helped, if it was not the learner alone."""
    return None if by.pk == learner.pk else by
