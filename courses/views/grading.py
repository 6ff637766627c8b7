"""What a lesson's activities are graded by, for the script that answers a learner while there is no line."""

from django.http import Http404, JsonResponse
from django.views.decorators.http import require_safe

from courses.readers import reader_of
from courses.rendering import activities_in, parts_of
from courses.views.lesson import find_lesson


@require_safe
def grading(request, course, lesson):
    """The definitions by activity, as courses.outlines gives them. The server grades again by its own."""
    reader = reader_of(request)
    if not reader.is_learner:
        raise Http404
    lesson = find_lesson(reader, course, lesson).lesson
    response = JsonResponse({each.id: each.definition for each in activities_in(parts_of(lesson))})
    response["Cache-Control"] = "private, no-store"
    return response
