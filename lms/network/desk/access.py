"""Who may open the desk, and at which centre's papers they look."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from lms.centres.models import Centre, Learner


def desk(view):
    """A page of `request.centres`, those this person cares for; nobody else finds it."""

    @wraps(view)
    @login_required
    @never_cache
    def opened(request, *args, **kwargs):
        request.centres = list(Centre.objects.cared_for_by(request.user))
        if not request.centres:
            raise Http404
        return view(request, *args, **kwargs)

    return opened


def chosen_centre(request):
    """The centre named by `?centre=`, or the first. `is_run` says whether this person may change things there."""
    code = request.POST.get("centre") or request.GET.get("centre")
    centre = next((centre for centre in request.centres if code in (None, "", centre.code)), None)
    if centre is None:
        raise Http404
    centre.is_run = Centre.objects.run_by(request.user).filter(pk=centre.pk).exists()
    return centre


def centre_to_run(request):
    """As `chosen_centre`, for those who may change it; of several, the first they may."""
    run = set(Centre.objects.run_by(request.user).values_list("pk", flat=True))
    request.centres = [centre for centre in request.centres if centre.pk in run]
    return chosen_centre(request)


def learner_to_look_after(request, pk):
    """A learner of a centre that this person runs."""
    run = Centre.objects.run_by(request.user).order_by().values("pk")
    learners = Learner.objects.visible_to(request.user).active().filter(home__centre__in=run)
    return get_object_or_404(learners.select_related("home__centre", "code"), pk=pk)
