"""What is on a level's screen, as a file."""

from django.utils.translation import gettext as _

from courses import definitions
from courses.definitions import DEFINITIONS
from courses.filters import BadFilter
from courses.months_of_centres import months_of_centres
from lms.accounts.replicas import true_at
from lms.accounts.sheets import CSV, XLSX, book, iso, sheet
from lms.network.ministry import paper, parts
from lms.network.ministry.screen import screen
from lms.network.ministry.table import COLUMNS, Table

KINDS = (CSV, XLSX, paper.PDF)
ABOUT = ["level", "place_code", "from", "to", "course", "lesson", "host_kind", "by", "code", "label"]


def answer(asked, scope, user, is_officer):
    """The table as it is on the screen, in the same order, all its pages; or a part of the screen, or all of it.

    Raises BadFilter.
    """
    if asked.per:
        return _per_month(asked, scope)
    name = "-".join(filter(None, ["sala", asked.kind, asked.code, asked.given["part"] or f"by-{asked.by}"]))
    if asked.format == CSV and not asked.given["part"]:
        return sheet(name, *rows_of(asked, asked.report(scope)), CSV, is_long=False)
    shown = screen(asked, scope, user, is_officer)
    if asked.format == paper.PDF:
        return paper.answer(name, shown)
    if asked.format == CSV:
        return sheet(name, *_part(asked, shown), CSV, is_long=False)
    table = rows_of(asked, shown["report"])
    others = [(part.name, part.columns, part.rows) for part in parts.parts(shown)]
    return book(name, [("definitions", *_definitions(shown)), ("table", *table), *others])


def _part(asked, shown):
    found = {part.name: part for part in parts.parts(shown)}
    part = found.get(asked.given["part"])
    if part is None and asked.given["part"] == "ages" and asked.given["course"]:
        raise BadFilter("course", _("Ages are told for all courses together, so that nobody can be found."))
    if part is None:
        raise BadFilter("part", _("This is none of the values."), found)
    end = [definitions.VERSION, iso(shown["report"].made_at)]
    about = _about(asked)[:-1]
    columns = [*ABOUT[: len(about)], *part.columns, "definitions_version", "made_at"]
    return columns, [[*about, *row, *end] for row in part.rows]


def rows_of(asked, report):
    """English names of columns and the rows, without a total: a sheet is to be added up."""
    figures = Table(report, asked).columns
    if report.of_places:
        figures = [*figures, "centres_total"]  # which the screen has beside those that were heard
    columns = [*ABOUT, *figures, "definitions_version", "made_at"]
    told, end = _about(asked), [report.version, iso(report.made_at)]
    return columns, [
        [*told, row.code, row.label, *(getattr(row, name) for name in figures), *end] for row in report.rows
    ]


def _per_month(asked, scope):
    """A row for each month of each centre, sent as it is read. Raises Throttled while others are on their way."""
    figures = COLUMNS[asked.figures]
    columns = [*ABOUT, "month", *figures, "definitions_version", "made_at"]
    told, end = _about(asked), [definitions.VERSION, iso(true_at())]

    def told_of(row, is_counted):
        return [getattr(row, name) if is_counted else None for name in figures]

    rows = (
        [*told, row.code, row.label, month, *told_of(row, is_counted), *end]
        for month, row, is_counted in months_of_centres(scope)
    )
    return sheet("-".join(filter(None, ["sala", asked.kind, asked.code, "by-centre-and-month"])), columns, rows, CSV)


def _about(asked):
    asked_for = [asked.given[name] for name in ("from", "to", "course", "lesson", "host_kind")]
    return [asked.kind, asked.code, *asked_for, asked.by]


def _definitions(shown):
    """The first sheet: what this is about, and what each figure counts."""
    asked, report = shown["asked"], shown["report"]
    heard = f"{report.total.centres_heard} / {report.total.centres_total}"
    rows = [
        ["place", " / ".join(label for label, _url in shown["path"]), ""],
        *([name, asked.given[name], ""] for name in ("from", "to", "course", "lesson", "host_kind")),
        ["data_until", report.total.last_heard, ""],
        ["centres_heard_of_open", heard, ""],
        ["centres_counted", report.total.centres_counted, str(DEFINITIONS["centres_counted"].short)],
        ["made_at", report.made_at, ""],
        ["definitions_version", definitions.VERSION, ""],
        *([f"sheet {part.name}", part.title, part.note] for part in parts.parts(shown)),
        *([name, str(told.title), str(told.full)] for name, told in DEFINITIONS.items()),
    ]
    return ["name", "value", "definition"], rows
