"""Pages for a learner's own phone to keep: the same as online, drawn for "a learner" and without anybody in them.

They are drawn without the request, so that no name, no token and no progress can get into them; X-Kept says so to the
worker, which keeps nothing else. What the learner did is laid over them by the page's own scripts.
"""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from courses.activities import is_open
from courses.keeping import kept_list, version
from courses.readers import reader_of
from courses.rendering import activities_in, draw_lesson, parts_of, version_of
from courses.views.course import lesson_rows, ours_after
from courses.views.lesson import find_lesson
from courses.views.together.kept import to_begin
from lms.centres.signing_in import device_of


@require_safe
def kept(request):
    """Where the phone begins when there is no line: what it keeps. The page's script fills it in."""
    _learner(request)
    return _as_kept("courses/kept/start.html", {})


@require_safe
def kept_none(request):
    """For everybody, on a centre's machine too: the page that was asked for is not kept here."""
    return _as_kept("courses/kept/none.html", {})


@require_safe
def kept_together(request):
    """Where a group goes on whose page was closed; the page's script puts it back."""
    _learner(request)
    return _as_kept("together/kept.html", {})


@require_safe
def kept_course(request, course):
    reader = _learner(request)
    page = get_object_or_404(reader.courses().select_related("picture"), slug=course)
    lessons = list(page.lessons().defer("body"))
    rows = lesson_rows(lessons, {})
    context = {
        "course": page,
        "rows": rows,
        "current": rows[0] if rows else None,
        "stitches": [],
        "done": 0,
        "enrolment": None,
        "is_kept": True,
        "ours": ours_after(page, reader),
    }
    return _as_kept("courses/course.html", context)


@require_safe
def kept_lesson(request, course, lesson):
    reader = _learner(request)
    place = find_lesson(reader, course, lesson)
    parts = parts_of(place.lesson)
    asked = activities_in(parts)
    context = {
        "place": place,
        "body": draw_lesson(parts, {}, _frame(place)),
        "left": sum(is_open(activity, None) for activity in asked),
        "is_kept": True,
        "version": version(place.course, place.lesson),
        "grading": {activity.id: activity.definition for activity in asked},
    }
    return _as_kept("courses/lesson.html", context)


@require_safe
def kept_lesson_together(request, course, lesson):
    """Where a group begins on this lesson without a line."""
    place = find_lesson(_learner(request), course, lesson)
    return _as_kept("together/begin.html", to_begin(place.course, place.lesson))


@require_safe
def kept_course_together(request, course):
    """Where a group begins on what the course has for groups."""
    page = get_object_or_404(_learner(request).courses().exclude(group_activity=None), slug=course)
    return _as_kept("together/begin.html", to_begin(page, None))


@require_safe
def kept_listing(request):
    """What may be kept, and in which edition. 404 to whom a phone must not keep anything for any longer.

    A phone that is linked and whose learner is only signed out is refused, and keeps what it has.
    """
    reader = reader_of(request)
    if reader.is_learner:
        return JsonResponse(kept_list(reader))
    phone = device_of(request)
    if phone and phone.owner_id and not request.user.is_authenticated:
        return JsonResponse({"learner": str(phone.owner_id)}, status=403)
    raise Http404


def _learner(request):
    reader = reader_of(request)
    if not reader.is_learner:
        raise Http404
    return reader


def _frame(place):
    """What the forms share; see courses.views.lesson.frame. Nobody's token, and nobody's way to shuffle."""
    return {
        "lesson_url": place.url,
        "csrf_token": "",
        "opened": "",
        "version": version_of(place.lesson),
        "mix": 0,
        "is_kept": True,
        "is_preview": False,
        "is_copy": True,
        "is_english": get_language() == "en",
    }


def _as_kept(template, context):
    response = HttpResponse(render_to_string(template, context | {"is_copy": True}))
    response["X-Kept"] = "1"
    return response
