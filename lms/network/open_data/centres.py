"""The list of centres as everybody may have it: places, and no persons."""

from collections import defaultdict

from lms.centres.models import Centre, CentrePast, ProvinceRegion

NAMES = ("pk", "name_th", "name_en")
ABOVE = ("subdistrict", "subdistrict__district", "subdistrict__district__province")
FIELDS = ["code", "name_th", "name_en", *(f"{place}__{name}" for place in ABOVE for name in NAMES)]
STATE = ["host_kind", "status", "opened_on"]


def rows():
    """One row a centre, in the order of the columns and of the codes."""
    regions = _regions()
    former = _former_codes()
    centres = Centre.objects.exclude(status=Centre.Status.PLANNED).order_by("code")
    for pk, province, *told in centres.values_list("pk", f"{ABOVE[-1]}__pk", *FIELDS, *STATE).iterator():
        place, state = told[: len(FIELDS)], told[len(FIELDS) :]
        before = " ".join(code for code in former.get(pk, ()) if code != place[0])
        yield [*place, *regions.get(province, ("", "", "")), *state, before]


def _regions():
    rows = ProvinceRegion.objects.filter(region_set__is_current=True)
    return {
        row[0]: row[1:] for row in rows.values_list("province", "region__code", "region__name_th", "region__name_en")
    }


def _former_codes():
    found = defaultdict(dict)
    for centre, code in CentrePast.objects.order_by("until", "-pk").values_list("centre_id", "code"):
        found[centre][code] = True
    return found
