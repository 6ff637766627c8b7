"""A lesson to print, for whoever has no machine at home, and for a group around a table."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.paper import on_paper
from courses.printing import printed
from courses.readers import reader_of
from courses.rendering import parts_of
from courses.views.lesson import find_lesson


@require_safe
def paper(request, course, lesson):
    """The same for everybody who may open the lesson; opening it starts nothing, as it may be printed for others."""
    place = find_lesson(reader_of(request), course, lesson)
    parts, answers = on_paper(parts_of(place.lesson))
    context = {"place": place, "parts": parts, "answers": answers, "today": timezone.localdate()}
    return render(request, "courses/paper.html", context)


@require_safe
def paper_pdf(request, course, lesson):
    """The same as a file that every machine prints alike."""
    place = find_lesson(reader_of(request), course, lesson)
    which = _("Lesson %(number)d of %(n)d") % {"number": place.number, "n": len(place.lessons)}
    return as_pdf(printed(place.lesson, place.course, which), place.lesson.slug)


def as_pdf(pdf, name):
    headers = {"Content-Disposition": f'inline; filename="sala-{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
