"""Who may open the desk, and at which centre's papers they look."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache

from lms.accounts.models import User
from lms.accounts.prepared import Prepared, fields_of, object_of
from lms.centres.models import Centre, Learner


def desk(view):
    """A page of `request.centres`, those this person cares for; nobody else finds it.

    `is_run` of a centre says whether this person may change things there.
    """
    return _page_of(_cared_for, view)


def checking(view):
    """A page about tasks: of the centres that this person cares for, and of those where they help."""

    def cared_for_or_helped(user):
        cared_for, helped = Centre.objects.cared_for_by(user), Centre.objects.helped_at_by(user)
        pks = Q(pk__in=cared_for.order_by().values("pk")) | Q(pk__in=helped.order_by().values("pk"))
        return _run_or_not(Centre.objects.filter(pks), user).annotate(
            is_cared_for=Exists(cared_for.filter(pk=OuterRef("pk"))), is_helped=Exists(helped.filter(pk=OuterRef("pk")))
        )

    return _page_of(cared_for_or_helped, view)


def _page_of(centres, view):
    @wraps(view)
    @login_required
    @never_cache
    def opened(request, *args, **kwargs):
        request.centres = list(centres(request.user))
        if not request.centres:
            raise Http404
        return view(request, *args, **kwargs)

    return opened


def _run_or_not(centres, user):
    return centres.annotate(is_run=Exists(Centre.objects.run_by(user).filter(pk=OuterRef("pk"))))


def _cared_for(user):
    for row in _CARED_FOR.rows(timezone.localdate(), person=user.pk):
        centre = object_of(Centre, row)
        centre.is_run = row["is_run"]
        yield centre


def _cared_for_by(today, person):
    user = User(pk=person)
    return _run_or_not(Centre.objects.cared_for_by(user), user).values(*fields_of(Centre), "is_run")


_CARED_FOR = Prepared(_cared_for_by)  # asked for by every page of the desk


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
