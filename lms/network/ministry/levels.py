"""The levels of the country, and the way from the nation down to a place."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from lms.centres.models import District


class Kind(NamedTuple):
    by: str  # how its table is grouped when nothing else is asked for
    below: tuple  # the groupings by place that make sense in it


KINDS = {
    "nation": Kind("region", ("region", "province", "district", "centre")),
    "region": Kind("province", ("province", "district", "centre")),
    "province": Kind("centre", ("district", "centre")),
    "district": Kind("centre", ("centre",)),
    "centre": Kind("month", ()),
}


BY_PROVINCE = ("nation", "region", "province")  # where what is counted by province can be told


class Step(NamedTuple):
    """One place on the way from the nation to here."""

    kind: str
    code: str
    label: str


def path_to(scope, kind, code):
    """The steps from the nation to this place, itself included."""
    steps = [Step("nation", "", _("The whole country"))]
    if kind == "nation":
        return steps
    subdistrict, centre = code, None
    if kind == "centre":
        centre = next(iter(scope.places.values()), None) or scope.any_place
        subdistrict = centre.subdistrict
    region = code if kind == "region" else scope.region_of.get(subdistrict[:2])
    if region:
        steps.append(Step("region", region, scope.regions[region]))
    if kind == "region":
        return steps
    province = subdistrict[:2]
    steps.append(Step("province", province, scope.provinces.get(province, province)))
    if kind in ("district", "centre"):
        steps.append(Step("district", subdistrict[:4], _district(subdistrict[:4])))
    return [*steps, Step("centre", centre.code, centre.label)] if centre else steps


def _district(code):
    return str(District.objects.get(pk=code).name)
