"""What a field may hold. A shape takes a node, its name and a report, and gives the value or None.

Problems go to `report(line, field, message)`: reading goes on, so that an author sees them all at once.
"""

import re
import unicodedata
import uuid as uuids
from decimal import Decimal

from django.utils.translation import gettext as _

from cms.blocks import MONTH
from lms.accounts.thai import normalise

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ANY_SLUG = re.compile(r"[-A-Za-z0-9_]+")
FILE = re.compile(r"media/[A-Za-z0-9][-A-Za-z0-9_]*\.[a-z0-9]{2,5}")


class Entry(dict):
    """A mapping's values, with the line of each."""

    def __init__(self, values, lines, line):
        super().__init__(values)
        self.lines, self.line = lines, line


class Items(list):
    """A list's values, with the line of each."""

    def __init__(self, values, lines):
        super().__init__(values)
        self.lines = lines


def expected(what):
    return _("expected %(what)s") % {"what": what}


def text(longest=None, required=True):
    def read(node, field, report):
        if not isinstance(node.value, str):
            return report(node.line, field, expected(_("text (put it in quotation marks)")))
        words = node.value.strip()
        if any(unicodedata.category(letter) in ("Cc", "Cs") and letter != "\n" for letter in words):
            return report(node.line, field, expected(_("text without control characters")))
        if required and not normalise(words):
            return report(node.line, field, expected(_("some text")))
        if longest and len(words) > longest:
            most = {"longest": longest, "length": len(words)}
            return report(node.line, field, expected(_("at most %(longest)d letters, found %(length)d") % most))
        return words

    return read


def whole(low, high):
    def read(node, field, report):
        number = node.value
        if not isinstance(number, int) or isinstance(number, bool) or not low <= number <= high:
            limits = {"low": low, "high": high}
            return report(node.line, field, expected(_("a whole number from %(low)d to %(high)d") % limits))
        return number

    return read


def decimal(digits, places, low=None):
    """An exact number that the database can keep."""

    def read(node, field, report):
        number = node.value
        if isinstance(number, bool) or not isinstance(number, int | Decimal):
            return report(node.line, field, expected(_("a number")))
        number = Decimal(number)
        if abs(number) >= 10 ** (digits - places) or number != round(number, places):
            limits = {"digits": digits - places, "places": places}
            what = _("at most %(digits)d digits, and %(places)d after the point") % limits
            return report(node.line, field, expected(what))
        if low is not None and number < low:
            return report(node.line, field, expected(_("a number not below %(low)d") % {"low": low}))
        return number

    return read


def flag(node, field, report):
    if not isinstance(node.value, bool):
        return report(node.line, field, expected(_("true or false")))
    return node.value


def _matching(pattern, what, longest=None):
    def read(node, field, report):
        value = node.value
        if not isinstance(value, str) or not pattern.fullmatch(value) or (longest and len(value) > longest):
            return report(node.line, field, expected(what()))
        return value

    return read


def slug(longest):
    return _matching(_SLUG, lambda: _("small letters, digits and hyphens, as know-your-phone"), longest)


def any_slug(longest):
    """As the studio takes it."""
    return _matching(_ANY_SLUG, lambda: _("letters, digits and hyphens, as know-your-phone"), longest)


file_name = _matching(FILE, lambda: _("the name of a file beside it, as media/banana.jpg"), 120)

month = _matching(MONTH, lambda: _('a month as "2026-11"'))


def uuid(node, field, report):
    """A UUID as it is usually written, in small letters."""
    try:
        value = uuids.UUID(node.value)
    except (AttributeError, TypeError, ValueError):
        value = None
    if value is None or str(value) != node.value:
        return report(node.line, field, expected(_("a UUID, as 337f7b19-fa82-47e2-b285-137d8e117407")))
    return value


def one_of(values):
    def read(node, field, report):
        if not isinstance(node.value, str) or node.value not in values:
            return report(node.line, field, expected(_("one of %(values)s") % {"values": ", ".join(values)}))
        return node.value

    return read


def list_of(shape, least=1, most=None):
    def read(node, field, report):
        if not isinstance(node.value, list):
            return report(node.line, field, expected(_("a list")))
        if len(node.value) < least:
            return report(node.line, field, expected(_("at least %(least)d in the list") % {"least": least}))
        if most is not None and len(node.value) > most:
            return report(node.line, field, expected(_("at most %(most)d in the list") % {"most": most}))
        values = [shape(item, f"{field}[{place}]", report) for place, item in enumerate(node.value, 1)]
        return Items(values, [item.line for item in node.value])

    return read


def mapping(required, optional=None, check=None):
    """Fields by name. `check(entry, field, report)` sees the whole when each field by itself is right."""
    shapes = required | (optional or {})

    def read(node, field, report):
        if not isinstance(node.value, dict):
            names = {"names": ", ".join(required)}
            return report(node.line, field, expected(_("a mapping with %(names)s") % names))
        sound = True

        def note(line, name, message):
            nonlocal sound
            sound = False
            report(line, name, message)

        for name in required:
            if name not in node.value:
                note(node.line, _join(field, name), _("is missing"))
        values, lines = {}, {}
        for name, child in node.value.items():
            if name not in shapes:
                known = {"known": ", ".join(shapes)}
                note(child.line, _join(field, name), _("is not known here; known are %(known)s") % known)
            elif name in required or child.value is not None:
                values[name] = shapes[name](child, _join(field, name), note)
                lines[name] = child.line
        entry = Entry(values, lines, node.line)
        if sound and check:
            check(entry, field, note)
        return entry if sound else None

    return read


def _join(field, name):
    return f"{field}.{name}" if field else name
