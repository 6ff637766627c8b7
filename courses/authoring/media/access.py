"""Who may send something for which lesson; and what a page may do that takes a picture or a voice."""

from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from courses.authoring.access import changed_lesson
from lms.accounts.middleware import PAGES_POLICY

ENVELOPE = 64 * 1024  # what a form adds around its file

# What was just taken is shown, and heard, before it is sent.
POLICY = PAGES_POLICY.replace("img-src 'self' data:", "img-src 'self' data: blob:; media-src 'self' blob:")


def of_own_lesson(view):
    """Gives the view the lesson by its key; one that is another's is not found."""

    @wraps(view)
    def guarded(request, lesson, **kwargs):
        response = view(request, changed_lesson(request.user, lesson), **kwargs)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


def with_microphone(view):
    """No other page of the site may hear."""

    @wraps(view)
    def heard(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=(self)"
        return response

    return heard


def at_most(largest, refusal, page):
    """What is longer than `largest()` bytes is refused with `refusal()` by `page` before any of it is read."""

    def decorator(view):
        protected = csrf_protect(view)

        @csrf_exempt  # until the length is known: reading a form's token reads the whole file
        @wraps(view)
        def measured(request, lesson, **kwargs):
            length = request.headers.get("Content-Length", "")
            if not length.isdecimal() or int(length) <= largest() + ENVELOPE:
                return protected(request, lesson, **kwargs)
            if is_program(request):
                return JsonResponse({"errors": {"file": [str(refusal())]}}, status=413)
            return page(request, lesson, 413, problem=refusal())

        return measured

    return decorator


def is_program(request):
    """Whether js/studio/send.js asks, which shows a bar while it sends."""
    return request.headers.get("Accept") == "application/json"


def went_well(request, message, url):
    messages.success(request, message)
    return JsonResponse({"next": url}) if is_program(request) else redirect(url)


def what_to_mend(request, form, page):
    """The page with the form as it was filled in, or what it says at its fields for the program."""
    if is_program(request):
        return JsonResponse({"errors": {name: list(errors) for name, errors in form.errors.items()}}, status=400)
    return page()


def part_of(draft, name):
    """The block that an address names: None for the title; 404 where the lesson has no such part."""
    if name == "title":
        return None
    for block in draft.body:
        if str(block.id) == name:
            return UUID(name)
    raise Http404
