"""Choosing a secret code: three pictures tapped and looked at, or six digits typed twice."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from lms.accounts.codes import PICTURES, TAPS, is_easily_guessed, pictures_code
from lms.accounts.models import SecretCode
from lms.centres.forms import PinForm, typed
from lms.centres.taps import forget_taps, take_taps, taps_so_far

PICTURES_KIND, PIN_KIND = SecretCode.Kind.PICTURES, SecretCode.Kind.PIN


class Choice(NamedTuple):
    """How far it is. `page` is what centres/_choose_code.html takes."""

    kind: str
    code: str = ""  # once it is chosen
    page: dict | None = None  # to be shown; neither a code nor a page: ask for this page again
    status: int = 200


def choose_code(request, whose):
    """What this request adds. Taps of half a code are kept in the session under `whose`."""
    if request.GET.get("kind") == PIN_KIND:
        return _digits(request)
    if request.method != "POST":
        return _pictures(request, whose)
    return _keep(request, whose) if "keep" in request.POST else _tap(request, whose)


def _digits(request):
    form = PinForm(typed(request))
    if form.is_valid():
        forget_taps(request)
        return Choice(PIN_KIND, form.cleaned_data["pin"])
    return Choice(PIN_KIND, page={"kind": str(PIN_KIND), "form": form}, status=400 if form.is_bound else 200)


def _keep(request, whose):
    text = pictures_code(request.POST.getlist("picture"))
    if text is None or is_easily_guessed(PICTURES_KIND, text):
        return _pictures(request, whose, 400, message=_("Tap three of these pictures."))
    forget_taps(request)
    return Choice(PICTURES_KIND, text)


def _tap(request, whose):
    taps = take_taps(request, whose)
    if taps is None:
        return _pictures(request, whose, 400, message=_("Tap three of these pictures."))
    if len(taps) < TAPS:
        return Choice(PICTURES_KIND)
    if is_easily_guessed(PICTURES_KIND, pictures_code(taps)):
        return _pictures(request, whose, 400, message=_("Choose at least two different pictures."))
    return _pictures(request, whose, chosen=[(name, PICTURES[name]) for name in taps])


def _pictures(request, whose, status=200, **more):
    taps = len(taps_so_far(request, whose))
    page = {"kind": str(PICTURES_KIND), "pictures": PICTURES, "taps": taps}
    return Choice(PICTURES_KIND, page=page | {"dots": [place < taps for place in range(TAPS)]} | more, status=status)
