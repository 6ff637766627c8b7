"""Thailand as its offices count it, put into the database.

Codes and names are the Interior Ministry's, as the geothai package carries them (CC BY 4.0). Regions are
those of data/provinces.csv, in two sets:

- "four-regions", the current one: the network's own division, in force since core members of all four
  regions were made a working group on 17 September 2009 (17 กันยายน 2552).
- "nesdc-7": the seven groups of the national development council (สศช.), for setting our figures beside
  theirs, as the National Statistical Office printed them in its Bulletin of Statistics 3/2555 (2012); they may
  be older than that.
"""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import geothai
from django.db import transaction

from lms.accounts import thai
from lms.centres.models import District, Province, ProvinceRegion, Region, RegionSet, Subdistrict

PROVINCES = Path(__file__).parent / "data" / "provinces.csv"

FOUR_REGIONS = "four-regions", date(2009, 9, 17)
NESDC = "nesdc-7", date(2012, 7, 1)

# In the order in which reports list them.
FOUR_CODES = ["N", "NE", "C", "S"]
NESDC_NAMES = {
    "ภาคเหนือ": ("N", "Northern"),
    "ภาคตะวันออกเฉียงเหนือ": ("NE", "Northeastern"),
    "ภาคใต้": ("S", "Southern"),
    "ภาคตะวันออก": ("E", "Eastern"),
    "ภาคตะวันตก": ("W", "Western"),
    "ภาคกลาง": ("C", "Central"),
    "กรุงเทพมหานครและปริมณฑล": ("BKK", "Bangkok and vicinity"),
}


@transaction.atomic
def load_places():
    """Bring places and regions up to date; how many rows of each kind there are, as {model: count}."""
    counts = Counter()
    for model, rows in (
        (Province, _provinces()),
        (District, _districts()),
        (Subdistrict, _subdistricts()),
    ):
        _put(model, rows, key=["code"])
        counts[model] = len(rows)
    rows = _province_rows()
    four_codes = {row["province_code"]: row["region4_code"] for row in rows}
    nesdc_codes = {row["province_code"]: NESDC_NAMES[row["nesdc_region_th"]][0] for row in rows}
    _load_regions(FOUR_REGIONS, _four_regions(rows), four_codes)
    _load_regions(NESDC, _nesdc_regions(), nesdc_codes)
    return counts | {Region: len(FOUR_CODES) + len(NESDC_NAMES)}


def _provinces():
    return [
        Province(code=p.code, name_th=p.name_th, name_en=p.name_en, sort_key=thai.sort_key(p.name_th))
        for p in geothai.provinces()
    ]


def _districts():
    return [
        District(code=d.code, name_th=d.name_th, name_en=d.name_en, province_id=d.province_code)
        for p in geothai.provinces()
        for d in geothai.districts(p.code)
    ]


def _subdistricts():
    return [
        Subdistrict(code=s.code, name_th=s.name_th, name_en=s.name_en, district_id=s.district_code)
        for d in _districts()
        for s in geothai.subdistricts(d.code)
    ]


def _province_rows():
    with PROVINCES.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _four_regions(rows):
    names = {row["region4_code"]: (row["region4_th"], row["region4_en"]) for row in rows}
    return [(code, *names[code]) for code in FOUR_CODES]


def _nesdc_regions():
    return [(code, name_th, name_en) for name_th, (code, name_en) in NESDC_NAMES.items()]


def _load_regions(which, regions, region_of_province):
    """One region set: its regions in order, and each province's place in it.

    The first set ever loaded becomes the current one; later that is for people to decide.
    """
    code, valid_from = which
    first = not RegionSet.objects.exists()
    defaults = {"valid_from": valid_from, "is_current": first}
    region_set = RegionSet.objects.get_or_create(code=code, defaults=defaults)[0]
    rows = [
        Region(region_set=region_set, code=code, name_th=name_th, name_en=name_en, position=position)
        for position, (code, name_th, name_en) in enumerate(regions)
    ]
    _put(Region, rows, key=["region_set", "code"])
    pks = dict(Region.objects.filter(region_set=region_set).values_list("code", "pk"))
    places = [
        ProvinceRegion(region_set=region_set, province_id=province, region_id=pks[code])
        for province, code in region_of_province.items()
    ]
    _put(ProvinceRegion, places, key=["region_set", "province"])


def _put(model, rows, key):
    """Insert what is new and update the rest, in a few statements for thousands of rows."""
    fields = [f.name for f in model._meta.concrete_fields if not f.auto_created and f.name not in key]
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=key, update_fields=fields)
