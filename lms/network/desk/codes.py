"""A learner's secret code: set anew, or its lock opened."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lms.accounts.codes import PICTURES, TAPS, is_easily_guessed, pictures_code
from lms.accounts.models import SecretCode
from lms.centres.signing_in import open_lock, set_code
from lms.centres.taps import forget_taps, take_taps, taps_so_far
from lms.network.desk.access import desk, learner_to_look_after
from lms.network.desk.forms import PinForm

PICTURES_KIND, PIN_KIND = SecretCode.Kind.PICTURES, SecretCode.Kind.PIN


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@desk
def code(request, learner):
    learner = learner_to_look_after(request, learner)
    if request.method == "POST" and "unlock" in request.POST:
        open_lock(learner)
        messages.success(request, _("%(name)s can try the same code again.") % {"name": learner})
        return redirect("desk:learner", learner.pk)
    if request.GET.get("kind") == PIN_KIND:
        return digits(request, learner)
    return pictures(request, learner)


def digits(request, learner):
    form = PinForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return keep(request, learner, PIN_KIND, form.cleaned_data["pin"])
    return page(request, learner, PIN_KIND, status=400 if form.is_bound else 200, form=form)


def pictures(request, learner):
    """Three taps, a look at what was chosen, and a yes."""
    if request.method != "POST":
        return page(request, learner, PICTURES_KIND)
    if "keep" in request.POST:
        return keep_pictures(request, learner)
    taps = take_taps(request, whose(learner))
    if taps is None:
        return page(request, learner, PICTURES_KIND, status=400, message=_("Tap three of these pictures."))
    if len(taps) < TAPS:
        return redirect("desk:code", learner.pk)
    if is_easily_guessed(PICTURES_KIND, pictures_code(taps)):
        return page(request, learner, PICTURES_KIND, status=400, message=_("Choose at least two different pictures."))
    return page(request, learner, PICTURES_KIND, chosen=[(name, PICTURES[name]) for name in taps])


def keep_pictures(request, learner):
    text = pictures_code(request.POST.getlist("picture"))
    if text is None or is_easily_guessed(PICTURES_KIND, text):
        return page(request, learner, PICTURES_KIND, status=400, message=_("Tap three of these pictures."))
    return keep(request, learner, PICTURES_KIND, text)


def keep(request, learner, kind, text):
    set_code(learner, kind, text)
    forget_taps(request)
    messages.success(request, _("%(name)s can sign in with the new code.") % {"name": learner})
    return redirect("desk:learner", learner.pk)


def page(request, learner, kind, status=200, **more):
    taps = len(taps_so_far(request, whose(learner)))
    context = {
        "section": "desk",
        "tab": "learners",
        "learner": learner,
        "kind": str(kind),
        "pictures": PICTURES,
        "dots": [place < taps for place in range(TAPS)],
        "taps": taps,
    }
    return render(request, "desk/code.html", context | more, status=status)


def whose(learner):
    return f"code:{learner.pk}"
