"""Months and Thai fiscal years. A month is 202611 in the counts, 2026-11 in data, พ.ย. 2569 on screen."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from lms.accounts.templatetags.dates import month_name

BUDDHIST = 543
THAILAND = ZoneInfo("Asia/Bangkok")
FIRST, LAST = 1990, 2200  # years
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_FISCAL_YEAR = re.compile(r"FY([0-9]{4})")


class BadPeriod(ValueError):
    """Not a period; the argument says what is expected."""


def fiscal_year(month):
    """The Buddhist year of the budget: October 2026 to September 2027 is 2570."""
    year, month = divmod(month, 100)
    return year + BUDDHIST + (month >= 10)


def months_of(year):
    """The first and the last month of a fiscal year."""
    gregorian = year - BUDDHIST
    return (gregorian - 1) * 100 + 10, gregorian * 100 + 9


def read(text):
    """The first and the last month of "2026-11" or "FY2570". Raises BadPeriod."""
    if found := _MONTH.fullmatch(text):
        year, month = map(int, found.groups())
        if _is_near(year - BUDDHIST):
            wanted = f"{year - BUDDHIST}-{month:02}"
            raise BadPeriod(_("This is a Buddhist year. Months are Gregorian here: %(month)s.") % {"month": wanted})
        _refuse_far(year)
        return (year * 100 + month,) * 2
    if found := _FISCAL_YEAR.fullmatch(text):
        year = int(found.group(1))
        if _is_near(year):
            raise BadPeriod(_("Fiscal years are Buddhist: FY%(year)s.") % {"year": year + BUDDHIST})
        _refuse_far(year - BUDDHIST)
        return months_of(year)
    raise BadPeriod(_("Write a month as 2026-11, or a fiscal year as FY2570."))


def _is_near(year):
    return FIRST <= year <= LAST


def _refuse_far(year):
    if not _is_near(year):
        ends = {"first": f"{FIRST}-01", "last": f"{LAST}-12"}
        ends |= {"first_year": f"FY{FIRST + BUDDHIST}", "last_year": f"FY{LAST + BUDDHIST}"}
        raise BadPeriod(
            _("Months go from %(first)s to %(last)s, fiscal years from %(first_year)s to %(last_year)s.") % ends
        )


def begins(month):
    """The first moment of a month, in Thailand."""
    return datetime(month // 100, month % 100, 1, tzinfo=THAILAND)


def code(month):
    return f"{month // 100}-{month % 100:02}"


def following(month):
    return month + 1 if month % 100 < 12 else month + 89


def preceding(month):
    return month - 1 if month % 100 > 1 else month - 89


def between(first, last):
    """Every month from the first to the last, both included."""
    months = []
    while first <= last:
        months.append(first)
        first = following(first)
    return months


def month_label(month):
    return month_name(*divmod(month, 100))


def fiscal_year_label(year):
    return _("Fiscal year %(year)s") % {"year": year}
