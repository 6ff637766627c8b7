"""The secret codes that learners choose: three pictures in order, or six digits."""

import re

from django.utils.translation import gettext_lazy as _

from lms.accounts.models import SecretCode
from lms.accounts.thai import to_arabic_digits

# Always shown in this order: people remember the place as well as the picture.
PICTURES = {
    "elephant": _("elephant"),
    "water-buffalo": _("buffalo"),
    "rooster": _("rooster"),
    "fish": _("fish"),
    "sheaf-of-rice": _("rice"),
    "lotus": _("lotus"),
    "mango": _("mango"),
    "coconut": _("coconut"),
    "hot-pepper": _("chilli"),
    "closed-umbrella": _("umbrella"),
    "bicycle": _("bicycle"),
    "crescent-moon": _("moon"),
}
TAPS = 3


def pictures_code(pictures):
    """The code's text, fish-lotus-mango; None where these are not three of the pictures."""
    known = len(pictures) == TAPS and all(picture in PICTURES for picture in pictures)
    return "-".join(pictures) if known else None


def pin_code(text):
    """Six digits as typed, Thai or Arabic and with spaces between; None for anything else."""
    digits = "".join(to_arabic_digits(text[:40]).split())
    return digits if re.fullmatch("[0-9]{6}", digits) else None


def is_easily_guessed(kind, code):
    """Thrice one picture, or a PIN that people try first: 111111, 123456, 121212, 112233."""
    if kind == SecretCode.Kind.PICTURES:
        return len(set(code.split("-"))) == 1
    steps = {(int(b) - int(a)) % 10 for a, b in zip(code, code[1:], strict=False)}
    in_pairs = code[::2] == code[1::2]
    return len(set(code)) <= 2 or steps in ({1}, {9}) or in_pairs or code[:3] == code[3:]
