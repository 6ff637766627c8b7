"""A learner's own phones: a QR that links one, and the end of a link."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lms.accounts.qr import qr
from lms.centres.audit import Action, note, note_look
from lms.centres.models import Centre, Device, PhoneInvite
from lms.centres.models.phone import HOLDS_FOR
from lms.centres.phones import may_link
from lms.network.desk.access import desk, learner_to_look_after


@require_POST
@desk
def invite(request, learner):
    """Show a QR for the learner's phone. The one shown before ends with it."""
    learner = learner_to_look_after(request, learner)
    note_look(request.user, Action.LOOKED, learner, learner.home.centre_id, "phone")
    context = {"section": "desk", "tab": "learners", "learner": learner}
    if not hasattr(learner, "code") or not may_link(learner):
        return render(request, "desk/phone.html", context, status=409)
    _invite, text = PhoneInvite.objects.make(learner, request.user)
    with translation.override(learner.language):
        address = request.build_absolute_uri(reverse("phone", args=[text]))
    context |= {"qr": qr(address, _("QR code for the learner's phone")), "minutes": HOLDS_FOR // timedelta(minutes=1)}
    return render(request, "desk/phone.html", context)


@require_POST
@desk
def phone(request, phone):
    """End its link: it is signed out at once, and asks for nobody's code any more."""
    run = Centre.objects.run_by(request.user).order_by().values("pk")
    phones = Device.objects.visible_to(request.user).bound().exclude(owner=None).filter(owner__home__centre__in=run)
    phone = get_object_or_404(phones.select_related("owner"), pk=phone)
    phone.revoke()
    note(request.user, Action.PHONE_REVOKED, phone.owner_id, detail=str(phone.pk))
    messages.success(request, _("The phone is no longer linked. What was learned on it is kept."))
    return redirect("desk:learner", phone.owner_id)


def phones_of(learner):
    """The learner's linked phones, each with its `last_sign_in`."""
    phones = Device.objects.bound().filter(owner=learner.pk)
    return phones.annotate(last_sign_in=Max("sign_ins__started_at")).order_by("-bound_at")
