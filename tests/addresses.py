"""Every address of the site, read from its URL configuration."""

from django.urls import URLPattern, get_resolver

WHOLES = ("studio/", "documents/")  # Wagtail's own; each is one entry


def routes():
    """{route: view}; a route is written as in the urls.py files, put together: desk/learners/<uuid:learner>/code/."""
    return dict(_below(get_resolver(), "", WHOLES))


def studio_routes():
    """Every route of Wagtail's studio."""
    return [route for route, _view in _below(get_resolver(), "", ()) if route.startswith("studio/")]


def _below(resolver, prefix, wholes):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        elif route in wholes:
            yield route, None
        else:
            yield from _below(entry, route, wholes)
