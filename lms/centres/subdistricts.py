"""Where somebody lives: the subdistricts near their centre, and any other by its name."""

import re

from django.db.models import Case, Q, Value, When

from lms.accounts import thai
from lms.centres.models import District, Subdistrict

FOUND_AT_MOST = 20
LONGEST_SEARCH, MOST_WORDS = 60, 4
KINDS = re.compile(r"^(ตำบล|แขวง|อำเภอ|เขต|จังหวัด|[ตอจ]\.)(?=.)")  # what people write before a name


def offered(centre, words="", chosen=None, may_be_untold=False):
    """What centres/_places.html takes: one is chosen already, the centre's own if no other; "" where none need be."""
    chosen = chosen or ("" if may_be_untold else centre.subdistrict_id)
    nearby, found = near(centre.subdistrict_id), named(words, centre.subdistrict_id)
    if chosen not in {"", *(place.pk for place in nearby + found)}:
        found = [*_with_names().filter(pk=chosen), *found]
    return {"near": nearby, "found": found, "chosen": chosen, "words": words, "may_be_untold": may_be_untold}


def typed_code(text):
    """A subdistrict's code as a form sent it, or nothing that could be one."""
    return text if re.fullmatch("[0-9]{6}", text or "") else ""


def near(code):
    """The subdistricts of its district, itself first and the others in dictionary order."""
    places = _with_names().filter(district_id=code[:4])
    return sorted(places, key=lambda place: (place.pk != code, thai.sort_key(place.name_th)))


def named(words, near_to=""):
    """Those that hold every word in their own name or their district's or province's, the nearest first.

    One query that stops at 20 rows. The districts that have a word are asked for once, not for each subdistrict.
    """
    words = [KINDS.sub("", word) for word in thai.normalise(words[:LONGEST_SEARCH]).split()[:MOST_WORDS]]
    if not words:
        return []
    found = _with_names()
    for word in words:
        found = found.filter(_any_name(word))
    return list(found.order_by(_distance(near_to), _beginning_with(words[0]), "name_th", "code")[:FOUND_AT_MOST])


def _with_names():
    return Subdistrict.objects.select_related("district__province")


def _any_name(word):
    districts = District.objects.filter(_has(word) | _has(word, "province__"))
    return _has(word) | Q(district__in=districts.values("pk"))


def _has(word, of=""):
    return Q(**{f"{of}name_th__contains": word}) | Q(**{f"{of}name_en__icontains": word})


def _distance(code):
    """Codes begin with the province's two digits and the district's four."""
    nearer = [When(code__startswith=code[:digits], then=Value(far)) for far, digits in enumerate((4, 2))]
    return Case(*nearer if code else [], default=Value(2))


def _beginning_with(word):
    begins = Q(name_th__startswith=word) | Q(name_en__istartswith=word)
    return Case(When(begins, then=Value(0)), default=Value(1))
