"""How the blocks of a lesson or a page are drawn. What authors write is text, never HTML."""

import re
from zlib import crc32

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe

from lms.accounts.templatetags.dates import month_name

register = template.Library()

CLOTHS = 6  # the weaves in tokens.css
PHOTO_SIZE = "width-900"
_THAI = re.compile("[ก-๙]")
_SPACES = re.compile(r"[ \n]+(?!ๆ)")  # ๆ never begins a line
_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
_NUMBER = re.compile(r"[-+−]?[0-9๐-๙][0-9๐-๙.,]*( ?(%|[ก-ฮเ-ไ][ก-๎]{,7}))?")  # with or without a unit


@register.filter
def phrases(text):
    """Thai that breaks only between its phrases, which are parted by spaces; other words as they are."""
    if not _THAI.search(text):
        return text
    return format_html_join(
        " ", "<span>{}</span>", ((mark_safe(phrase),) for phrase in _SPACES.split(conditional_escape(text)))
    )


@register.filter
def checked_month(text):
    """2026-11 as พ.ย. 2569 or Nov 2026; anything else as it is written."""
    found = _MONTH.fullmatch(text)
    return month_name(int(found[1]), int(found[2])) if found else text


@register.filter
def cloth(image):
    """One of the weaves, always the same for a picture."""
    return crc32(image.title.encode()) % CLOTHS + 1


@register.simple_tag
def picture(image, alt):
    """A drawing small and as it is, a photograph across the page."""
    if image.is_svg():
        return format_html('<img src="{}" alt="{}" width="64" height="64">', image.file.url, alt)
    photo = image.get_rendition(PHOTO_SIZE)
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">', photo.url, alt, photo.width, photo.height
    )


@register.filter
def sheet(table):
    """The head and the rows as cells that know whether their column holds numbers."""
    rows = [list(row) for row in table["rows"]]
    columns = list(zip(*rows, strict=False))
    numeric = [_holds_numbers(column) for column in columns]
    head = _cells(table["head"], numeric)
    return {"head": head, "rows": [_cells(row, numeric) for row in rows]}


def _cells(texts, numeric):
    return [{"text": text, "is_number": is_number} for text, is_number in zip(texts, numeric, strict=False)]


def _holds_numbers(column):
    written = [cell for cell in column if cell]
    return bool(written) and all(_NUMBER.fullmatch(cell) for cell in written)
