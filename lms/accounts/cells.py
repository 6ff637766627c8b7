"""The cells of a list that people sent, out of CSV or XLSX as any program writes it. Reads, and writes nothing.

A formula is never worked out: a cell says what the program that saved it last saw there.
"""

import codecs
import csv
import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

UNPACKED = 30 * 1024 * 1024  # of an XLSX: 5,000 learners take a tenth of it
MOST_PARTS = 300  # files inside an XLSX
MOST_COLUMNS = 40
SHEETS = 5  # of a workbook that are looked at

OLE, ZIP, PDF = b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"%PDF"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
THAI_OLD = "cp874"  # TIS-620 and Windows-874 share their letters


class Unreadable(ValueError):
    """The file as a whole cannot be used; the text says why and what to do."""


@dataclass(frozen=True)
class Kind:
    """What sort of list is asked for: how much of it there may be, and the words to refuse one, as functions."""

    largest: int  # bytes
    most_lines: int  # with headings
    longest_cell: int
    lines_in_a_cell: int
    too_large: object
    too_many: object
    swollen: object
    renamed: object
    strange: object
    no_list: object


def sheets_of(data, kind):
    """Each sheet as (number, cells) lines, and what is to be told about the file. Every cell is text."""
    if not data.strip(b"\0\t\r\n "):
        raise Unreadable(_("The file is empty. Fill in the template and send it again."))
    if len(data) > kind.largest:
        raise Unreadable(kind.too_large())
    if data.startswith(ZIP):
        return _workbook(data, kind), []
    if data.startswith(OLE):
        raise Unreadable(_("This is an old Excel file (.xls), or a locked one. Save it as .xlsx without a password."))
    if data.startswith((PDF, *PICTURES)):
        raise Unreadable(kind.no_list())
    text, told = text_of(data)
    return [list(_lines(text, kind))], told


def text_of(data):
    """A file's text in whatever encoding, and what is to be told about that."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding), []
    if b"\0" in data:
        return _decoded(data, "utf-16-le" if data[1::2].count(0) >= data[::2].count(0) else "utf-16-be"), []
    try:
        return data.decode(), []
    except UnicodeDecodeError:
        text = _decoded(data, THAI_OLD)
        return text, [_("The file is in the old Thai encoding (TIS-620, windows-874). See that the names look right.")]


def _decoded(data, encoding):
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Unreadable(_("The letters in this file cannot be read. Save it as “CSV UTF-8” or as .xlsx."))
    return text


def _lines(text, kind):
    """By commas, semicolons or tabs: whichever the first lines hold most."""
    head = "\n".join(text.split("\n", 10)[:10])
    separator = max(",;\t", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable(_("Line %(line)d: %(error)s") % {"line": number, "error": error}) from None
        if any(cell.count("\n") > kind.lines_in_a_cell for cell in cells):
            raise Unreadable(_("Line %d: a quotation mark is opened and never closed.") % number)
        if number > kind.most_lines * 2:
            raise Unreadable(kind.too_many())
        yield number, [cell.strip()[: kind.longest_cell] for cell in cells[:MOST_COLUMNS]]


def _workbook(data, kind):
    """Its first sheets, after a look at how large it would become: a small file can unpack to gigabytes."""
    import openpyxl  # large, and seldom asked for

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unreadable(_damaged()) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise Unreadable(kind.swollen())
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable(kind.renamed())
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return [_sheet(sheet, kind) for sheet in book.worksheets[:SHEETS]]
    except Unreadable:
        raise
    except DefusedXmlException:
        raise Unreadable(kind.strange()) from None
    except Exception:  # openpyxl raises whatever it stumbles over: KeyError, ValueError, ParseError, zlib's ...
        raise Unreadable(_damaged()) from None


def _damaged():
    return _("The file is damaged. Open it in Excel or LibreOffice, save it as .xlsx once more, and send that.")


def _sheet(sheet, kind):
    sheet.reset_dimensions()  # what a file says of its own size may be a lie
    lines = sheet.iter_rows(max_row=kind.most_lines + 1, max_col=MOST_COLUMNS, values_only=True)
    found = [
        (number, [_cell(value, kind.longest_cell) for value in cells]) for number, cells in enumerate(lines, start=1)
    ]
    if len(found) > kind.most_lines and any(found[-1][1]):
        raise Unreadable(kind.too_many())
    return found


def _cell(value, longest):
    """As text: 2505.0 is 2505, a date is 2505-01-31."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return re.sub("_x([0-9A-Fa-f]{4})_", "", str(value)).strip()[:longest]
