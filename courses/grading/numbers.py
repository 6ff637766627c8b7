"""Numbers as learners write them: ๑๒๐, 1,200, 12.50, 30 บาท."""

import math
import re
from decimal import Context, Decimal

from lms.accounts.thai import search_text

LONGEST_NUMBER = 40

_EXACT = Context(prec=1000)  # the usual 28 digits would round what 40 can tell apart; floats reach 10**308
_MINUS_SIGNS = str.maketrans("−–", "--")  # phones turn a hyphen into either
_NUMBER = re.compile(r"[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+)")
# "1 2" is not 12, but every other space says nothing.
_SPACE_THAT_SAYS_NOTHING = re.compile("(?<![0-9]) | (?![0-9])")


def to_decimal(number, unit=None):
    """The exact number, or None; after a written one, the activity's own unit may stand."""
    if isinstance(number, bool):
        return None
    if isinstance(number, str):
        return _read(number, unit)
    if isinstance(number, float):
        return Decimal(repr(number)) if math.isfinite(number) else None
    return Decimal(number) if isinstance(number, int | Decimal) else None


def distance(one, other):
    """How far two numbers lie apart, to the last digit."""
    return _EXACT.subtract(one, other).copy_abs()


def _read(text, unit):
    bare = _compact(text).removesuffix(_compact(unit or ""))
    return Decimal(bare.replace(",", "")) if _NUMBER.fullmatch(bare) else None


def _compact(text):
    return _SPACE_THAT_SAYS_NOTHING.sub("", search_text(text).translate(_MINUS_SIGNS))
