"""Lists as files: CSV with a mark that Excel knows, and XLSX; in neither a cell that a spreadsheet would run."""

import csv
import io
import os
import tempfile
from datetime import UTC, date, datetime

from django.http import StreamingHttpResponse

from lms.accounts.exports import Export

CSV, XLSX = "csv", "xlsx"
TYPES = {CSV: "text/csv", XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
BYTE_ORDER_MARK = "\ufeff"
PIECE = 16_000  # characters or bytes sent at a time
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def cell(value):
    """A value as CSV holds it. A text that a spreadsheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return iso(value)
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def iso(moment):
    """A moment to the second, in UTC: 2026-11-22T07:20:11Z. Nothing for nothing."""
    return moment and f"{moment.astimezone(UTC).isoformat(timespec='seconds')[:19]}Z"


def lines(columns, rows):
    """The sheet, piece by piece, so that a long one never lies in memory."""
    buffer = io.StringIO(BYTE_ORDER_MARK)
    buffer.seek(0, io.SEEK_END)
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(value) for value in row])
        if buffer.tell() > PIECE:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def workbook(*sheets):
    """Sheets of (name, columns, rows) in an open file without a name, so that it is gone when it is closed.

    Rows go to the disk as they come.
    """
    from xlsxwriter import Workbook  # large, and most processes never write one

    file = tempfile.TemporaryFile(prefix="sala-")  # noqa: SIM115 - whoever sends it closes it
    try:
        with Workbook(file, {"constant_memory": True}) as book:
            bold = book.add_format({"bold": True})
            for name, columns, rows in sheets:
                _fill(book.add_worksheet(name[:31]), columns, rows, bold)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return file


def _fill(sheet, columns, rows, bold):
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
    for number, row in enumerate(rows, 1):
        _write(sheet, number, row)


def _write(sheet, number, row):
    """One row. A text is written as a text whatever it begins with; nothing is left empty."""
    for place, value in enumerate(row):
        if isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(number, place, value)
        elif value is not None and value != "":
            sheet.write_string(number, place, _text(value))


def _text(value):
    if isinstance(value, datetime):
        return iso(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def sheet(name, columns, rows, kind=CSV, is_long=True):
    """The answer that saves as `name`.csv or `name`.xlsx. Raises Throttled when too many long ones are on their way."""
    if kind == XLSX:
        return book(name, [(name, columns, rows)], is_long)
    pieces = Export(lambda: lines(columns, rows), is_long)
    return StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8", headers=_saved_as(f"{name}.csv"))


def book(name, sheets, is_long=False):
    """The answer that saves as `name`.xlsx, with several sheets of (name, columns, rows)."""
    pieces = Export(lambda: _Pieces(workbook(*sheets)), is_long)
    headers = _saved_as(f"{name}.xlsx") | {"Content-Length": str(pieces.pieces.size)}
    return StreamingHttpResponse(pieces, content_type=TYPES[XLSX], headers=headers)


def _saved_as(name):
    return {"Content-Disposition": f'attachment; filename="{name}"'}


class _Pieces:
    """An open file, read as it is sent."""

    def __init__(self, file):
        self.file, self.size = file, os.fstat(file.fileno()).st_size

    def __iter__(self):
        return iter(lambda: self.file.read(PIECE), b"")

    def close(self):
        self.file.close()
