"""Sending a file, waiting for it, and the report of what came over."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.authoring import rights
from courses.authoring.importing import limits, words, work
from courses.authoring.importing.forms import ImportForm, too_large
from courses.models import LessonImport

ENVELOPE = 64 * 1024  # what a form adds around its file
LATEST = 20
WAIT = 3  # seconds until the page looks again by itself


class Page(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "upload"
    page_title = _("Take over what there is")

    @property
    def breadcrumbs_items(self):
        return [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": self.page_title}]


class ImportsView(Page):
    """The form, and what was sent lately."""

    template_name = "authoring/importing/imports.html"

    def post(self, request):
        form = ImportForm(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self.answer(form, 400)
        batch = form.save()
        work.start(batch)
        return redirect("lesson_import", batch.pk)

    def answer(self, form, status):
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", ImportForm(user=self.request.user))
        imports = LessonImport.objects.visible_to(self.request.user).select_related("centre", "made_by")
        imports = imports.defer("report").order_by("-made_at")[:LATEST]
        return super().get_context_data(**kwargs) | {"imports": imports, "megabytes": limits.FILE // limits.MB}


@csrf_exempt  # until the length is known: reading a form's token reads the whole file
@require_http_methods(["GET", "HEAD", "POST"])
def imports(request):
    """Only for those who write for a centre. What is longer than it says is cut off there by Django."""
    if not rights.written_for(request.user).exists():
        raise Http404
    length = request.headers.get("Content-Length", "")
    if request.method == "POST" and length.isdecimal() and int(length) > limits.FILE + ENVELOPE:
        return _refused(request)
    return _protected(request)


@csrf_protect
def _protected(request):
    return ImportsView.as_view()(request)


def _refused(request):
    """Without reading it."""
    page = ImportsView()
    page.setup(request)
    return page.render_to_response(page.get_context_data(too_large=too_large()), status=413)


@method_decorator(require_http_methods(["GET", "HEAD"]), name="dispatch")
class ImportView(Page):
    """How far an import is, or what became of it. With ?part=state only that, for the page to put in its place."""

    template_name = "authoring/importing/import.html"

    def get(self, request, pk):
        found = LessonImport.objects.visible_to(request.user).select_related("centre", "made_by", "course")
        self.batch = work.look_after(get_object_or_404(found, pk=pk))
        context = self.get_context_data()
        if request.GET.get("part") == "state":
            return render(request, "authoring/importing/_state.html", context)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs):
        report = self.batch.report
        told = {
            "batch": self.batch,
            "wait": WAIT,
            "kind": words.KIND_NAMES.get(self.batch.kind, ""),
            "problem": words.problem(report["problem"]) if "problem" in report else "",
            "parts": [_Part(part, self.batch.kind) for part in report.get("parts", [])],
            "lessons": self._lessons(),
            "lines": report.get("problem", {}).get("details", {}).get("lines", []),
            "courses": [words.course(each) for each in report.get("courses", [])],
        }
        return super().get_context_data(**kwargs) | told

    def _lessons(self):
        """The drafts that are still there and one's own to change."""
        keys = [lesson["key"] for lesson in self.batch.lessons]
        pages = rights.lessons_written_by(self.request.user).filter(key__in=keys) if keys else []
        found = {str(page.key): page for page in pages}
        return [found[key] for key in keys if key in found]


class _Part:
    """A line of the report in the reader's language."""

    def __init__(self, part, kind):
        numbered = part["number"] is not None and kind not in ("mbz", "imscc")
        self.name = f"{words.part_name(part)} {part['number']}" if numbered else words.part_name(part)
        self.title = part["title"]
        self.took = words.took(part)
        self.left = [(words.left(line), line["count"]) for line in part["left"]]
