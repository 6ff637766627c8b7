"""The way in for learners: choose a name, then tap three pictures or type six digits."""

from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from lms.accounts.codes import PICTURES, TAPS, pictures_code, pin_code
from lms.accounts.looks import bring_look
from lms.accounts.models import SecretCode
from lms.accounts.views import please_wait
from lms.centres.cards import card_in, is_one_of_ours, learner_of
from lms.centres.names import page_of_names
from lms.centres.notice import VERSION
from lms.centres.signing_in import Answer, device_of, door_state, seconds_to_wait, sign_in, who_may_sign_in
from lms.centres.subdistricts import named, typed_code
from lms.centres.taps import forget_taps, take_taps, taps_so_far
from lms.centres.welcoming import forget_newcomer


def on_a_device(view):
    """For the centre's machines only; and not for a learner who is in already."""

    @wraps(view)
    @never_cache
    def asked(request, *args, **kwargs):
        if "device" in request.session and request.user.is_authenticated:
            return redirect("home")
        if device_of(request) is None:
            return render(request, "centres/not_bound.html", status=403)
        return view(request, *args, **kwargs)

    return asked


@require_safe
@on_a_device
def names(request):
    forget_newcomer(request)
    forget_taps(request)  # half a code is no business of the next person
    if request.device.owner_id:
        return of_the_owner(request)
    words = request.GET.get("q", "")
    if text := card_in(words):
        return redirect("card", text)
    return names_page(request, words)


@require_safe
@on_a_device
def card(request, card):
    """A member card was held to a scanner: on to its learner's code, which is still asked."""
    if learner := learner_of(request.device, card):
        return redirect("code", learner.pk)
    return names_page(request, card="elsewhere" if is_one_of_ours(card) else "unreadable", status=404)


def of_the_owner(request):
    """A learner's own phone asks for their code at once."""
    if who_may_sign_in(request.device).exists():
        return redirect("code", request.device.owner_id)
    return render(request, "centres/phone.html", {"state": "ended"}, status=403)


def names_page(request, words="", card="", status=200):
    tiles = page_of_names(who_may_sign_in(request.device), words, request.GET.get("page"))
    context = {"tiles": tiles, "words": words, "centre": request.device.centre, "idle": "idle" in request.GET}
    return render(request, "centres/names.html", context | {"card": card}, status=status)


@require_safe
def notice(request):
    """What is kept of people, why, and for how long."""
    return render(request, "centres/notice.html", {"version": VERSION})


@require_safe
def subdistricts(request):
    """A piece of a page: the subdistricts that hold the words of `?q=`, those near `?near=` first."""
    words = request.GET.get("q", "")
    found = named(words, near_to=typed_code(request.GET.get("near")))
    return render(request, "centres/_found_places.html", {"found": found, "words": words.strip()})


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("picture", "pin")
@on_a_device
def code(request, learner):
    learner = get_object_or_404(who_may_sign_in(request.device).select_related("code"), pk=learner)
    if request.method == "POST":
        return try_code(request, learner)
    return code_page(request, learner, door_state(request.device, learner))


def try_code(request, learner):
    """One tap more, or a whole code."""
    text, unreadable = read_code(request, learner, f"sign-in:{learner.pk}")
    if unreadable:
        return code_page(request, learner, None, status=400, message=unreadable)
    if text is None:
        return redirect("code", learner.pk)
    answer = sign_in(request, request.device, learner, text)
    if answer is Answer.COME_IN:
        return bring_look(request, redirect("home"), request.user)
    if answer is Answer.GONE:
        return redirect("names")
    return code_page(request, learner, answer, status=403)


def read_code(request, learner, whose):
    """The code in the form (None while taps are missing; `whose` they are), and what to say if it is none."""
    if kind_of(learner) == SecretCode.Kind.PIN:
        text = pin_code(request.POST.get("pin", ""))
        return text, "" if text else _("Type six digits.")
    taps = take_taps(request, whose)
    if taps is None:
        return None, _("Tap three of these pictures.")
    return pictures_code(taps), ""


def code_page(request, learner, answer, status=200, message=""):
    if answer is Answer.WAIT:
        return please_wait(request, seconds_to_wait(request.device))
    context = asking(request, learner, answer, message, f"sign-in:{learner.pk}")
    context["own_phone"] = bool(request.device.owner_id)
    return render(request, "centres/code.html", context, status=status)


def asking(request, learner, answer, message, whose):
    """What centres/_code.html takes; `whose` the taps so far are, as for read_code."""
    taps = len(taps_so_far(request, whose))
    return {
        "learner": learner,
        "kind": kind_of(learner),
        "answer": answer.name if answer else "",
        "message": message,
        "pictures": PICTURES,
        "dots": [place < taps for place in range(TAPS)],
        "taps": taps,
    }


def kind_of(learner):
    return learner.code.kind if hasattr(learner, "code") else SecretCode.Kind.PICTURES
