"""Courses as files in the studio: what goes into a zip and what stays; and zips of other Salas."""

from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.authoring.exporting.arriving import LARGEST
from courses.authoring.exporting.packing import parcel, zipped
from courses.authoring.importing import work
from courses.authoring.importing.forms import check_none_waits
from courses.authoring.pages import for_authors, paginated, studio_page
from courses.authoring.rights import courses_written_by, edits_national, is_author, lessons_seen_by, written_for
from courses.models import LessonImport
from courses.printing import printed
from courses.views.paper import as_pdf

ICON = "download"
NATION = "nation"


def above():
    return [("course_files", _("Courses as files"))]


@require_safe
@for_authors
def course_files(request):
    courses = courses_written_by(request.user).select_related("centre").order_by("centre__name_th", "path")
    return studio_page(
        request,
        "authoring/exporting/courses.html",
        _("Courses as files"),
        ICON,
        **paginated(request, courses),
        may_import=is_author(request.user),
    )


@require_safe
@for_authors
def course_file(request, page):
    """What would go along, and what would not."""
    course = _own(request, page)
    title = _("“%(course)s” as a file") % {"course": course.title}
    return studio_page(
        request, "authoring/exporting/course.html", title, ICON, above(), course=course, parcel=parcel(course)
    )


@require_safe
@for_authors
def course_zip(request, page):
    course = _own(request, page)
    answer = StreamingHttpResponse(zipped(parcel(course)), content_type="application/zip")
    name = f"{course.title[:80]}.zip".replace("/", "-").replace('"', "")
    answer["Content-Disposition"] = f"attachment; filename=\"{course.slug}.zip\"; filename*=UTF-8''{quote(name)}"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def import_course(request):
    """Another Sala's zip, which is looked at and taken in behind one's back."""
    if not is_author(request.user):
        raise Http404
    context = {"places": places(request.user), "may_publish": edits_national(request.user)}
    if request.method == "POST":
        try:
            batch = _sent(request, dict(context["places"]))
            work.start(batch)
            return redirect("lesson_import", batch.pk)
        except ValidationError as refused:
            context["problem"] = refused.message
    status = 400 if "problem" in context else 200
    title = _("Take in a course")
    return studio_page(request, "authoring/exporting/import.html", title, "upload", above(), status, **context)


def places(user):
    """Where a course may go: [(value, name)]; the nation's for their editors, and the centres that one writes for."""
    nation = [(NATION, _("the nation's courses"))] if edits_national(user) else []
    return nation + [(str(centre.pk), centre.name) for centre in written_for(user).order_by("name_th")]


def _sent(request, allowed):
    """Put aside to be taken in. Raises ValidationError in words."""
    file, place = request.FILES.get("file"), request.POST.get("place") or next(iter(allowed))
    if place not in allowed:
        raise ValidationError(_("Choose where the course is to go."))
    if file is None:
        raise ValidationError(_("Choose a file first."))
    if file.size > LARGEST:
        raise ValidationError(_("The file is larger than %d MB.") % (LARGEST // 1024**2))
    check_none_waits(request.user)
    return LessonImport.objects.create(
        centre=None if place == NATION else written_for(request.user).get(pk=place),
        made_by=request.user,
        file=file,
        file_name=file.name[-200:].replace("\0", ""),
        kind=LessonImport.COURSE,
        publishes="publish" in request.POST,
        report={"language": get_language()},
    )


@require_safe
@for_authors
def lesson_pdf(request, page):
    """A draft on paper, to read it aloud to whoever knows best."""
    lesson = get_object_or_404(lessons_seen_by(request.user), pk=page)
    draft = lesson.get_latest_revision_as_object()
    return as_pdf(printed(draft, lesson.course), f"{lesson.pk}")


def _own(request, page):
    return get_object_or_404(courses_written_by(request.user).select_related("centre", "topic", "picture"), pk=page)
