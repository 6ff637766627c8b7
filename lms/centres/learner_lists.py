"""What a list of learners says, and what it should have said. Reads, and writes nothing."""

import re
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from lms.accounts import thai
from lms.accounts.ids import uuid7
from lms.accounts.models import User
from lms.centres.ages import band_of_text, band_of_year
from lms.centres.learner_files import Unreadable, sheets_of, too_many

MOST = 5_000
LONGEST_NAME = 60
HEADINGS_WITHIN = 12  # lines: a title and the centre's name often stand above

# Every spelling of a heading that is understood; without spaces, dots and hyphens.
COLUMNS = {
    "name": ("ชื่อเรียก", "ชื่อ", "ชื่อเล่น", "ชื่อที่ใช้เรียก", "name", "nametocall", "firstname", "givenname"),
    "family_name": ("นามสกุล", "สกุล", "นามสกุลหรือบ้าน", "familyname", "surname", "lastname", "familynameorhouse"),
    "whole_name": ("ชื่อนามสกุล", "ชื่อสกุล", "ชื่อและนามสกุล", "ชื่อ/นามสกุล", "fullname"),
    "age_band": ("ช่วงอายุ", "อายุ", "อายุ(ปี)", "ageband", "age"),
    "birth_year": (
        "ปีเกิด", "ปีเกิด(พศ)", "ปีพศเกิด", "วันเกิด", "วันเดือนปีเกิด",
        "birthyear", "yearofbirth", "birthday", "dateofbirth",
    ),
    "subdistrict": ("ตำบล", "แขวง", "ตำบล/แขวง", "รหัสตำบล", "subdistrict", "subdistrictcode", "tambon"),
    "language": ("ภาษา", "language"),
}  # fmt: skip
KNOWN = {spelling: column for column, spellings in COLUMNS.items() for spelling in spellings}
TITLES = re.compile(r"^(นางสาว|นาย|นาง|น\.ส\.|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง|mr\.|mrs\.|ms\.|miss) *", re.IGNORECASE)
LANGUAGES = {"": "th", "th": "th", "ไทย": "th", "thai": "th", "en": "en", "อังกฤษ": "en", "english": "en"}


class Unexpected(ValueError):
    """A cell that cannot be used; the text says what was expected."""


def read_learners(data, places):
    """The good rows of a file's bytes and its problems, as LearnerImport keeps them. `places` find a subdistrict."""
    sheets, told = sheets_of(data)
    sheet, headings, start = _with_headings(sheets)
    problems = [problem(0, "", "", text) for text in told]
    if unused := [cell for cell in headings if cell and _column(cell) is None]:
        text = _("Columns that are not taken in: %s. Nothing of them is kept.") % ", ".join(unused)
        problems.append(problem(0, "", "", text))
    rows, wrong = [], []
    for number, cells in sheet[start:]:
        if not any(cells):
            continue
        if len(rows) + len({each["row"] for each in wrong}) >= MOST:
            raise Unreadable(too_many())
        row, found = _row(number, headings, cells, places)
        wrong += found
        if not found:
            rows.append(row)
    if not rows and not wrong:
        raise Unreadable(_("There are headings, but nobody below them. Write one learner in each line."))
    return rows, problems + wrong


def problem(row, column, value, expected):
    return {"row": row, "column": column, "value": value[:40], "expected": expected}


def _column(heading):
    return KNOWN.get(re.sub(r"[\s._*:–-]+", "", thai.normalise(heading)).casefold())


def _with_headings(sheets):
    """The first sheet with a line of headings, that line, and where the learners begin."""
    for sheet in sheets:
        for place, (_number, cells) in enumerate(sheet[:HEADINGS_WITHIN]):
            columns = [_column(cell) for cell in cells]
            if {"name", "whole_name"} & set(columns) and ({"age_band", "birth_year"} & set(columns)):
                _refuse_twice(cells, columns)
                return sheet, cells, place + 1
    raise Unreadable(
        _("No line of headings was found. There must be %(name)s, and %(age)s or %(year)s. Use the template.")
        % {"name": "ชื่อเรียก", "age": "ช่วงอายุ", "year": "ปีเกิด"}
    )


def _refuse_twice(cells, columns):
    twice = [cell for cell, column in zip(cells, columns, strict=True) if column and columns.count(column) > 1]
    if twice:
        raise Unreadable(_("These columns say the same: %s. Keep one of them.") % ", ".join(twice))


def _row(number, headings, cells, places):
    """One learner and what is wrong with the line, all of it at once."""
    said = {_column(heading): (heading, cell) for heading, cell in zip(headings, cells, strict=False)}
    row, problems = {"row": number, "id": str(uuid7()), "same_as": None, "choice": "new"}, []

    def take(column, read):
        heading, cell = said.get(column, ("", ""))
        try:
            return read(thai.normalise(cell))
        except Unexpected as error:
            problems.append(problem(number, heading, cell, str(error)))
            return ""

    if said.get("whole_name", ("", ""))[1]:
        row["name"], row["family_name"] = take("whole_name", _whole_name) or ("", "")
    else:
        row["name"], row["family_name"] = take("name", _name), take("family_name", _family_name)
    year = said.get("birth_year", ("", ""))[1]
    row["age_band"] = take("birth_year", _born) if year else take("age_band", _age)
    row["subdistrict"] = take("subdistrict", places.find)
    row["language"] = take("language", _language)
    return row, problems


def _name(text):
    if re.search(r"(\d[ -]?){10,}", thai.to_arabic_digits(text)):
        raise Unexpected(_("a name; never a number of an ID card or a telephone"))
    if not re.search(r"[^\W\d_]", text):
        raise Unexpected(_("the name by which everybody calls them"))
    return _family_name(text)


def _family_name(text):
    if len(text) > LONGEST_NAME:
        raise Unexpected(_("at most %d characters") % LONGEST_NAME)
    return text


def _whole_name(text):
    """Title, name and family name in one cell, as offices write it."""
    name, _space, family_name = TITLES.sub("", text).partition(" ")
    return _name(name), _family_name(family_name)


def _age(text):
    band = band_of_text(thai.to_arabic_digits(text))
    if band is None:
        raise Unexpected(_("one of: %s; or the age in years") % ", ".join(User.AgeBand.values))
    return band


def _born(text):
    """The band of somebody born in a year, Buddhist or Gregorian, alone or at an end of a date."""
    years = re.findall(r"(?<!\d)\d{4}(?!\d)", thai.to_arabic_digits(text))
    band = band_of_year(int(years[0]), timezone.localdate()) if len(years) == 1 else None
    if band is None:
        raise Unexpected(_("the year of birth in four digits, such as 2505"))
    return band


def _language(text):
    if text.casefold() not in LANGUAGES:
        raise Unexpected(_("one of: %s") % "th, en")
    return LANGUAGES[text.casefold()]


class Places:
    """Finds a subdistrict by its code, or by its name: in the centre's district first, then its province.

    `subdistricts` are looked at when a cell first names one, as there are thousands of them.
    """

    def __init__(self, centre, subdistricts):
        self.subdistricts, self.near = subdistricts, (centre.subdistrict_id[:4], centre.subdistrict_id[:2], "")

    @cached_property
    def codes(self):
        return {code for codes in self.named.values() for code in codes}

    @cached_property
    def named(self):
        found = {}
        for code, name_th, name_en in self.subdistricts:
            for name in (name_th, name_en.casefold()):
                found.setdefault(name, []).append(code)
        return found

    def find(self, text):
        """Its code; "" for an empty cell."""
        code = thai.to_arabic_digits(text)
        if not text or code in self.codes:
            return code
        name = re.sub(r"^(ตำบล|แขวง|ต\.) *", "", text).casefold()
        for area in self.near:
            found = [code for code in self.named.get(name, ()) if code.startswith(area)]
            if len(found) == 1:
                return found[0]
            if found:
                break
        raise Unexpected(_("the name of a subdistrict near here, or its 6 digits, such as 320101; or nothing"))
