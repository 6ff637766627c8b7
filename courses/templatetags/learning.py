"""How courses and lessons are named, timed and pictured on a learner's pages."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses.activities import OTHER_PROBLEM, PROBLEMS, State

register = template.Library()

CLOTHS = 6  # the weaves in tokens.css
PHOTO_SIZE = "fill-320x320"


@register.filter
def named(page):
    """A course's or lesson's title that breaks only between phrases; marked as Thai where English is missing."""
    is_thai = not (_in_english() and page.title_en)
    lang = mark_safe(' lang="th"') if is_thai and _in_english() else ""
    phrases = page.heading.split() if is_thai else [page.heading]
    return format_html_join(" ", "<span{}>{}</span>", ((lang, phrase) for phrase in phrases))


@register.filter
def duration(minutes):
    """About how long: ราว 50 นาที, ราว 3 ชั่วโมงครึ่ง."""
    if minutes < 60:
        return ngettext("about %(n)d minute", "about %(n)d minutes", minutes) % {"n": minutes}
    hours, half = divmod(round(minutes / 30), 2)
    if half:
        return _("about %(n)d and a half hours") % {"n": hours}
    return ngettext("about %(n)d hour", "about %(n)d hours", hours) % {"n": hours}


@register.filter
def in_numbers(words, items):
    """`__n` of the words, as scripts fill it in, is how many items there are."""
    return words.replace("__n", str(len(items)))


@register.filter
def cloth(page):
    """Each course keeps its own weave, another than its neighbours on the shelf."""
    return int(page.path[-4:], 36) % CLOTHS + 1


@register.filter
def cloth_of_lesson(lesson):
    """A lesson's own weave, which stays when others come before it."""
    return lesson.pk % CLOTHS + 1


@register.simple_tag
def picture_of(page, alt=""):
    """The page's own picture, or a seedling. A drawing is sent as it is, a photograph made small."""
    if page.picture is None:
        url = static("pictures/seedling.svg")
    elif page.picture.is_svg():
        url = page.picture.file.url
    else:
        url = page.picture.get_rendition(PHOTO_SIZE).url
    return format_html('<img src="{}" alt="{}" width="64" height="64">', url, alt)


@register.simple_tag
def activity_words(is_kept):
    """Once on a page, for js/drawing.js: what is said to an answer, if it has to be graded without us."""
    return _activity_words(get_language(), bool(is_kept))


@cache
def _activity_words(language, is_kept):
    # More than one thing to do: of one, none or all are done.
    begun = ngettext("%(ticked)s of %(n)s thing done", "%(ticked)s of %(n)s things done", 2)
    context = {
        "asked": [{"kind": kind, "state": State(name)} for kind, names in _STATES.items() for name in names],
        "chips": [State("again"), State("right")],
        "problems": PROBLEMS | {"other": OTHER_PROBLEM},
        "begun": begun % {"ticked": "__ticked", "n": "__n"},
        "is_kept": is_kept,
        "is_english": _in_english(),
    }
    return mark_safe(render_to_string("courses/activities/_offline_words.html", context))


_STATES = {  # what has a right answer is asked
    "asked": ("new", "fix", "again", "right"),
    "reflection": ("new", "fix", "kept"),
    "task": ("new", "fix", "kept"),
}


def _in_english():
    return get_language() == "en"
