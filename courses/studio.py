"""What the studio shows beside its pages: the facts that wait for an agency's word."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from courses.authoring import rights
from courses.authoring.policy import POLICY
from courses.models import LessonPage

FACTS_ON_A_PAGE = 50


@dataclass(frozen=True)
class Fact:
    """A block of a lesson that must be confirmed before it can be relied on."""

    lesson: LessonPage
    text: str
    owner: str
    checked: str


def facts_to_confirm(user):
    """From the live lessons that this person may edit; the longest unchecked first."""
    pages = POLICY.instances_user_has_permission_for(user, "change")
    lessons = LessonPage.objects.live().filter(pk__in=pages.order_by().values("pk"))
    facts = [
        Fact(lesson, **{name: block["value"][name] for name in ("text", "owner", "checked")})
        for lesson in lessons.only("title", "body").order_by("path")
        for block in lesson.body.raw_data
        if block["type"] == "fact" and block["value"]["recheck"]
    ]
    return sorted(facts, key=lambda fact: fact.checked)


class FactsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "courses/facts_to_confirm.html"
    page_title = _("Facts to confirm")
    header_icon = "calendar-check"
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not rights.edits_national(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        paginator = Paginator(facts_to_confirm(self.request.user), FACTS_ON_A_PAGE)
        facts = paginator.get_page(self.request.GET.get("p"))
        pages = paginator.get_elided_page_range(facts.number)
        return super().get_context_data(**kwargs) | {"facts": facts, "pages": pages}
