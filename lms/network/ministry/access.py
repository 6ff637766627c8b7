"""Pages of the ministry's own officers, and of nobody else."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.cache import never_cache


def ministry_only(view):
    @wraps(view)
    @login_required
    @never_cache
    def opened(request, *args, **kwargs):
        if not (request.user.is_superuser or request.user.ministry_posts.in_force().exists()):
            raise Http404
        return view(request, *args, **kwargs)

    return opened
