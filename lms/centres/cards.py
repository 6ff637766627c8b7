"""The text of a member card's QR: it names a learner, so that the name need not be looked for, and opens nothing."""

import base64
import re
import uuid

from django.core import signing

from lms.accounts import thai
from lms.centres.signing_in import who_may_sign_in

SIGNER = signing.Signer(salt="sala.card")
ADDRESS = re.compile(r"^\S*/card/([\w:-]*)/?$", re.ASCII)
ALONE = re.compile(r"^([\w-]{22}:[\w-]*)$", re.ASCII)  # 22 characters are a UUID


def card_of(learner):
    """What stands on the card: the learner's id and our signature, which nobody else can make."""
    return SIGNER.sign(base64.urlsafe_b64encode(learner.pk.bytes).decode().rstrip("="))


def card_in(typed):
    """The card's text if a scanner typed a card into the search field, whole or cut; "" if these are words to find.

    A scanner presses the keys of an English keyboard; where the machine was left on Thai, Thai letters come.
    """
    for text in (typed.strip(), thai.as_on_english_keys(typed.strip())):
        if found := ADDRESS.match(text) or ALONE.match(text):
            return found[1] or "cut"
    return ""


def learner_of(device, card):
    """Whose card this is, if they may sign in at the device: None for a card that is wrong, cut or of elsewhere."""
    return learner_among(who_may_sign_in(device), card)


def learner_among(people, card):
    """Whose card this is, if it is one of these people's; else None."""
    try:
        pk = uuid.UUID(bytes=base64.urlsafe_b64decode(SIGNER.unsign(card) + "=="))
    except (signing.BadSignature, ValueError):
        return None
    return people.filter(pk=pk).first()


def is_one_of_ours(card):
    try:
        return bool(SIGNER.unsign(card))
    except signing.BadSignature:
        return False
