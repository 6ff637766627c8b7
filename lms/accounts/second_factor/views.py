"""Asking for the code, setting it up, and what one does with it later."""

import base64

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from lms.accounts.models import SecondFactor
from lms.accounts.qr import qr
from lms.accounts.second_factor import checking, demo, is_through, let_through, secrets
from lms.accounts.second_factor.checking import Answer
from lms.accounts.second_factor.forms import CodeForm
from lms.accounts.views import next_page, please_wait

PENDING = "second_factor_pending"  # in the session: the sealed secret that is being set up


def page(view):
    """For who is signed in: a form with a code in it."""
    for decorator in (
        sensitive_variables(),
        sensitive_post_parameters("code"),
        never_cache,
        login_required,
        require_http_methods(["GET", "HEAD", "POST"]),
    ):
        view = decorator(view)
    return view


@page
def ask(request):
    """After the password: the code."""
    if is_through(request):
        return HttpResponseRedirect(next_page(request))
    if request.user.second_factor_key is None:
        return HttpResponseRedirect(f"{reverse('second_factor_set_up')}?{urlencode({'next': next_page(request)})}")
    form = CodeForm(request.POST if request.method == "POST" else None)
    answer, refused = _answer(request, form)
    if refused:
        return refused
    if answer in (Answer.RIGHT, Answer.RECOVERED):
        _come_through(request, answer)
        return HttpResponseRedirect(next_page(request))
    context = {"form": form, "next": next_page(request), "demo_code": demo.code_to_show(request.user)}
    return render(request, "accounts/second_factor/ask.html", context, status=_status(form))


def _come_through(request, answer):
    factor = SecondFactor.objects.visible_to(request.user).get()
    let_through(request, factor)
    if answer is Answer.RECOVERED:
        left = len(factor.recovery)
        said = ngettext("That code is used up. %(left)d is left.", "That code is used up. %(left)d are left.", left)
        messages.warning(request, said % {"left": left})


@page
def set_up(request):
    """A QR for the app, and the first code as proof that it arrived."""
    if not (request.user.username or request.user.needs_second_factor):
        raise Http404
    if request.user.second_factor_key is not None:
        return redirect("second_factor_manage")
    secret = _pending(request)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        factor, codes = checking.set_up(request.user, secret, form.cleaned_data["code"])
        if factor:
            return _is_set_up(request, factor, codes)
        form.add_error("code", _("This is not what the app should show. Wait for the next code, and type that."))
    address = secrets.address_of(secret, request.user)
    context = {
        "form": form,
        "next": next_page(request),
        "qr": qr(address, _("QR code for the app that makes codes")),
        "address": address,
        "letters": secrets.in_letters(secret),
        "demo_code": secrets.code_of(secret, secrets.this_step()) if demo.is_demo() else "",
    }
    return render(request, "accounts/second_factor/set_up.html", context, status=_status(form))


def _pending(request):
    """The same secret for as long as this session sets up, so that a page drawn again fits the app."""
    kept = request.session.get(PENDING)
    try:
        return secrets.unseal(base64.b64decode(kept or ""), request.user.pk)
    except secrets.Locked:
        secret = secrets.new_secret()
        request.session[PENDING] = base64.b64encode(secrets.seal(secret, request.user)).decode()
        return secret


def _is_set_up(request, factor, codes):
    request.session.pop(PENDING, None)
    if not codes:  # another window was quicker, and its codes count
        return redirect("second_factor")
    let_through(request, factor)
    return _codes_page(request, codes)


@page
def manage(request):
    """Other recovery codes, or another phone. Each wants a code, so that a desk left open gives nothing away."""
    if request.user.second_factor_key is None:
        return redirect("second_factor_set_up")
    form = CodeForm(request.POST if request.method == "POST" else None)
    answer, refused = _answer(request, form)
    if refused:
        return refused
    if answer in (Answer.RIGHT, Answer.RECOVERED):
        if request.POST.get("do") == "remove":
            return _removed(request)
        return _codes_page(request, checking.new_recovery_codes(request.user))
    context = {
        "form": form,
        "factor": SecondFactor.objects.visible_to(request.user).get(),
        "demo_code": demo.code_to_show(request.user),
    }
    return render(request, "accounts/second_factor/manage.html", context, status=_status(form))


def _removed(request):
    checking.take_away(request.user)
    request.user.refresh_from_db(fields=["sign_in_round"])
    update_session_auth_hash(request, request.user)  # of all their sessions this one goes on
    if request.user.needs_second_factor:
        return redirect("second_factor_set_up")
    messages.success(request, _("From now on your password alone opens your account."))
    return redirect("home")


def _answer(request, form):
    """(what became of the code, a page that says to wait): one of them or neither."""
    if not form.is_bound or not form.is_valid():
        return None, None
    answer = checking.try_code(request.user, form.cleaned_data["code"])
    if answer is Answer.WAIT:
        return answer, please_wait(request, checking.seconds_to_wait(request.user))
    if answer is Answer.NONE:
        return answer, redirect("second_factor")
    if answer is Answer.AGAIN:
        form.add_error("code", _("This code does not fit. Each works once: wait for the next one, and try again."))
    return answer, None


def _codes_page(request, codes):
    shown = [f"{code[:4]} {code[4:8]} {code[8:]}" for code in codes]
    context = {"codes": shown, "next": next_page(request)}
    return render(request, "accounts/second_factor/codes.html", context)


def _status(form):
    return 403 if form.errors else 200
