"""One course: its lessons in the order they are written in, which nobody has to follow."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from courses.groups import may_lead
from courses.models import Enrolment, LessonPage, LessonProgress, with_courses
from courses.readers import reader_of
from courses.views.together.start import ahead_at_home


@require_safe
def course(request, course):
    reader = reader_of(request)
    page = get_object_or_404(reader.courses().select_related("picture"), slug=course)
    lessons = list(page.lessons().defer("body"))
    progress, enrolment = {}, None
    if reader.is_learner:
        progress = {row.lesson: row for row in LessonProgress.objects.of(reader.user).filter(course=page.key)}
        enrolment = Enrolment.objects.of(reader.user).filter(course=page.key).first()
    rows = lesson_rows(lessons, progress)
    current = _current(rows, enrolment)
    context = {
        "course": page,
        "rows": rows,
        "current": current,
        "stitches": ["done" if row["state"] == "done" else "now" if row is current else "" for row in rows],
        "done": sum(row["state"] == "done" for row in rows),
        "enrolment": enrolment,
        "is_kept": reader.is_learner,
        "may_lead": may_lead(reader),
        "ours": ours_after(page, reader),
        "ahead": ahead_at_home(request, reader, page) if page.group_activity else "",
    }
    return render(request, "courses/course.html", context)


@require_safe
def course_finished(request, course):
    """For those who have finished it."""
    reader = reader_of(request)
    if not reader.is_learner:
        raise Http404
    page = get_object_or_404(reader.courses().select_related("picture"), slug=course)
    enrolment = get_object_or_404(Enrolment.objects.of(reader.user).completed(), course=page.key)
    return render(request, "courses/course_finished.html", {"course": page, "enrolment": enrolment})


def ours_after(course, reader):
    """What the learner's centre shows after one of the nation's: no part of that course."""
    if course.centre_id or not reader.is_learner:
        return []
    return with_courses(LessonPage.objects.placed_after([course], reader.home.centre_id).defer("body"))


def lesson_rows(lessons, progress):
    """The lessons as courses/_lesson.html takes them. `progress` is the learner's, by key."""
    return [_row(lesson, number, progress.get(lesson.key)) for number, lesson in enumerate(lessons, start=1)]


def _row(lesson, number, progress):
    state = "" if progress is None else "done" if progress.is_finished else "now"
    return {"lesson": lesson, "number": number, "state": state, "finished_at": progress and progress.finished_at}


def _current(rows, enrolment):
    """The lesson to go on with: the one left open, else the next that is not finished, else None."""
    last = next((at for at, row in enumerate(rows) if enrolment and row["lesson"].key == enrolment.last_lesson), 0)
    return next((row for row in rows[last:] + rows[:last] if row["state"] != "done"), None)
