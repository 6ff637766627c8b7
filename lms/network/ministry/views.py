"""The ministry's pages, one for each place of each level, and their sheets. All tell the report that the API tells."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from courses import lesson_report
from courses.authoring import rights
from courses.authoring.review import queue
from courses.filters import BadFilter
from courses.statistics import Scope, completions
from lms.accounts.replicas import reads_a_replica
from lms.network.ministry import finding, refusals, sheets
from lms.network.ministry.access import is_officer
from lms.network.ministry.asking import FILTERS, Asked
from lms.network.ministry.parts import parts
from lms.network.ministry.screen import screen


def planners_only(view):
    """The ministry plans, and core members for the centres they look after. Nobody else finds the page."""

    @require_safe
    @login_required
    @reads_a_replica
    def opened(request, *args, **kwargs):
        request.is_officer = is_officer(request.user)
        if not request.is_officer and not request.user.appointments.in_force().exists():
            raise Http404
        return view(request, *args, **kwargs)

    return opened


@planners_only
def level(request, kind="nation", **named):
    """A place with its key figures, funnel, months, map, table and silent centres; with `format` as a sheet."""
    code = named.get(kind, "")
    asked = Asked(request, kind, code)
    try:
        if address := asked.leads_on():
            return redirect(address)
        scope = asked.scope(request.user)
        if kind == "centre" and scope.any_place.code != code:
            return redirect(asked.moved_to("centre", scope.any_place.code))  # an old code still leads there
        if asked.format:
            return sheets.answer(asked, scope, request.user, request.is_officer)
        context = screen(asked, scope, request.user, request.is_officer)
        context["parts"] = [(part.title, asked.csv_of(part.name)) for part in parts(context)]
    except BadFilter as bad:
        if asked.format in sheets.KINDS:
            return _refused(bad)
        context = {"asked": asked, "problem": refusals.told(bad), "wrong": bad.field, "scope": Scope(request.user)}
    if kind == "nation":
        context["reviews"] = queue.told(queue.to_review(request.user)) if rights.is_reviewer(request.user) else None
    context |= {"section": "ministry", "tab": "overview", "carried": asked.carried(context.get("wrong"))}
    context["periods"] = finding.periods_offered(context["scope"], asked.given["from"], asked.given["to"])
    return render(request, "ministry/level.html", context, status=400 if "problem" in context else 200)


@planners_only
def completions_csv(request):
    """Every figure of the report at once, by any grouping and filter, as the API has them."""
    names = FILTERS | {name: name for name in (*finding.PLACES, "by", "sort")}
    told = {own: request.GET.get(public, "").strip() for public, own in names.items()}
    told["by"] = told["by"] or "region"
    try:
        refusals.refuse_unknown(request, (*FILTERS, *finding.PLACES, "by", "sort"))
        return _report(request.user, **told).sheet()
    except BadFilter as bad:
        return _refused(bad)


def _report(user, lesson, **told):
    """As the API has it: of a lesson, its key will do. Raises BadFilter."""
    if not lesson:
        return completions(user, **told)
    return lesson_report.of_a_lesson(user, lesson=lesson, **told)


def _refused(bad):
    return HttpResponseBadRequest(f"{bad.field}: {bad.message}", content_type="text/plain; charset=utf-8")
