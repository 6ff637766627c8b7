"""The ministry's page and its CSV. Both tell the report that the API tells."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses import groupings, periods
from courses.definitions import DEFINITIONS
from courses.statistics import BadFilter, Scope
from lms.accounts.replicas import reads_a_replica
from lms.network.ministry import charts
from lms.network.ministry.access import is_officer

PLACES = ("region", "province", "district", "host_kind", "centre", "course")
FILTERS = {"from": "start", "to": "end"} | {name: name for name in PLACES}
ROWS_ON_A_PAGE = 100
SILENT_SHOWN = 100
MONTHS_OFFERED = 60


def _asked(request):
    """The grouping and the filters of an address, as text. Raises Http404 for who does not plan.

    The ministry plans, and core members for the centres they look after.
    """
    request.is_officer = is_officer(request.user)
    if not request.is_officer and not request.user.appointments.in_force().exists():
        raise Http404
    asked = {name: request.GET.get(name, "").strip() for name in ["by", "sort", *FILTERS]}
    return asked | {"by": asked["by"] or "region"}


def _scope(request, asked):
    return Scope(request.user, **{own: asked[public] for public, own in FILTERS.items()})


@require_safe
@login_required
@reads_a_replica
def overview(request):
    asked = _asked(request)
    context = {
        "section": "ministry",
        "tab": "overview",
        "asked": asked,
        "definitions": DEFINITIONS,
        "groupings": {name: grouping.title for name, grouping in groupings.BY.items()},
        "query": urlencode({name: value for name, value in asked.items() if value}),
    }
    try:
        scope = _scope(request, asked)
        report = scope.report(asked["by"]).sorted(asked["sort"])
        rows = _page(request, report.rows)
    except BadFilter as bad:
        context |= {"problem": bad.message, "scope": (scope := Scope(request.user))}
    else:
        context |= {
            "scope": scope,
            "report": report,
            "page": rows,
            "chart": charts.monthly(scope.report("month")),
            "silent": report.silent[:SILENT_SHOWN],
            "more_silent": len(report.silent) - SILENT_SHOWN,
        }
    context["periods"] = _periods(*scope.span)
    return render(request, "ministry/overview.html", context, status=400 if "problem" in context else 200)


def _page(request, rows):
    """A part of the rows. Raises BadFilter where there is no such page."""
    pages = Paginator(rows, ROWS_ON_A_PAGE)
    try:
        return pages.page(request.GET.get("page") or 1)
    except InvalidPage:
        allowed = [f"1–{pages.num_pages}" if pages.num_pages > 1 else "1"]
        raise BadFilter("page", _("There is no such page."), allowed) from None


def _periods(first, last):
    """What can be chosen as a beginning or an end: fiscal years and months, the latest first."""
    if first is None:
        return {"years": [], "months": []}
    years = range(periods.fiscal_year(last), periods.fiscal_year(first) - 1, -1)
    months = periods.between(first, last)[-MONTHS_OFFERED:]
    return {
        "years": [(f"FY{year}", periods.fiscal_year_label(year)) for year in years],
        "months": [(periods.code(month), periods.month_label(month)) for month in reversed(months)],
    }


@require_safe
@login_required
@reads_a_replica
def completions_csv(request):
    asked = _asked(request)
    try:
        report = _scope(request, asked).report(asked["by"]).sorted(asked["sort"])
    except BadFilter as bad:
        return HttpResponseBadRequest(f"{bad.field}: {bad.message}", content_type="text/plain; charset=utf-8")
    return report.sheet()
