"""What is on a level's screen as a PDF, with what its figures count on the first page."""

from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from courses import definitions, periods
from courses.definitions import DEFINITIONS
from lms.accounts import press
from lms.accounts.templatetags.dates import day, moment
from lms.network.ministry import charts, funnel, levels
from lms.network.ministry.table import NOTHING, Table, number

PDF = "pdf"
HERE = Path(__file__).parent
MOST_ROWS = 2_500  # as many as there are centres; longer ones belong into a sheet


def answer(name, asked, scope, report):
    pdf = press.printed(HERE / "report.typ", as_data(asked, scope, report), HERE)
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def as_data(asked, scope, report):
    table = Table(report, asked)
    months = charts.monthly(scope.people_by_month(charts.LONGEST))
    steps = levels.path_to(scope, asked.kind, asked.code)
    shown = [*dict.fromkeys(["people_joined", *charts.SERIES, "people_certified", *table.columns, "centres_heard"])]
    return {
        "language": get_language(),
        "title": _("Figures of learning") + f": {steps[-1].label}",
        "about": _about(scope, report, steps),
        "foot": _("Way of counting: version %(version)s") % {"version": definitions.VERSION},
        "words": {
            "definitions": _("How these figures are counted"),
            "funnel": _("From joining to a certificate"),
            "months": _("People by month"),
            "silent": _("Silent centres"),
        },
        "definitions": [[str(DEFINITIONS[name].title), str(DEFINITIONS[name].full)] for name in shown],
        "funnel": [_stage(stage) for stage in funnel.stages(report.total, scope.course)],
        "month_columns": [_("Month"), *(str(DEFINITIONS[name].title) for name in charts.SERIES)],
        "months": [
            [month.row.label, *(number(bar.number) for bar in month.bars)] for month in (months or {}).get("months", [])
        ],
        "table_title": str(report.title),
        "columns": [str(header.title) for header in table.headers],
        "rows": [_cells(table, row) for row in report.rows[:MOST_ROWS]],
        "total": _cells(table, report.total),
        "silent_columns": [_("Centre"), str(DEFINITIONS["last_heard"].title)],
        "silent": [[f"{place.label} ({place.code})", day(place.last_heard) or NOTHING] for place in report.silent],
    }


def _about(scope, report, steps):
    """Where, when, of what, how fresh, and on how many centres it rests."""
    total = report.total
    months = _("All months")
    if scope.first or scope.last:
        ends = {"first": scope.first, "last": scope.last}
        told = {name: periods.month_label(month) if month else NOTHING for name, month in ends.items()}
        months = _("From %(first)s to %(last)s") % told
    about = [" / ".join(step.label for step in steps), months]
    if scope.course:
        about.append(scope.courses.get(scope.course, str(scope.course)))
    if scope.host_kind:
        about.append(scope.host_kinds[scope.host_kind])
    if total.last_heard:
        about.append(_("Data up to %(moment)s") % {"moment": moment(total.last_heard)})
    heard = {"heard": number(total.centres_heard), "all": number(total.centres_total)}
    return [*about, _("heard from %(heard)s of %(all)s centres in 30 days") % heard]


def _stage(stage):
    told = NOTHING if stage.number is None else number(stage.number)
    return {"title": str(stage.definition.title), "number": told, "share": stage.share}


def _cells(table, row):
    line = table.line(row, None)
    return [line.label, *(text for text, _is_number in line.cells)]
