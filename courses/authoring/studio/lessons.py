"""A lesson as its learners will see it, at a phone's width, with what could be better beside it and what comes next."""

from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.authoring import rights
from courses.authoring.access import seen_lesson
from courses.authoring.checks import minutes, notes_on
from courses.authoring.pages import for_authors
from courses.authoring.review.missing import missing
from courses.authoring.studio.pages import page
from courses.authoring.studio.states import state_of, with_reviews
from courses.grading import KINDS
from courses.readers import reader_of
from courses.rendering import draw_lesson, draw_parts
from courses.views.lesson import Place, frame


@require_safe
@for_authors
def lesson(request, key):
    """The newest draft. Nothing is recorded."""
    stored = get_object_or_404(with_reviews(rights.lessons_seen_by(request.user)), key=key)
    draft = stored.get_latest_revision_as_object()
    course = stored.course
    place = Place(course, [*course.lessons().exclude(pk=draft.pk), draft], draft)
    context = {
        "tab": "lessons",
        "lesson": draft,
        "stored": stored,
        "place": place,
        "body": draw_lesson(draw_parts(draft), {}, frame(request, reader_of(request), place, is_preview=True)),
        "state": state_of(stored, timezone.localdate()),
        "may_write": rights.lessons_changed_by(request.user).filter(pk=stored.pk).exists(),
        "asks": sum(block.block_type in KINDS for block in draft.body),
        "is_handed_in": course.centre_id is not None,  # the nation's are published by who writes them
        **looked_at(draft),
    }
    return page(request, "authoring/studio/lesson.html", context)


@require_safe
@for_authors
def checks(request, key):
    """The same notes, for the editor to fetch anew when it has saved."""
    draft = seen_lesson(request.user, key).get_latest_revision_as_object()
    context = looked_at(draft) | {"lesson": draft, "edit_url": ""}
    html = render_to_string("authoring/studio/_checks.html", context)
    return JsonResponse({"html": html, "language": get_language()})


def looked_at(draft):
    """What must be mended, what could be better, and for how many minutes it is."""
    return {"missing": missing(draft), "notes": notes_on(draft), "minutes": minutes(draft.body)}
