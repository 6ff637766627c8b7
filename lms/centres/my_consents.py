"""What a learner allows beyond learning, and takes back: their own page."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from lms.centres.consents import EXTRAS, Purpose, give, guardians_consent, is_minor, standing, withdraw
from lms.centres.models import Consent


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def my_consents(request):
    """At the end of registering it is a question that may be passed over."""
    if not request.user.is_authenticated:
        return redirect("home")
    if not hasattr(request.user, "home"):
        raise Http404
    if request.method != "POST":
        return page(request)
    if "withdraw" in request.POST:
        return take_back(request)
    return allow(request)


def allow(request):
    extras = request.POST.getlist("allow")
    if not set(extras) <= set(EXTRAS):
        return page(request, 400, message=_("Choose from these."))
    if extras and is_minor(request.user):
        return page(request, 403, message=_("Until you are 20 your father, mother or guardian says yes to these."))
    for extra in extras:
        give(request.user, Purpose(extra), by=request.user)
    return redirect("home" if "new" in request.GET else "my_consents")


def take_back(request):
    """What one's guardian said yes to is taken back by the guardian, with the caretaker."""
    if request.POST["withdraw"] not in EXTRAS:
        raise Http404
    mine = Consent.objects.of(request.user).in_force()
    receipt = get_object_or_404(mine, purpose=request.POST["withdraw"])
    withdraw(receipt, by=request.user)
    return redirect("my_consents")


def page(request, status=200, message=""):
    receipts, others = standing(request.user)
    minor = is_minor(request.user)
    context = {
        "receipts": receipts,
        "others": [] if minor else others,
        "is_minor": minor,
        "has_guardian": minor and guardians_consent(request.user) is not None,
        "is_new": "new" in request.GET,
        "message": message,
    }
    return render(request, "centres/my_consents.html", context, status=status)
