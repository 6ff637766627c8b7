"""A learner's own phone: linked by a one-time QR that the caretaker shows, and from then on for nobody else."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.accounts.looks import bring_look
from lms.centres.audit import Action, note
from lms.centres.consents import may_learn
from lms.centres.models import Device, PhoneInvite
from lms.centres.signing_in import DEVICE_COOKIE, device_of, let_in, who_may_sign_in

YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def phone(request, text):
    """What the QR opens. Only the button uses the invitation up: chat programs look at addresses before people do."""
    invite, here = PhoneInvite.objects.of_text(text), device_of(request)
    if invite is None or not may_link(invite.learner):
        return told(request, "over", status=410)
    if here and not here.owner_id:
        return told(request, "shared", status=409)
    if request.method != "POST":
        other = here if here and here.owner_id != invite.learner_id else None
        return told(request, "invited", learner=invite.learner, other=other)
    device = link(request, invite)
    if device is None:
        return told(request, "over", status=410)
    response = bring_look(request, redirect("home"), request.user)
    secure = request.is_secure()
    response.set_cookie(DEVICE_COOKIE, device.cookie, YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


@transaction.atomic
def link(request, invite):
    """The phone that this browser now is, with its learner signed in; None where the invitation was used just now."""
    if not PhoneInvite.objects.usable().filter(pk=invite.pk).update(used_at=timezone.now()):
        return None
    if before := device_of(request):
        before.revoke()  # the phone was somebody's until now, or theirs already
    device = phone_of(invite.learner)
    device.name, device.bound_by_id = _("Phone"), invite.made_by_id
    device.save(force_insert=True)
    request.device = device
    let_in(request, device, invite.learner)
    note(invite.learner, Action.PHONE_LINKED, invite.learner, detail=str(device.pk))
    return device


def may_link(learner):
    """Who may sign in at their centre may on their own phone: nobody with rights over others, ever, and no child whom
    no guardian has allowed to learn.
    """
    here = hasattr(learner, "home") and who_may_sign_in(phone_of(learner)).filter(pk=learner.pk).exists()
    return here and may_learn(learner)


def phone_of(learner):
    return Device(centre_id=learner.home.centre_id, owner_id=learner.pk)


def told(request, state, status=200, **more):
    return render(request, "centres/phone.html", {"state": state, **more}, status=status)
