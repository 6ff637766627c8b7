"""Whether requests about data are answered in time, everywhere; whose they are is not told."""

from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lms.centres.models import DataRequest
from lms.network.data_requests import told
from lms.network.ministry.access import ministry_only

ON_A_PAGE = 50


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
    show = request.GET.get("show", "")
    found = {"open": everything.open(), "late": everything.filter(late)}.get(show, everything)
    found = found.select_related("centre").defer("words", "reason")
    found = found.order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = told(page.object_list)
    context = {"section": "ministry", "tab": "requests", "figures": figures, "show": show, "page": page}
    return render(request, "ministry/requests.html", context)
