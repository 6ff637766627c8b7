"""Dates as people here read them: Buddhist years in Thai, Gregorian in English, never broken apart."""

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.translation import get_language

from lms.accounts import thai

register = template.Library()

THAI_MONTHS = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
THAI_MONTHS_IN_FULL = [
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
]
NBSP = "\N{NO-BREAK SPACE}"


def _in_english():
    return (get_language() or "th").startswith("en")


def _local(value):
    return timezone.localtime(value) if hasattr(value, "tzinfo") and value.tzinfo else value


def month_name(year, month):
    """พ.ย. 2569, or Nov 2026."""
    if _in_english():
        return f"{MONTHS_3[month].capitalize()}{NBSP}{year}"
    return f"{THAI_MONTHS[month - 1]}{NBSP}{year + 543}"


@register.filter
def day(value):
    """22 พ.ย. 2569, or 22 Nov 2026; nothing for nothing. Takes a date or an aware datetime."""
    if not value:
        return ""
    value = _local(value)
    return f"{value.day}{NBSP}{month_name(value.year, value.month)}"


def formal_day(value):
    """๒๒ พฤศจิกายน พุทธศักราช ๒๕๖๙, as on papers with a signature; in Thai whatever the page's language is."""
    value = _local(value)
    said = f"{value.day}{NBSP}{THAI_MONTHS_IN_FULL[value.month - 1]} พุทธศักราช{NBSP}{value.year + 543}"
    return thai.to_thai_digits(said)


@register.filter
def moment(value):
    """22 พ.ย. 2569 14.20 น., or 22 Nov 2026 14:20."""
    if not value:
        return ""
    return f"{day(value)} {clock(value)}"


@register.filter
def clock(value):
    """14.20 น., or 14:20."""
    value = _local(value)
    return f"{value:%H:%M}" if _in_english() else f"{value:%H.%M}{NBSP}น."


@register.filter
def month(value):
    """A month kept as 202611, as พ.ย. 2569 or Nov 2026."""
    return month_name(*divmod(int(value), 100)) if value else ""
