"""The pages of a long list, by the number in the address."""

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from courses.filters import BadFilter


def page_of(rows, number, size):
    """The page of this number, a text; the first for an empty one. Raises BadFilter where there is no such page."""
    pages = Paginator(rows, size)
    number = number or "1"
    if not (number.isdecimal() and number.isascii() and len(number) < 6 and 1 <= int(number) <= pages.num_pages):
        last = "" if pages.num_pages == 1 else f"\N{EN DASH}{pages.num_pages}"
        raise BadFilter("page", _("There is no such page."), [f"1{last}"])
    return pages.page(int(number))
