"""From the form above the figures, and from older addresses, to the one address of a place."""

from django.utils.translation import gettext as _

from courses import filters, periods
from courses.filters import BadFilter
from courses.models import LessonPage
from courses.statistics import Scope

PLACES = ("centre", "district", "province", "region")  # the narrowest first
MONTHS_OFFERED = 60


def wanted(request):
    """(kind, code) of a place that the nation's page is asked for; None when it is the nation. Raises BadFilter.

    `place` is what the form sends: a code of any kind. Older addresses name the kind.
    """
    told = _told(request)
    if not told:
        return None
    kind, code = next(iter(told.items()))
    scope = Scope(request.user, **{kind: code})
    refuse_other_places(request, scope, kind, code)
    return kind, scope.any_place.code if kind == "centre" else code


def refuse_other_places(request, scope, kind, code):
    """Raises BadFilter where an address names a place that is not around this one: one of them would be ignored."""
    others = {other: place for other, place in _told(request).items() if (other, place) != (kind, code)}
    if not others:
        return
    Scope(request.user, **others)  # says what is no place at all
    around = _around(scope, kind, code)
    for other, place in others.items():
        if around.get(other) != place:
            raise filters.apart(other, place, code)


def _told(request):
    """{kind: code} of the places that an address names, the narrowest first."""
    told = {kind: request.GET.get(kind, "").strip() for kind in PLACES}
    if place := request.GET.get("place", "").strip():
        kind = _kind_of(place)
        if told[kind] not in ("", place):
            raise filters.apart("place", told[kind], place)
        told[kind] = place
    return {kind: code for kind, code in told.items() if code}


def _around(scope, kind, code):
    """{kind: code} of what a place lies in."""
    if kind == "centre":
        place = scope.any_place
        return {"centre": place.code, "district": place.district} | _around(scope, "district", place.district)
    province = code[:2] if kind == "district" else code
    if kind in ("district", "province"):
        return {"province": province, "region": scope.region_of.get(province)}
    return {}


def is_from_the_form(request):
    """The form always sends the place, and carries along what it does not show."""
    return "place" in request.GET


def is_of_another_course(lesson, course):
    """Whether there is such a lesson, but not in this course. Both are keys."""
    page = LessonPage.objects.filter(key=filters.as_key(lesson)).first()
    return page is not None and str(page.get_parent().specific.key) != course


def _kind_of(place):
    if place.isascii() and place.isalpha() and len(place) <= 3:
        return "region"
    if not (place.isascii() and place.isdigit()):
        return "centre"
    kind = {2: "province", 4: "district"}.get(len(place))
    if kind is None:
        raise BadFilter("place", _("This is none of the values."))
    return kind


def periods_offered(scope, *chosen):
    """What can be chosen as a beginning or an end: fiscal years and months, the latest first.

    Those that have counts, whatever is asked for, and those that are chosen: the form is to say so.
    """
    first, last = scope.counted_months
    months = set(periods.between(first, last)[-MONTHS_OFFERED:]) if first else set()
    years = set(range(periods.fiscal_year(first), periods.fiscal_year(last) + 1)) if first else set()
    for text in chosen:
        _add(text, years, months)
    return {
        "years": [(f"FY{year}", periods.fiscal_year_label(year)) for year in sorted(years, reverse=True)],
        "months": [(periods.code(month), periods.month_label(month)) for month in sorted(months, reverse=True)],
    }


def _add(text, years, months):
    try:
        first, last = periods.read(text)
    except periods.BadPeriod:
        return
    if first == last:
        months.add(first)
    else:
        years.add(periods.fiscal_year(first))
