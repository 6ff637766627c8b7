"""What is on a level's screen, as a file."""

from courses import definitions
from courses.definitions import DEFINITIONS
from courses.groupings import OF_PEOPLE
from courses.months_of_centres import months_of_centres
from lms.accounts.replicas import true_at
from lms.accounts.sheets import CSV, XLSX, book, iso, sheet
from lms.network.ministry import levels, paper
from lms.network.ministry.table import COLUMNS, Table

KINDS = (CSV, XLSX, paper.PDF)
ABOUT = ["level", "place_code", "from", "to", "course", "lesson", "host_kind", "by", "code", "label"]


def answer(asked, scope, request):
    """The table as it is on the screen, in the same order, all its pages. XLSX has the rest on sheets of their own."""
    if asked.per:
        return _per_month(asked, scope)
    report = asked.report(scope)
    columns, rows = rows_of(asked, report)
    name = "-".join(filter(None, ["sala", asked.kind, asked.code, f"by-{asked.by}"]))
    if asked.format == paper.PDF:
        return paper.answer(name, asked, scope, report)
    if asked.format == CSV:
        return sheet(name, columns, rows, CSV, is_long=False)
    return book(name, [("definitions", *_definitions(asked, scope, report)), ("table", columns, rows), *_more(scope)])


def rows_of(asked, report):
    """English names of columns and the rows, without a total: a sheet is to be added up."""
    figures = Table(report, asked).columns
    if report.of_places:
        figures = [*figures, "centres_total"]
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


def _definitions(asked, scope, report):
    """The first sheet: what this is about, and what each figure counts."""
    place = " / ".join(step.label for step in levels.path_to(scope, asked.kind, asked.code))
    heard = f"{report.total.centres_heard} / {report.total.centres_total}"
    rows = [
        ["place", place, ""],
        *([name, asked.given[name], ""] for name in ("from", "to", "course", "lesson", "host_kind")),
        ["data_until", report.total.last_heard, ""],
        ["centres_heard_of_open", heard, ""],
        ["made_at", report.made_at, ""],
        ["definitions_version", definitions.VERSION, ""],
        *([name, str(told.title), str(told.full)] for name, told in DEFINITIONS.items()),
    ]
    return ["name", "value", "definition"], rows


def _more(scope):
    months = scope.report("month")
    total = months.total
    yield "funnel", ["figure", "people"], [[name, getattr(total, name)] for name in OF_PEOPLE]
    yield (
        "months",
        ["month", *OF_PEOPLE],
        [[row.code, *(getattr(row, name) for name in OF_PEOPLE)] for row in months.rows],
    )
    silent = [[place.code, place.label, place.last_heard] for place in months.silent]
    yield "silent", ["code", "label", "last_heard"], silent
