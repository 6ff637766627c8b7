"""The interface's icons: {% icon "check" %} (no load needed, see TEMPLATES in the settings)."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
@cache
def icon(name):
    """One of icons.svg by its id. Words stand beside it, so that nobody need hear or see it."""
    url = static("icons.svg")
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', url, name)
