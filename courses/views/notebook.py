"""สมุดเรียนของฉัน: what a learner has finished, written and done, in their own words."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from courses.group_shares import times_together
from courses.models import CoursePage, Enrolment, LessonPage, LessonProgress
from courses.progress.checks import Check
from courses.readers import reader_of


@require_safe
def notebook(request):
    if not request.user.is_authenticated:
        return redirect("home")
    reader = reader_of(request)
    if not reader.is_learner:
        raise Http404
    enrolments = list(Enrolment.objects.of(reader.user).order_by("-last_at"))
    courses = CoursePage.objects.filter(key__in=[row.course for row in enrolments])
    courses = {page.key: page for page in courses.only("title", "title_en", "slug", "key", "live")}
    progress = list(LessonProgress.objects.of(reader.user).order_by("started_at"))
    lessons = {page.key: page for page in LessonPage.objects.filter(key__in=[row.lesson for row in progress])}
    by_course = {}
    for row in progress:
        if row.lesson in lessons:
            by_course.setdefault(row.course, []).append(_entry(row, lessons[row.lesson]))
    chapters = [
        {"course": courses[row.course], "enrolment": row, "entries": by_course.get(row.course, [])}
        for row in enrolments
        if row.course in courses
    ]
    context = {"chapters": chapters, "together": times_together(reader.user)}
    return render(request, "courses/notebook.html", context)


def _entry(progress, lesson):
    """A lesson's lines in the notebook. Raw blocks, as rendering whole lessons for a few words is slow."""
    reflections, tasks = [], []
    for block in lesson.body.raw_data:
        entry = progress.answers.get(block.get("id"), {})
        answer = entry.get("answer")
        if block["type"] == "reflection" and isinstance(answer, str):
            reflections.append({"question": block["value"]["question"], "answer": answer})
        elif block["type"] == "task" and (answer or Check.of(entry)):
            tasks.append(_task(block["value"], answer or [], Check.of(entry)))
    return {"lesson": lesson, "progress": progress, "reflections": reflections, "tasks": tasks}


def _task(value, ticks, check):
    return {
        "title": value["title"],
        "ticked": len(ticks),
        "steps": len(value["checklist"]),
        "is_done": len(ticks) == len(value["checklist"]),
        "waits_for_caretaker": value["observed_by"] == "caretaker",
        "check": check,
    }
