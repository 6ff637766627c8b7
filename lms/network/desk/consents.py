"""What a learner allows beyond learning, and what their guardian allows, written down by the caretaker."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.centres.audit import Action, note_look
from lms.centres.consents import (
    Guardian,
    How,
    Purpose,
    give,
    guardians_consent,
    is_minor,
    standing,
    withdraw,
)
from lms.centres.forms import typed
from lms.centres.models import Consent
from lms.centres.notice import VERSION
from lms.network.desk.access import desk, learner_to_look_after
from lms.network.desk.forms import ExtrasForm, GuardianForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def consents(request, learner):
    """At the end of registering it is a question that may be passed over."""
    learner = learner_to_look_after(request, learner)
    if request.method != "POST":
        return page(request, learner, ExtrasForm(initial={"how": How.SCREEN}))
    if "withdraw" in request.POST:
        return take_back(request, learner)
    form = ExtrasForm(request.POST)
    if not form.is_valid():
        return page(request, learner, form, 400)
    extras = form.cleaned_data["allow"]
    if extras and is_minor(learner) and not guardians_consent(learner):
        return redirect("desk:guardian", learner.pk)
    for extra in extras:
        give(learner, Purpose(extra), request.user, form.cleaned_data["how"])
    return redirect("desk:learner", learner.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def guardian(request, learner):
    """The father, mother or guardian of somebody under 20 says yes to their learning here."""
    learner = learner_to_look_after(request, learner)
    if not is_minor(learner):
        raise Http404
    form = GuardianForm(typed(request), initial={"how": How.PAPER})
    if not form.is_valid():
        return guardian_page(request, learner, form, 400 if form.is_bound else 200)
    said = form.cleaned_data
    who = Guardian(said["name"], said["relation"])
    give(learner, Purpose.LEARNING, request.user, said["how"], who)
    messages.success(request, _("It is written down that %(name)s may learn here.") % {"name": learner})
    return redirect(after_the_guardian(request, learner))


@require_safe
@desk
def guardian_paper(request, learner):
    """To take home and sign; it names the child as they are called, and nothing else of them."""
    learner = learner_to_look_after(request, learner)
    if not is_minor(learner):
        raise Http404
    note_look(request.user, Action.LOOKED, learner, learner.home.centre, "guardian's paper")
    context = {"section": "desk", "tab": "learners", "learner": learner, "centre": learner.home.centre}
    return render(request, "desk/guardian_paper.html", context | {"centres": [], "version": VERSION})


def take_back(request, learner):
    """They tell the caretaker, and one press is enough."""
    if request.POST["withdraw"] not in Purpose:
        raise Http404
    mine = Consent.objects.of(learner).in_force()
    receipt = get_object_or_404(mine, purpose=request.POST["withdraw"])
    withdraw(receipt, request.user, How.VOICE)
    messages.success(request, _("Taken back: %(what)s.") % {"what": receipt.get_purpose_display()})
    return redirect("desk:consents", learner.pk)


def after_the_guardian(request, learner):
    """Who has no code yet is being registered."""
    if hasattr(learner, "code"):
        return reverse("desk:consents", args=[learner.pk])
    kind = "pin" if request.GET.get("kind") == "pin" else "pictures"
    return f"{reverse('desk:code', args=[learner.pk])}?kind={kind}"


def page(request, learner, form, status=200):
    note_look(request.user, Action.LOOKED, learner, learner.home.centre, "consents")
    receipts, others = standing(learner)
    context = {
        "section": "desk",
        "tab": "learners",
        "learner": learner,
        "form": form,
        "receipts": receipts,
        "others": others,
        "ticked": form.data.getlist("allow") if form.is_bound else [],
        "is_minor": is_minor(learner),
        "guardian": next((receipt for receipt in receipts if receipt.purpose == Purpose.LEARNING), None),
        "is_new": "new" in request.GET,
    }
    return render(request, "desk/consents.html", context, status=status)


def guardian_page(request, learner, form, status):
    note_look(request.user, Action.LOOKED, learner, learner.home.centre, "guardian")
    context = {
        "section": "desk",
        "tab": "learners",
        "learner": learner,
        "form": form,
        "receipt": guardians_consent(learner),
        "later": after_the_guardian(request, learner),
        "is_child": learner.age_band == learner.AgeBand.CHILD,
    }
    return render(request, "desk/guardian.html", context, status=status)
