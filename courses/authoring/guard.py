"""Before every page of the studio: what is not opened by name in doors.py is not found by anybody but superusers.

Wagtail's own views, when they refuse, send people to the studio's home with a message; so one could try out which
pages there are. Others' lessons and files are not found here, before a view is asked.
"""

from django.http import Http404
from django.urls import URLPattern

from courses.authoring import doors, urls
from courses.authoring.openers import LARGEST
from lms.centres.backends import STUDIO


def _names(patterns, space=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            yield from _names(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)


OURS = set(_names(urls.urlpatterns))  # each of these views looks after its rights itself


class StudioGuard:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        match = request.resolver_match
        if match.route.startswith("studio/") and any(map(_is_no_row, kwargs.values())):
            raise Http404
        if match.route.startswith("studio/") and _is_author(request.user) and match.view_name not in OURS:
            is_open = doors.OPEN.get(match.view_name)
            if is_open is None or not is_open(request, kwargs):
                raise Http404


def _is_no_row(value):
    """A number beyond those that a database gives to rows."""
    return isinstance(value, int) and value >= LARGEST


def _is_author(user):
    """Of visitors, and of those who have no business in the studio, Wagtail asks that they sign in."""
    return user.is_authenticated and not user.is_superuser and user.has_perm(STUDIO)
