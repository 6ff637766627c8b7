"""Whether requests about data are answered in time, everywhere; whose they are is not told."""

from django.db.models import Count, F, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.filters import BadFilter
from lms.centres.models import DataRequest
from lms.network.data_requests import told
from lms.network.ministry import refusals
from lms.network.ministry.access import ministry_only
from lms.network.ministry.pages import page_of

ON_A_PAGE = 50
SHOWN = ("open", "late")


@require_safe
@ministry_only
def requests(request):
    everything = DataRequest.objects.visible_to(request.user)
    late = Q(answered_at=None, due_on__lt=timezone.localdate())
    figures = everything.aggregate(
        open=Count("pk", filter=Q(answered_at=None)),
        late=Count("pk", filter=late),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
    )
    show = request.GET.get("show", "").strip()
    found = {"open": everything.open(), "late": everything.filter(late)}.get(show, everything)
    context = {"section": "ministry", "tab": "requests", "figures": figures, "show": show}
    try:
        refusals.refuse_unknown(request, ("show", "page"))
        if show and show not in SHOWN:
            raise BadFilter("show", _("This is none of the values."), SHOWN)
        context["page"] = _page(found, request.GET.get("page", "").strip())
    except BadFilter as bad:
        context["problem"] = refusals.told(bad)
    return render(request, "ministry/requests.html", context, status=400 if "problem" in context else 200)


def _page(found, number):
    """Raises BadFilter for one that there is not."""
    found = found.select_related("centre").defer("words", "reason")
    page = page_of(found.order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk"), number, ON_A_PAGE)
    page.object_list = told(page.object_list)
    return page
