"""An answer to one question: kept for a learner, only judged for everybody else.

A script asks with `X-Fragment`, and is answered with the activity alone and, in `X-Verdict`, with what became of the
event. `X-Fragment: outbox` says that the form's event was made for this very answer and waits in the browser's outbox
until there is a verdict.
"""

import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courses.activities import judged, refused
from courses.grading import Malformed, read_form
from courses.models import LessonOutline
from courses.readers import reader_of
from courses.rendering import Activity, activities_in, draw_activity, parts_of
from courses.views.lesson import find_lesson, frame, lesson_page, note, progress_of, see_other
from lms.accounts.ids import uuid7

LONGEST_SECONDS = 900  # more means that somebody left the page open


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request, course, lesson, activity):
    reader = reader_of(request)
    place = find_lesson(reader, course, lesson)
    asked = _find(place.lesson, str(activity))
    if asked is None:
        return _of_before(request, reader, place, str(activity))
    back = f"{place.url}#activity-{asked.id}"
    if request.method != "POST":  # somebody reloads the address of an answer
        return redirect(back)
    progress = progress_of(reader, place.lesson)
    state, verdict = _answer(request, reader, place, asked, progress)
    status = 422 if state.name == "fix" else 200
    if "X-Fragment" in request.headers:
        html = draw_activity(asked, state, frame(request, reader, place))
        return with_verdict(HttpResponse(html, status=status), verdict)
    if reader.is_learner and status == 200:
        return see_other(back)
    return lesson_page(request, reader, place, progress, shown={asked.id: state}, status=status)


def _find(lesson, activity_id):
    for activity in activities_in(parts_of(lesson)):
        if activity.id == activity_id:
            return activity
    return None


def _of_before(request, reader, place, activity_id):
    """An answer to a question that was taken out or changed while its page was open: it is kept with that question.

    A script's is not taken here: it lies in the browser's outbox, which hands it in.
    """
    outline = LessonOutline.objects.filter(lesson=place.lesson.key).first()
    known = outline.activities.get(activity_id) if outline else None
    if known is None or not reader.is_learner or request.method != "POST" or "X-Fragment" in request.headers:
        raise Http404
    asked = Activity(activity_id, known["kind"], 0, {}, known)
    _state, verdict = _answer(request, reader, place, asked, progress_of(reader, place.lesson))
    if verdict and verdict.status != "rejected":
        messages.info(request, _("This question was just changed. Your answer is kept with the old one."))
    return see_other(place.url)


def _answer(request, reader, place, asked, progress):
    """Judge the form's answer, and keep it if it is a learner's; the activity's new state, and the event's verdict."""
    values = dict(request.POST.lists())
    try:
        answer = read_form(asked.definition, values)
        state = judged(asked, answer)
    except Malformed as problem:
        return refused(values, problem.code), None
    verdict = _keep(request, reader, place, asked, progress, answer) if reader.is_learner else None
    if verdict and verdict.status == "rejected":
        return refused(values, "not_kept"), verdict
    return state, verdict


def _keep(request, reader, place, asked, progress, answer):
    """Record the answer; the verdict.

    The form carries its event's id, so that a form sent twice counts once. But a page that came back from
    the browser's history carries an old id with a new answer: that is a new event. One from an outbox never does: its
    duplicate is a request that took so long that the outbox was faster.
    """
    facts = {"activity": UUID(asked.id), "answer": answer, "seconds": seconds_since(request, progress)}
    verdict = note(reader, place.lesson, "answered", id=event_id(request), **facts)
    if verdict.status == "duplicate" and request.headers.get("X-Fragment") != "outbox":
        now = progress_of(reader, place.lesson)
        if now is None or now.answers.get(asked.id, {}).get("answer") != answer:
            verdict = note(reader, place.lesson, "answered", **facts)
    return verdict


def with_verdict(response, verdict):
    """The response, with what became of the event for the browser's outbox; nothing for who is no learner."""
    if verdict:
        response["X-Verdict"] = verdict.status
        if verdict.reason:
            response["X-Reason"] = verdict.reason
    return response


def event_id(request):
    """The id that the form was drawn with, or a new one if it is not what we draw."""
    try:
        event = UUID(request.POST.get("event", ""))
    except ValueError:
        return uuid7()
    return event if event.version == 7 else uuid7()


def seconds_since(request, progress):
    """How long this took: since the page was opened, or since what the learner last did on it."""
    try:
        opened = int(request.POST.get("opened", "")[:12])
    except ValueError:
        return 0
    if progress:
        opened = max(opened, int(progress.last_at.timestamp()))
    return min(max(int(time.time()) - opened, 0), LONGEST_SECONDS)
