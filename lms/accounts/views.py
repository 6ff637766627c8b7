"""Signing in with a password, signing out, and how the pages look."""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from lms.accounts import tries
from lms.accounts.forms import SignInForm
from lms.accounts.looks import keep_look, leave_look


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def sign_in(request):
    """Staff sign in here; learners by name and code, at their centre."""
    if request.user.is_authenticated:
        return redirect("home")  # not to `next`: it may be what sent them here, and they would go in circles
    form = SignInForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return sign_in_page(request, form, status=400 if form.is_bound else 200)
    name = form.cleaned_data["username"]
    if wait := tries.password_wait(request, name):
        return please_wait(request, wait)
    user = authenticate(request, username=name, password=form.cleaned_data["password"])
    if user is None:
        form.add_error(None, _("The user name and the password do not go together. Please try again."))
        return sign_in_page(request, form, status=403)
    login(request, user)
    return HttpResponseRedirect(in_their_language(next_page(request), user))


@require_POST
def sign_out(request):
    """Back to the first page, with nothing left in the browser for the next person."""
    response = leave_look(request, redirect("home"))
    logout(request)
    response["Clear-Site-Data"] = '"cache"'
    return response


@require_POST
def look(request):
    return keep_look(request, HttpResponseRedirect(next_page(request)))


@require_POST
def still_here(request):
    """Somebody is reading. The middleware has noted the time already."""
    return HttpResponse(status=204) if request.user.is_authenticated else HttpResponseForbidden()


def sign_in_page(request, form, status):
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "accounts/sign_in.html", context, status=status)


def please_wait(request, seconds):
    """Too many tries: say how long to rest."""
    minutes = -(-seconds // 60)
    response = render(request, "429.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = seconds
    return response


def next_page(request):
    """Where the form wants to go on, if that is one of our own pages; else the first page."""
    url = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if safe and len(url) <= 2000 else reverse("home")


def in_their_language(url, user):
    return translate_url(url, "en") if user.language == "en" else url
