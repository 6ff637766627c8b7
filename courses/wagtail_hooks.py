"""What courses add to the studio."""

from wagtail import hooks

from courses.authoring import buttons, choosing, menu, screens, urls
from courses.authoring.studio import admin


@hooks.register("register_admin_urls")
def studio_urls():
    return urls.urlpatterns


@hooks.register("construct_main_menu")
def studio_menu(request, items):
    admin.keep_own(request, items)
    items.extend(item for item in menu.items() if item.is_shown(request))


@hooks.register("register_admin_viewset", order=1)  # after Wagtail's own for pages, in whose place it comes
def pages():
    return screens.PageScreens()


@hooks.register("construct_page_chooser_queryset")
def pages_to_choose_from(pages, request):
    return pages.filter(pk__in=choosing.pages_for(request.user).order_by().values("pk"))


admin.search_for_editors()
hooks.register("construct_page_action_menu", admin.simple_actions)
hooks.register("insert_global_admin_css", admin.style)
hooks.register("insert_global_admin_js", admin.script)
hooks.register("register_icons", admin.icons)
hooks.register("register_page_header_buttons", buttons.of_page)
