"""Pages that belong to no app: errors, uploaded files."""

import posixpath

from django.conf import settings
from django.http import Http404, HttpResponseServerError
from django.shortcuts import render
from django.template import loader
from django.utils.translation import gettext as _
from django.views.static import serve

from lms.accounts import uploads
from lms.accounts.problems import problem_json
from lms.ranges import in_pieces

# Drawn or heard inside a page of ours. All else is kept by whoever asks for it, and opened by a program of theirs.
SHOWN = ("image/", "audio/", "video/", "text/vtt")
NOTHING_RUNS = "default-src 'none'; sandbox"
DRAWN = "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # our own drawings (SVG) have colours in styles


def media(request, path):
    """An uploaded file, so that one machine needs no other web server. A script in it can do nothing."""
    if posixpath.normpath(path.lstrip("/")).split("/")[0] == "imports":  # they wait to be read, and are not ours yet
        raise Http404
    response = uploaded(request, path)
    response["Cache-Control"] = "public, max-age=86400"
    return response


def uploaded(request, name):
    """The response with a file, or a piece of it, from the folder or the bucket that uploads lie in."""
    bucket = uploads.bucket()
    response = bucket.sent(request, name) if bucket else _of_folder(request, name)
    kind = response.headers.get("Content-Type", "")
    response["Content-Security-Policy"] = DRAWN if kind == "image/svg+xml" else NOTHING_RUNS
    response["X-Content-Type-Options"] = "nosniff"
    if not kind.startswith(SHOWN):
        response["Content-Disposition"] = "attachment"
    return response


def _of_folder(request, path):
    try:
        response = serve(request, path, document_root=settings.MEDIA_ROOT)
    except OSError as error:  # a name that no file can have
        raise Http404 from error
    return in_pieces(request, response)


def _error(request, status, title, detail):
    if request.path.startswith("/api/"):
        return problem_json(status, title, detail)
    return render(request, f"{status}.html", status=status)


def bad_request(request, exception=None):
    return _error(request, 400, _("Bad request"), _("The request was not understood. Please check its form."))


def forbidden(request, exception=None):
    return _error(request, 403, _("Not allowed"), _("Please sign in again and retry."))


def not_found(request, exception=None, **named):
    return _error(request, 404, _("Not found"), _("There is nothing here. Check the address."))


def server_error(request):
    """Without the request: whatever broke must not be asked again while saying so."""
    if request.path.startswith("/api/"):
        return problem_json(500, _("Server error"), _("The fault is ours. Send the same again in a minute."))
    return HttpResponseServerError(loader.get_template("500.html").render())


def csrf_failure(request, reason=""):
    """A form that was open too long, or came from elsewhere: nothing was changed."""
    if request.path.startswith("/api/"):
        return problem_json(403, _("Not allowed"), _("Please sign in again and retry."))
    return render(request, "403_csrf.html", status=403)
