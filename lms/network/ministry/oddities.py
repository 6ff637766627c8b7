"""Questions about figures with the centres' answers beside them: counts, and nobody's name."""

from django.db.models import F
from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses import filters
from courses.filters import BadFilter
from courses.models import Oddity
from courses.statistics import Scope
from lms.accounts.lists import in_chunks
from lms.accounts.sheets import sheet
from lms.network.ministry import refusals
from lms.network.ministry.access import ministry_only
from lms.network.ministry.pages import page_of
from lms.network.oddities import told

ON_A_PAGE = 50
STATES = ("waiting", "answered")
PLACES = ("region", "province", "centre")
NAMES = ("state", "kind", *PLACES)
EVIDENCE = (
    *("people", "times", "events", "seconds", "minutes", "km", "status"),
    *("at_machines", "on_phones", "on_phone", "in_groups", "by_others"),
    *("first", "last", "at", "elsewhere_at"),
)
OWN = ("day", "kind", "centre__subdistrict__district__province", "centre__code", "centre__name_th")
ANSWERED = ("lesson", "elsewhere__code", "found_at", "answered_at", "answer", "words")
COLUMNS = [*("day", "kind", "province", "centre", "centre_name"), *EVIDENCE]
COLUMNS += [*("lesson", "elsewhere", "asked_at", "answered_at", "answer", "words")]


class Asked:
    """What an address asks for. Raises BadFilter where that is nothing."""

    def __init__(self, request):
        refusals.refuse_unknown(request, (*NAMES, "page"))
        self.given = {name: request.GET.get(name, "").strip() for name in (*NAMES, "page")}
        filters.one_of("state", self.given["state"], STATES)
        filters.one_of("kind", self.given["kind"], Oddity.Kind.values)
        self.scope = Scope(request.user, **{name: self.given[name] for name in PLACES})

    def found(self, user):
        rows = Oddity.objects.visible_to(user)
        given = self.given
        if given["state"]:
            rows = rows.waiting() if given["state"] == "waiting" else rows.answered()
        if given["kind"]:
            rows = rows.filter(kind=given["kind"])
        if given["province"]:
            rows = rows.filter(**{OWN[2]: given["province"]})
        if given["region"]:
            within = [code for code, region in self.scope.region_of.items() if region == given["region"]]
            rows = rows.filter(**{f"{OWN[2]}__in": within})
        return rows.filter(centre__in=self.scope.places) if given["centre"] else rows

    def page(self, rows):
        return page_of(rows, self.given["page"], ON_A_PAGE)

    @property
    def kept(self):
        return [(name, self.given[name]) for name in NAMES]


@require_safe
@ministry_only
def oddities(request):
    context = {"section": "ministry", "tab": "oddities", "kinds": Oddity.Kind.choices, "given": request.GET}
    try:
        asked = Asked(request)
        rows = asked.found(request.user)
        found = rows.select_related("centre", "elsewhere").defer("learner", "subject")
        page = asked.page(found.order_by(F("answered_at").desc(nulls_first=True), "-day", "-pk"))
    except BadFilter as bad:
        context |= {"problem": refusals.told(bad), "scope": Scope(request.user)}
        return render(request, "ministry/oddities.html", context, status=400)
    figures = {"waiting": rows.waiting().count(), "answered": rows.answered().count()}
    context |= {"scope": asked.scope, "page": page, "oddities": told(page), "figures": figures, "kept": asked.kept}
    return render(request, "ministry/oddities.html", context)


@require_safe
@ministry_only
def oddities_csv(request):
    try:
        rows = Asked(request).found(request.user)
    except BadFilter as bad:
        return HttpResponseBadRequest(f"{bad.field}: {bad.message}", content_type="text/plain; charset=utf-8")
    chunks = in_chunks(rows.values("id", "evidence", *OWN, *ANSWERED), ("day", "id"))
    return sheet("questions", COLUMNS, (_line(row) for chunk in chunks for row in chunk))


def _line(row):
    seen = row["evidence"]
    return [*(row[name] for name in OWN), *(seen.get(name) for name in EVIDENCE), *(row[name] for name in ANSWERED)]
