"""The machines of a centre at which learners may sign in."""

import time

from django.contrib import messages
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.centres.audit import note_listed
from lms.centres.models import Centre, Device
from lms.centres.seats import seats_at
from lms.centres.signing_in import DEVICE_COOKIE, device_of
from lms.network.desk.access import centre_to_run, chosen_centre, desk
from lms.network.desk.forms import DeviceForm

YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def devices(request):
    if request.method == "POST":
        return bind(request)
    centre = chosen_centre(request)
    return page(request, centre, DeviceForm(centre=centre))


@require_POST
@desk
def device(request, device):
    """Revoke it: whoever sits there is signed out at once."""
    run = Centre.objects.run_by(request.user).order_by().values("pk")
    mine = Device.objects.visible_to(request.user).shared().bound().filter(centre__in=run)
    device = get_object_or_404(mine.select_related("centre"), pk=device)
    here = device_of(request)
    device.revoke()
    messages.success(request, _("Nobody can sign in at %(device)s any more.") % {"device": device.name})
    response = redirect(f"{reverse('desk:devices')}?centre={device.centre.code}")
    if here and here.pk == device.pk:
        response.delete_cookie(DEVICE_COOKIE, samesite="Lax")
    return response


def bind(request):
    """Make this very browser a machine of the centre."""
    centre = centre_to_run(request)
    form = DeviceForm(request.POST, centre=centre)
    here = machine_of(request)
    if here and here.centre_id == centre.pk:
        form.add_error(None, _("This machine is set up already, as %(device)s.") % {"device": here.name})
    if not form.is_valid():
        return page(request, centre, form, status=400)
    new = Device.objects.create(centre=centre, name=form.cleaned_data["name"], bound_by=request.user)
    request.session["seen"] = int(time.time())  # shared from now on: signed out when idle
    messages.success(request, _("Learners can sign in at %(device)s now. Sign out to let them.") % {"device": new.name})
    response = redirect(f"{reverse('desk:devices')}?centre={centre.code}")
    secure = request.is_secure()
    response.set_cookie(DEVICE_COOKIE, new.cookie, YEAR, secure=secure, httponly=True, samesite="Lax")
    return response


def page(request, centre, form, status=200):
    shared = Device.objects.visible_to(request.user).shared().bound()
    bound = shared.filter(centre=centre).select_related("bound_by")
    devices = list(bound.annotate(last_sign_in=Max("sign_ins__started_at")).order_by("name", "pk"))
    sitting = {seat.device: seat.learner_name for seat in seats_at([centre])}
    if sitting:
        note_listed(request.user, centre, "devices")
    for device in devices:
        device.who = sitting.get(device.pk)
    context = {
        "section": "desk",
        "tab": "more",
        "centre": centre,
        "centres": request.centres,
        "devices": devices,
        "here": machine_of(request),
        "form": form,
    }
    return render(request, "desk/devices.html", context, status=status)


def machine_of(request):
    """The centre's machine that this browser is; a learner's own phone is none."""
    device = device_of(request)
    return device if device and not device.owner_id else None
