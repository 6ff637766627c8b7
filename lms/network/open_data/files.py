"""The files that everybody may fetch, each as CSV and as JSON, written as they are sent."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from courses.definitions import VERSION
from lms.accounts import sheets
from lms.network.open_data import centres, columns, licences, monthly

JSON = "json"
KINDS = {sheets.CSV: "text/csv; charset=utf-8", JSON: "application/json; charset=utf-8"}
TAGS_HOLD = 600  # seconds; a file whose tag is that old is read anew


@dataclass(frozen=True)
class File:
    name: str
    title: Promise
    about: Promise
    columns: list
    rows: Callable
    has_months: bool = False

    @property
    def addresses(self):
        return {kind: reverse(f"data:{self.name}_{kind}") for kind in KINDS}

    def pieces(self, kind, **months):
        names = [column.name for column in self.columns]
        if kind == sheets.CSV:
            return sheets.lines(names, self.rows(**months))
        return _json(self.name, names, self.rows(**months))

    def tag(self, kind, **months):
        """A name for what the file says now, made of that alone: a guess at what is hidden cannot be tried on it."""
        asked = "-".join(str(month) for month in (monthly.last_month(), *months.values()))
        key = f"open-data:{self.name}:{kind}:{asked}"
        if not (tag := cache.get(key)):
            said = hashlib.sha256()
            for piece in self.pieces(kind, **months):
                said.update(piece.encode())
            cache.set(key, tag := f'W/"{said.hexdigest()[:32]}"', TAGS_HOLD)
        return tag


def _json(name, names, rows):
    licence = licences.chosen()
    head = {"name": name, "licence": licence.name, "licence_url": licence.url, "definitions_version": VERSION}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    buffer, before = [], "\n"
    for row in rows:
        buffer.append(before + json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False, default=_iso))
        before = ",\n"
        if len(buffer) == 100:
            yield "".join(buffer)
            buffer = []
    yield "".join(buffer) + "\n]}\n"


def _iso(value):
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def in_both(text):
    """A text in Thai and in English."""
    said = []
    for language in ("th", "en"):
        with override(language):
            said.append(str(text))
    return said


def _definitions():
    for name, title, meaning in columns.MEASURES:
        yield [name, *in_both(title), *in_both(meaning), VERSION]


def _dictionary():
    for file in FILES.values():
        for column in file.columns:
            yield [file.name, column.name, column.type, *in_both(column.meaning)]


FILES = {
    file.name: file
    for file in (
        File(
            "centres",
            _("Centres"),
            _("Where each centre is, who hosts it and whether it is open."),
            columns.CENTRES,
            centres.rows,
        ),
        File(
            "monthly",
            _("Monthly counts"),
            _("How many joined, learned and finished, by nation, region, province and centre."),
            columns.MONTHLY,
            monthly.rows,
            has_months=True,
        ),
        File(
            "definitions",
            _("Definitions"),
            _("What each figure counts, in Thai and English."),
            columns.MEANINGS,
            _definitions,
        ),
        File(
            "dictionary",
            _("Data dictionary"),
            _("What stands in every column of every file."),
            columns.DICTIONARY,
            _dictionary,
        ),
    )
}
