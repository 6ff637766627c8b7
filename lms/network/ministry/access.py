"""Who is an officer of the ministry, and the pages that are theirs alone."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.cache import never_cache


def is_officer(user):
    return user.is_superuser or user.ministry_posts.in_force().exists()


def ministry_only(view):
    """A page for officers; nobody else finds it. `request.is_officer` says it to templates/desk_base.html."""

    @wraps(view)
    @login_required
    @never_cache
    def opened(request, *args, **kwargs):
        request.is_officer = is_officer(request.user)
        if not request.is_officer:
            raise Http404
        return view(request, *args, **kwargs)

    return opened
