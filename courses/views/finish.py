"""จบบทนี้: finish a lesson, and go where it goes on. A script asks with `X-Fragment` where that is."""

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.models import Enrolment, LessonProgress
from courses.readers import reader_of
from courses.views.answers import event_id, seconds_since, with_verdict
from courses.views.lesson import find_lesson, note, progress_of, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request, course, lesson):
    reader = reader_of(request)
    place = find_lesson(reader, course, lesson)
    if request.method != "POST":
        return redirect(place.url)
    finished, verdict = set(), None
    if reader.is_learner:
        seconds = seconds_since(request, progress_of(reader, place.lesson))
        verdict = note(reader, place.lesson, "finished", id=event_id(request), seconds=seconds)
        if verdict.status == "rejected":
            messages.warning(request, _("This could not be kept. Please tell the caretaker."))
        mine = LessonProgress.objects.of(reader.user).filter(course=place.course.key)
        finished = set(mine.exclude(finished_at=None).values_list("lesson", flat=True))
    url = _next_url(reader, place, finished)
    if "X-Fragment" in request.headers:
        return with_verdict(JsonResponse({"next": url}), verdict)
    return see_other(url)


def _next_url(reader, place, finished):
    """The next lesson that is not finished, else one that was passed over, else the end of the course."""
    after = place.number
    for other in place.lessons[after:] + place.lessons[: after - 1]:
        if other.key not in finished:
            return reverse("lesson", args=[place.course.slug, other.slug])
    is_completed = Enrolment.objects.of(reader.user).completed().filter(course=place.course.key).exists()
    return reverse("course_finished" if is_completed else "course", args=[place.course.slug])
