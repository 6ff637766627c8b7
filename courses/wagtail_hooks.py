"""What courses add to the studio."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from courses.studio import FactsView


@hooks.register("register_admin_urls")
def facts_url():
    return [path("facts/", FactsView.as_view(), name="facts_to_confirm")]


@hooks.register("register_admin_menu_item")
def facts_menu_item():
    return MenuItem(_("Facts to confirm"), reverse("facts_to_confirm"), icon_name="calendar-check", order=150)
