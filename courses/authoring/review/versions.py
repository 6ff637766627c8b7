"""Earlier versions of a lesson: listed with their dates, compared in plain words, and brought back as a new draft."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from courses.authoring.access import seen_lesson
from courses.authoring.review.comparing import compare
from courses.authoring.studio.pages import page
from courses.models import LessonPage

ON_A_PAGE = 20


@require_safe
def lesson_versions(request, key):
    lesson = seen_lesson(request.user, key)
    versions = lesson.revisions.select_related("user").defer("content").order_by("-created_at", "-id")
    shown = Paginator(versions, ON_A_PAGE).get_page(request.GET.get("page"))
    return page(request, "authoring/review/versions.html", {"lesson": lesson, "page": shown})


@require_safe
def lesson_version(request, key, version):
    """One version beside the one that learners see; without one, beside the newest draft."""
    lesson, version = _version(request, key, version)
    live = LessonPage.objects.live().filter(pk=lesson.pk).first()
    other = live or lesson.get_latest_revision_as_object()
    context = {
        "lesson": lesson,
        "version": version,
        "is_live": version.pk == lesson.live_revision_id,
        "beside_live": live is not None,
        "comparison": compare(other, version.as_object()),
        "may_bring_back": version.pk != lesson.latest_revision_id and not lesson.adopted_from_id,
    }
    return page(request, "authoring/review/version.html", context)


@require_POST
def version_back(request, key, version):
    """A new draft with what an old version said. What is there now stays in the list."""
    lesson, version = _version(request, key, version)
    if lesson.adopted_from_id:
        raise Http404
    if version.pk != lesson.latest_revision_id:
        version.as_object().save_revision(user=request.user, previous_revision=version, clean=False, log_action=True)
    messages.success(request, _("Brought back as a draft. Learners see it when it was handed in and published."))
    return redirect("lesson_versions", key)


def _version(request, key, version):
    lesson = seen_lesson(request.user, key)
    return lesson, get_object_or_404(lesson.revisions.select_related("user"), pk=version)
