"""Wagtail's own screens made simpler for whoever writes for a village: fewer menus, fewer tabs, fewer buttons."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.search import admin_search_areas

from courses.authoring import rights
from courses.authoring.menu import For
from courses.models import LessonPage

ICONS = ("lamp", "sound", "film", "true-false", "match", "gap", "hand", "pen", "book", "send", "phone")
KEPT = {"action-save-draft", "action-page-locked"}  # of Wagtail's buttons, for authors


def keep_own(request, items):
    """Authors and reviewers find what they have use for, and nothing else. Editors of the nation's courses find all."""
    if not rights.edits_national(request.user):
        items[:] = [item for item in items if isinstance(item, For)]


def search_for_editors():
    """An author's lessons fit on a page; only editors search among the nation's. Wagtail has no hook for its menu."""
    ask = admin_search_areas.search_items_for_request

    def of_editors(request):
        return ask(request) if rights.edits_national(request.user) else []

    admin_search_areas.search_items_for_request = of_editors


class AsLearnersSeeIt(ActionMenuItem):
    """Leads to the lesson's page, where it is handed in."""

    name = "action-look"
    label = _("See it as learners do, and hand it in")
    icon_name = "sala-phone"
    order = 5

    def is_shown(self, context):
        return isinstance(context.get("page"), LessonPage) and bool(context["page"].pk)

    def get_url(self, parent_context):
        return reverse("studio_lesson", args=[parent_context["page"].key])


def simple_actions(items, request, context):
    """Save, look, hand in. What is published is decided by the reviewer, on a page of ours."""
    page = context.get("page") or context.get("parent_page")
    if isinstance(page, LessonPage) and page.pk:
        items.append(AsLearnersSeeIt())
    if not rights.edits_national(request.user):
        items[:] = [item for item in items if item.name in KEPT or isinstance(item, AsLearnersSeeIt)]
    items.sort(key=lambda item: item.order)


def style():
    sheets = ("css/letters.css", "css/editor.css", "css/studio/questions.css")
    return format_html("".join('<link rel="stylesheet" href="{}">' for _sheet in sheets), *map(static, sheets))


def script():
    return format_html('<script src="{}"></script>', static("js/studio/editor.js"))


def icons(known):
    return known + [f"authoring/icons/sala-{name}.svg" for name in ICONS]
