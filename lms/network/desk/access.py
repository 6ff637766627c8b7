"""Who may open the desk, and at which centre's papers they look."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from lms.centres.models import Centre, Learner


def desk(view):
    """A page of `request.centres`, those this person cares for; nobody else finds it.

    `is_run` of a centre says whether this person may change things there.
    """
    return _page_of(Centre.objects.cared_for_by, view)


def checking(view):
    """A page about tasks: of the centres that this person cares for, and of those where they help."""

    def cared_for_or_helped(user):
        cared_for, helped = Centre.objects.cared_for_by(user), Centre.objects.helped_at_by(user)
        pks = Q(pk__in=cared_for.order_by().values("pk")) | Q(pk__in=helped.order_by().values("pk"))
        return Centre.objects.filter(pks).annotate(
            is_cared_for=Exists(cared_for.filter(pk=OuterRef("pk"))), is_helped=Exists(helped.filter(pk=OuterRef("pk")))
        )

    return _page_of(cared_for_or_helped, view)


def _page_of(centres, view):
    @wraps(view)
    @login_required
    @never_cache
    def opened(request, *args, **kwargs):
        run = Centre.objects.run_by(request.user).filter(pk=OuterRef("pk"))
        request.centres = list(centres(request.user).annotate(is_run=Exists(run)))
        if not request.centres:
            raise Http404
        return view(request, *args, **kwargs)

    return opened


def chosen_centre(request):
    """The centre named by `?centre=`, or the first."""
    code = request.POST.get("centre") or request.GET.get("centre")
    for centre in request.centres:
        if code in (None, "", centre.code):
            return centre
    raise Http404


def centre_to_run(request):
    """As `chosen_centre`, for those who may change it; of several, the first they may."""
    request.centres = [centre for centre in request.centres if centre.is_run]
    return chosen_centre(request)


def learner_to_look_after(request, pk):
    """A learner of a centre that this person runs."""
    run = Centre.objects.run_by(request.user).order_by().values("pk")
    learners = Learner.objects.visible_to(request.user).active().filter(home__centre__in=run)
    return get_object_or_404(learners.select_related("home__centre", "code"), pk=pk)


def learner_to_look_at(request, pk):
    """A learner of a centre that this person cares for."""
    people = Learner.objects.visible_to(request.user).filter(home__centre__in=request.centres)
    return get_object_or_404(people.select_related("home__centre", "code"), pk=pk)
