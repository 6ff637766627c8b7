"""Making a learner a helper for some time, and ending it."""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.accounts.templatetags.dates import day
from lms.centres.audit import Action, note
from lms.centres.models import Membership
from lms.network.desk.access import desk, learner_to_look_after
from lms.network.desk.forms import HelperForm
from lms.network.desk.learners import learner_page


@require_POST
@desk
def helper(request, learner):
    learner = learner_to_look_after(request, learner)
    if "end" in request.POST:
        end(request, learner)
        return redirect("desk:learner", learner.pk)
    form = HelperForm(request.POST)
    if not form.is_valid() or not start(request, learner, form):
        return learner_page(request, learner, form, status=400)
    return redirect("desk:learner", learner.pk)


@transaction.atomic
def start(request, learner, form):
    """A helper from one day until another. The same form again changes nothing; other days must be ended first."""
    days = {name: form.cleaned_data[name] for name in ("started_on", "ended_on")}
    list(type(learner).objects.select_for_update(of=("self",)).filter(pk=learner.pk))  # one form after the other
    known = helping(learner).first()
    if known and (known.started_on, known.ended_on) != (days["started_on"], days["ended_on"]):
        form.add_error(None, _("This person is a helper already. End that first, to give other days."))
        return False
    if not known:
        learner.memberships.create(centre=learner.home.centre, role=Membership.Role.HELPER, **days)
        note(request.user, Action.HELPER, learner, learner.home.centre_id, f"{days['started_on']}/{days['ended_on']}")
    words = _("%(name)s can look at tasks from %(first)s until %(last)s.")
    messages.success(
        request, words % {"name": learner, "first": day(days["started_on"]), "last": day(days["ended_on"])}
    )
    return True


def end(request, learner):
    """At once. What has not begun before today leaves no day on which it was in force."""
    today = timezone.localdate()
    for role in helping(learner):
        if role.started_on < today:
            role.end(on=today - timedelta(days=1))
        else:
            role.delete()
        note(request.user, Action.HELPER, learner, learner.home.centre_id, "ended")
    messages.success(request, _("%(name)s is no helper any more.") % {"name": learner})


def helping(learner):
    """The helper's roles at the learner's own centre that hold today or later."""
    ahead = Q(ended_on=None) | Q(ended_on__gte=timezone.localdate())
    return learner.memberships.filter(ahead, role=Membership.Role.HELPER, centre=learner.home.centre_id)
