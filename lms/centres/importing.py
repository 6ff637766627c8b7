"""A list of centres as a CSV file: what it says, and what it should have said. Writes nothing.

docs/centres_csv.md describes the file. registering.py puts what is read here into the database.
"""

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from lms.accounts import thai
from lms.centres.models import Centre
from lms.centres.models.centre import CODE, LATITUDES, LONGITUDES, MOST_SEATS

CENTRE_COLUMNS = [
    "code",
    "name_th",
    "name_en",
    "subdistrict_code",
    "host_kind",
    "status",
    "status_reason",
    "opened_on",
    "latitude",
    "longitude",
]
PROGRAMME_COLUMNS = ["programme_code", "programme_started_on", "programme_ended_on"]
REQUIRED_COLUMNS = CENTRE_COLUMNS + PROGRAMME_COLUMNS
LIKENESS_COLUMNS = ["line", "seats"]  # what may be left out of a file stays as it is
COLUMNS = REQUIRED_COLUMNS + LIKENESS_COLUMNS + ["former_code"]

YEARS = range(1980, 2101)
LARGEST_MEGABYTES = 5  # all centres of the country take a tenth of it
LARGEST = LARGEST_MEGABYTES * 1024 * 1024
LINES_OF_A_ROW = 20  # with line breaks in cells; more, and a quotation mark was never closed
UNREADABLE_BYTE = re.compile("[\udc80-\udcff]")  # as `surrogateescape` keeps it
THAI = re.compile("[\u0e01-\u0e3a]")
SAVE_AS_UTF8 = "CSV UTF-8"


class Unreadable(ValueError):
    """The file as a whole cannot be read; the text says why and what to do."""


class Unexpected(ValueError):
    """A cell that cannot be used; the text says what was expected."""


@dataclass(frozen=True)
class Problem:
    line: int
    column: str
    found: str
    expected: str

    def __str__(self):
        return _("Line %(line)d, %(column)s: “%(found)s”. Expected: %(expected)s") % vars(self)


@dataclass
class Row:
    """One line of the file: values by column, typed; None or "" where the cell is empty.

    `centre` is the pk of the centre that it is about, where there is one; see recoding.py.
    """

    line: int
    values: dict = field(default_factory=dict)
    centre: int | None = None


def read_centres(data, subdistricts):
    """The good rows and the problems of a file's bytes. `subdistricts` are the codes there are."""
    rows, problems, first_line = [], [], {}
    for line, columns, cells in _lines(_text(data)):
        if len(cells) != len(columns):
            expected = _("%(count)d cells, not %(found)d") % {"count": len(columns), "found": len(cells)}
            problems.append(Problem(line, _("whole line"), _short(",".join(cells.values())), expected))
            continue
        row, wrong = _parse(line, cells, subdistricts)
        code = row.values.get("code")
        if code and (before := first_line.setdefault(code, line)) != line:
            wrong.append(Problem(line, "code", code, _("a code once only; line %d has it too") % before))
        problems += wrong
        if not wrong:
            rows.append(row)
    return rows, problems


def _text(data):
    """The file's text. Single bytes that are not UTF-8 stay in it, so that only their cells are refused."""
    if len(data) > LARGEST:
        raise Unreadable(_("The file is larger than %d MB. Is it a list of centres?") % LARGEST_MEGABYTES)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:4] == b"PK\x03\x04":
        raise Unreadable(_("This is not a CSV file. Save it as “%s” and try again.") % SAVE_AS_UTF8)
    text = data.decode("utf-8-sig", "surrogateescape")
    unreadable = UNREADABLE_BYTE.findall(text)
    if len(unreadable) > len(THAI.findall(text)):
        _refuse_as_a_whole(text, data)
    return text


def _refuse_as_a_whole(text, data):
    line = len(re.findall("\r\n|\r|\n", text[: UNREADABLE_BYTE.search(text).start()])) + 1
    if THAI.search(data.decode("cp874", "ignore")):
        told = _("Line %(line)d is in TIS-620 (windows-874). Save the file as “%(format)s” and try again.")
    else:
        told = _("Line %(line)d is not UTF-8. Save the file as “%(format)s” and try again.")
    raise Unreadable(told % {"line": line, "format": SAVE_AS_UTF8})


def _lines(text):
    """The number of each line, the file's columns and its cells by column.

    A cell too many or too few is for the caller.
    """
    lines = list(io.StringIO(text, newline=""))
    header, place = None, 0
    while place < len(lines):
        reader = csv.reader(lines[place : place + LINES_OF_A_ROW])
        try:
            cells = next(reader)
        except csv.Error as error:
            raise Unreadable(_("Line %(line)d: %(error)s") % {"line": place + 1, "error": error}) from None
        if header is None:
            header, place = _header(cells), place + reader.line_num
            continue
        if any(cell.strip() for cell in cells):
            extra = range(len(header), len(cells))
            yield place + 1, header, dict(zip([*header, *extra], cells, strict=False))
        # After a quotation mark that was not closed the next line is a line of its own again.
        place += reader.line_num if len(cells) in (0, len(header)) else 1
    if header is None:
        _header([])


def _header(cells):
    names = [cell.strip().casefold() for cell in cells]
    if not any(names):
        raise Unreadable(_("The file is empty. Its first line should be: %s") % ",".join(REQUIRED_COLUMNS))
    missing = [name for name in REQUIRED_COLUMNS if name not in names]
    unknown = [name for name in names if name not in COLUMNS]
    twice = sorted({name for name in names if names.count(name) > 1} - set(unknown))
    told = [
        _("Columns that are missing: %s.") % ", ".join(missing) if missing else "",
        _("Columns that are not known: %s.") % _short(", ".join(unknown)) if unknown else "",
        _("Columns that are there twice: %s.") % ", ".join(twice) if twice else "",
    ]
    if any(told):
        expected = _("The first line should be, with commas between: %s") % ",".join(REQUIRED_COLUMNS)
        raise Unreadable(" ".join(part for part in [*told, expected] if part))
    return names


def _parse(line, cells, subdistricts):
    """One row and what is wrong with it, all of it at once."""
    row, problems = Row(line), []
    for column in cells:
        try:
            row.values[column] = _cell(column, cells[column], subdistricts)
        except Unexpected as error:
            problems.append(Problem(line, column, _short(cells[column]), str(error)))
    for column, expected in _at_odds(row.values):
        problems.append(Problem(line, column, _short(cells[column]), expected))
    return row, problems


def _cell(column, raw, subdistricts):
    if "\0" in raw:
        raise Unexpected(_("text without NUL characters"))
    if UNREADABLE_BYTE.search(raw):
        raise Unexpected(_("text in UTF-8"))
    text = thai.normalise(raw)
    if column in ("code", "programme_code", "former_code"):
        return _code(text, required=column == "code")
    if column == "subdistrict_code":
        return _subdistrict(thai.to_arabic_digits(text), subdistricts)
    if column == "host_kind":
        return _one_of(Centre.HostKind, text)
    if column == "status":
        return _one_of(Centre.Status, text or Centre.Status.OPEN)
    if column == "line":
        return _one_of(Centre.Line, text) if text else ""
    if column == "seats":
        return _seats(thai.to_arabic_digits(text))
    if column.endswith("_on"):
        return _date(thai.to_arabic_digits(text))
    if column == "latitude":
        return _degrees(thai.to_arabic_digits(text), LATITUDES)
    if column == "longitude":
        return _degrees(thai.to_arabic_digits(text), LONGITUDES)
    return _words(column, text)


def _code(text, required):
    code = thai.to_arabic_digits(text).upper()
    if (code or required) and not (CODE.regex.match(code) and len(code) <= 20):
        raise Unexpected(_("1 to 20 letters A to Z, digits and hyphens, such as TH-32-0001"))
    return code


def _subdistrict(text, subdistricts):
    if text not in subdistricts:
        raise Unexpected(_("the 6 digits of a subdistrict, such as 320101"))
    return text


def _one_of(choices, text):
    if text.casefold() not in choices.values:
        raise Unexpected(_("one of: %s") % ", ".join(choices.values))
    return text.casefold()


def _date(text):
    if not text:
        return None
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise Unexpected(_("year-month-day with the year as in 2026 (not 2569), such as 2026-05-01"))
    return day


def _seats(text):
    if not text:
        return None
    if not re.fullmatch("[0-9]{1,3}", text) or int(text) > MOST_SEATS:
        raise Unexpected(_("how many PCs, 0 to %d, or empty") % MOST_SEATS)
    return int(text)


def _degrees(text, limits):
    if not text:
        return None
    number = Decimal(text) if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,15})?", text) else None
    if number is None or not limits[0] <= number <= limits[1]:
        low, high = limits
        raise Unexpected(_("degrees from %(low)s to %(high)s") % {"low": low, "high": high})
    return round(number, 6)


def _words(column, text):
    longest = Centre._meta.get_field(column).max_length
    if len(text) > longest:
        raise Unexpected(_("at most %d characters") % longest)
    if column == "name_th" and not text:
        raise Unexpected(_("the name in Thai"))
    return text


def _at_odds(values):
    """Columns that are right alone but not together, with what was expected. Unread ones are left out."""
    has = {column: bool(value) for column, value in values.items()}
    if has.get("status_reason") is False and values.get("status", "open") != "open":
        yield "status_reason", _("the reason why the centre is not open")
    for column, other in (("latitude", "longitude"), ("longitude", "latitude")):
        if has.get(column) is False and has.get(other):
            yield column, _("both latitude and longitude, or neither")
    for column in ("programme_started_on", "programme_ended_on"):
        if has.get(column) and has.get("programme_code") is False:
            yield "programme_code", _("the programme that %s belongs to") % column
            return
    if has.get("programme_code") and has.get("programme_started_on") is False:
        yield "programme_started_on", _("the day the centre joined the programme")
    started, ended = values.get("programme_started_on"), values.get("programme_ended_on")
    if started and ended and ended < started:
        yield "programme_ended_on", _("a day not before %s") % started.isoformat()


def _short(text):
    shown = thai.normalise(text)
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
