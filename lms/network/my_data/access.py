"""Who has a page of their own data: every learner, for themselves."""

from functools import wraps

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from lms.centres.models import Learner


def own_data(view):
    """A page about `request.learner`, who is the one that asks."""

    @wraps(view)
    @never_cache
    def opened(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect("home")
        everybody = Learner.objects.select_related("home__centre", "home__subdistrict__district__province")
        request.learner = everybody.filter(pk=request.user.pk).first()
        if request.learner is None:
            raise Http404
        return view(request, *args, **kwargs)

    return opened
