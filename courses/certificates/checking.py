"""Is it ours, and does it hold? Anybody may ask, with what a QR says or with the number that is printed."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from courses.certificates import keys, statement
from courses.models import Certificate, SigningKey
from lms.accounts import thai

LONGEST = 1000  # letters that are looked at
ADDRESS = re.compile(r"^\S*/check/([^/\s]+)/?$", re.ASCII)
STATEMENT = re.compile(r"^[A-Z2-7]{100,}$", re.ASCII)
NUMBER = re.compile(r"^[0-9]{2}-[0-9]{4}-[0-9]{5,}$", re.ASCII)

# What is found. Without a line a browser says VALID or FALSE, or UNKNOWN_KEY where it has not the key (check.js).
VALID, REVOKED, ERASED, FALSE, NUMBER_ONLY, NO_NUMBER = "valid", "revoked", "erased", "false", "number", "no_number"


@dataclass(frozen=True)
class Found:
    """`state` is one of the words above; the rest as printed, and no name where one asked by the number alone."""

    state: str
    number: str = ""
    name: str = ""
    course: str = ""
    centre: str = ""
    finished_on: date | None = None
    revoked_at: datetime | None = None


def asked_for(typed):
    """What is to be checked, from whatever was typed, scanned or pasted: a statement, a number, or the words."""
    text = thai.to_arabic_digits(typed.strip()[:LONGEST])
    if found := ADDRESS.match(text):
        text = found[1]
    together = "".join(text.split()).upper()
    return together if STATEMENT.match(together) or NUMBER.match(together) else text


def check(text):
    """What can be said of a statement or a number."""
    if NUMBER.match(text):
        return _by_number(text)
    try:
        told, message, signature = statement.opened(text)
    except statement.Malformed:
        return Found(FALSE)
    key = SigningKey.objects.filter(kid=told.kid).first()
    if key is None or not keys.is_signed(key, message, signature):
        return Found(FALSE)
    kept = Certificate.objects.filter(number=told.number).first()
    return _by_statement(kept, text, key) if kept else Found(FALSE)


def _by_statement(kept, text, key):
    """The signature is right. With a key that leaked somebody else may have made it, so that our own copy decides."""
    if kept.statement == text:
        return _told(kept, VALID, name=kept.name)
    if kept.statement or key.leaked_at:
        return Found(FALSE)
    return _told(kept, REVOKED if kept.is_revoked else ERASED)


def _by_number(number):
    """Numbers can be guessed, so that no name is told by them."""
    kept = Certificate.objects.filter(number=number).first()
    if kept is None:
        return Found(NO_NUMBER, number=number)
    return _told(kept, REVOKED if kept.is_revoked else ERASED if kept.erased_at else NUMBER_ONLY)


def _told(kept, state, name=""):
    return Found(
        state,
        number=kept.number,
        name=name,
        course=kept.course_title,
        centre=kept.centre_name,
        finished_on=timezone.localdate(kept.finished_at),
        revoked_at=kept.revoked_at,
    )
