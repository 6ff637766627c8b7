"""The data dictionary: every file that is given to everybody, and what stands in its columns."""

from typing import NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from courses.definitions import DEFINITIONS
from lms.network.open_data.monthly import OF_CENTRES


class Column(NamedTuple):
    name: str
    type: str  # text, integer, date, or month as 2026-11
    meaning: str


JOINED = _("People who registered in this month, at the centre that is their home.")
STARTERS = _("People who took the first step of their first course in this month. Each person counts once, ever.")
ACTIVE = _(
    "People who learned anything in this month. Each counts once, at one centre; over months they do not add up."
)
FINISHERS = _("People who finished the first of their courses in this month. Each person counts once, ever.")
CERTIFIED = _("People who were given the first of their certificates in this month. Each person counts once, ever.")

MEASURES = [
    ("joined", _("Joined"), JOINED),
    ("starters", _("Began to learn"), STARTERS),
    ("active", _("Learned in the month"), ACTIVE),
    ("finishers", _("Finished a first course"), FINISHERS),
    ("certified", _("Have a first certificate"), CERTIFIED),
    ("lessons_finished", DEFINITIONS["lessons_finished"].title, DEFINITIONS["lessons_finished"].full),
]

FROM_PROVINCE_UP = _("Given for a province and above.")
HIDDEN = _("Empty (null in JSON): hidden, so that nobody can be found.")
NAME_TH, NAME_EN = _("Name in Thai."), _("Name in English; may be empty.")
VERSION = _("Version of the definitions that the figures follow.")


def _hidden(name):
    return HIDDEN if name in OF_CENTRES else format_lazy("{} {}", FROM_PROVINCE_UP, HIDDEN)


CENTRES = [
    Column("code", "text", _("The centre's code. It is never used again for another centre.")),
    Column("name_th", "text", NAME_TH),
    Column("name_en", "text", NAME_EN),
    Column("subdistrict_code", "text", _("The Interior Ministry's code of the subdistrict: 6 digits.")),
    Column("subdistrict_th", "text", NAME_TH),
    Column("subdistrict_en", "text", NAME_EN),
    Column("district_code", "text", _("The Interior Ministry's code of the district: 4 digits.")),
    Column("district_th", "text", NAME_TH),
    Column("district_en", "text", NAME_EN),
    Column("province_code", "text", _("The Interior Ministry's code of the province: 2 digits.")),
    Column("province_th", "text", NAME_TH),
    Column("province_en", "text", NAME_EN),
    Column("region_code", "text", _("The region's code in the set of regions that is in use; may be empty.")),
    Column("region_th", "text", NAME_TH),
    Column("region_en", "text", NAME_EN),
    Column(
        "host_kind", "text", _("Who gives the centre its place: temple, school, local_authority, library or other.")
    ),
    Column("status", "text", _("open, paused or closed. Centres that are only planned are left out.")),
    Column("opened_on", "date", _("The day it opened, in the Gregorian calendar; empty if not known.")),
    Column("former_codes", "text", _("Codes that the centre had before, with spaces between.")),
]


MONTHLY = [
    Column("month", "month", _("The month in which it happened, in Thai time and the Gregorian calendar.")),
    Column("level", "text", _("nation, region, province or centre.")),
    Column("code", "text", _("The place's code, as it was in that month.")),
    Column("name_th", "text", NAME_TH),
    Column("name_en", "text", NAME_EN),
    Column("part_of", "text", _("The code of the place one level above, which this place is part of.")),
    *(Column(name, "integer", format_lazy("{} {}", meaning, _hidden(name))) for name, _title, meaning in MEASURES),
    Column(
        "region_set", "text", _("The set of regions that is in use. A region may be other provinces in another set.")
    ),
    Column("definitions_version", "text", VERSION),
]

MEANINGS = [
    Column("name", "text", _("The name of the column that it explains.")),
    Column("title_th", "text", _("What it is called on screen, in Thai.")),
    Column("title_en", "text", _("What it is called on screen, in English.")),
    Column("meaning_th", "text", _("What is counted, in Thai.")),
    Column("meaning_en", "text", _("What is counted, in English.")),
    Column("definitions_version", "text", VERSION),
]

DICTIONARY = [
    Column("file", "text", _("The name of the file, without .csv or .json.")),
    Column("column", "text", _("The name of the column, in the order of the file.")),
    Column("type", "text", _("text, integer, date (2026-11-28) or month (2026-11).")),
    Column("meaning_th", "text", _("What it means, in Thai.")),
    Column("meaning_en", "text", _("What it means, in English.")),
]
