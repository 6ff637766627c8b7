"""Documents of lessons as they go out: to be kept by whoever asks, never opened as a page of this site's.

In place of Wagtail's own view, which shows PDFs inside the site and gives no pieces of a sound or a film.
"""

from urllib.parse import quote

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, re_path
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import authenticate_with_password

from lms.views import uploaded

PLAYED = ("audio/", "video/")  # inside a page of ours, which hears them whatever is said about keeping


def document(request, number, name):
    """A document by its number and its name; hooks of Wagtail's may refuse it, as where its collection is closed."""
    found = get_object_or_404(get_document_model(), pk=number)
    if found.filename != name:
        raise Http404
    for may_serve in hooks.get_hooks("before_serve_document"):
        refused = may_serve(found, request)
        if isinstance(refused, HttpResponse):
            return refused
    response = uploaded(request, found.file.name)
    if not response.headers.get("Content-Type", "").startswith(PLAYED):
        response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


urlpatterns = [
    re_path(r"^(\d+)/(.*)$", document, name="wagtaildocs_serve"),
    path(
        "authenticate_with_password/<int:restriction_id>/",
        authenticate_with_password,
        name="wagtaildocs_authenticate_with_password",
    ),
]
