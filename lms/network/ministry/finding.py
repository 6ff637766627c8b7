"""From the form above the figures, and from older addresses, to the one address of a place."""

from django.utils.translation import gettext as _

from courses import periods
from courses.statistics import BadFilter, Scope

PLACES = ("centre", "district", "province", "region")  # the narrowest first
MONTHS_OFFERED = 60


def wanted(request):
    """(kind, code) of a place that the nation's page is asked for; None when it is the nation. Raises BadFilter.

    `place` is what the form sends: a code of any kind. Older addresses name the kind.
    """
    told = {kind: request.GET.get(kind, "").strip() for kind in PLACES}
    if place := request.GET.get("place", "").strip():
        told = {_kind_of(place): place}
    told = {kind: code for kind, code in told.items() if code}
    if not told:
        return None
    scope = Scope(request.user, **told)
    kind = next(iter(told))
    return kind, scope.any_place.code if kind == "centre" and scope.any_place else told[kind]


def _kind_of(place):
    if place.isascii() and place.isalpha() and len(place) <= 3:
        return "region"
    if not (place.isascii() and place.isdigit()):
        return "centre"
    kind = {2: "province", 4: "district"}.get(len(place))
    if kind is None:
        raise BadFilter("place", _("This is none of the values."))
    return kind


def periods_offered(first, last):
    """What can be chosen as a beginning or an end: fiscal years and months, the latest first."""
    if first is None:
        return {"years": [], "months": []}
    years = range(periods.fiscal_year(last), periods.fiscal_year(first) - 1, -1)
    months = periods.between(first, last)[-MONTHS_OFFERED:]
    return {
        "years": [(f"FY{year}", periods.fiscal_year_label(year)) for year in years],
        "months": [(periods.code(month), periods.month_label(month)) for month in reversed(months)],
    }
