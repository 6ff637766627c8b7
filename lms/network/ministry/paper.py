"""What is on a level's screen as a PDF, with what its figures count on the first page."""

from datetime import datetime
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses import definitions
from courses.definitions import DEFINITIONS
from lms.accounts import press
from lms.accounts.templatetags.dates import day, moment
from lms.network.ministry import charts, parts
from lms.network.ministry.chosen import chosen
from lms.network.ministry.table import NOTHING, number

PDF = "pdf"
HERE = Path(__file__).parent
OF_PARTS = {"heard_within": "reach", "middle": "alike", "answers": "missed", "missed": "missed"}
MOST_ROWS = 2_500  # as many as there are centres; longer ones belong into a sheet


def answer(name, shown):
    pdf = press.printed(HERE / "report.typ", as_data(shown), HERE)
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def as_data(shown):
    """`shown` is what lms.network.ministry.screen gives."""
    report, table = shown["report"], shown["table"]
    everything = {part.name: part for part in parts.parts(shown)}
    found = [part for name, part in everything.items() if name not in ("funnel", "map")]
    return {
        "language": get_language(),
        "title": _("Figures of learning") + f": {shown['here'].label}",
        "about": _about(shown),
        "foot": _("Way of counting: version %(version)s") % {"version": definitions.VERSION},
        "words": {
            "definitions": _("How these figures are counted"),
            "funnel": _("From joining to a certificate"),
            "map": everything["map"].title if "map" in everything else "",
            "bar": _("The bar in a square is as long as the rate."),
        },
        "definitions": [[str(told.title), str(told.full)] for told in _defined(shown, found)],
        "funnel": [_stage(stage) for stage in shown.get("funnel", ())],
        "chart": _chart(shown.get("chart")),
        "map": [_tile(tile) for tile in shown["tiles"]],
        "map_size": shown["map_size"],
        "table": _section(
            str(report.title),
            [str(header.title) for header in table.headers],
            [_cells(table, row) for row in report.rows],
            total=_cells(table, report.total),
        ),
        "parts": [_of_part(part) for part in found],
    }


def _defined(shown, found):
    """The definitions of what is shown; `found` are the parts beside the table."""
    names = ["reached", "finished", "lesson_rate"]
    if "lesson" not in shown:
        names = [*(stage.name for stage in shown["funnel"]), "rate"]
        names += ["reached", "finished"] if shown["dropoff"] else []
        names += ["age_band"] if shown["ages"] else []
    names += shown["table"].columns
    told = {part.name for part in found}
    names += [name for name, part in OF_PARTS.items() if part in told]
    if shown["changed"]:
        names.append("events_late")
    return [DEFINITIONS[name] for name in dict.fromkeys([*names, "centres_heard"])]


def _section(title, columns, rows, note="", total=None):
    """A heading and a table; of a very long one the beginning, and where the rest is."""
    if len(rows) > MOST_ROWS:
        told = {"shown": number(MOST_ROWS), "all": number(len(rows))}
        more = _("The first %(shown)s of %(all)s rows; the CSV and the XLSX have them all.") % told
        note = " · ".join(filter(None, [note, more]))
    return {"title": title, "columns": columns, "rows": rows[:MOST_ROWS], "note": note, "total": total}


def _of_part(part):
    """Without the columns that only programs read."""
    kept = [place for place, heading in enumerate(part.headings) if heading]
    rows = [[_told(row[place]) for place in kept] for row in part.rows]
    return _section(part.title, [part.headings[place] for place in kept], rows, part.note)


def _told(value):
    if value is None:
        return NOTHING
    if isinstance(value, datetime):
        return day(value)
    return value if isinstance(value, str) else number(value)


def _tile(tile):
    told = NOTHING if tile.percent is None else str(tile.percent)
    return {
        "x": tile.x,
        "y": tile.y,
        "name": tile.short,
        "told": told if tile.url else "",
        "shade": tile.shade,
        "gauge": tile.gauge,
        "here": tile.is_here,
    }


def _chart(chart):
    """The bars of each month, where lms.network.ministry.charts puts them; None where nothing was counted."""
    return chart and {
        "title": _("People by month"),
        "keys": [str(DEFINITIONS[name].title) for name in charts.SERIES],
        "ticks": [[number(value), y] for value, y in chart["ticks"]],
        "months": [
            {
                "label": month.short_label + ("*" if month.changed else ""),
                "middle": month.middle,
                "bars": [[bar.x, bar.top, bar.height] for bar in month.bars],
            }
            for month in chart["months"]
        ],
    }


def _about(shown):
    """Where, when, of what, how fresh, and on how many centres it rests."""
    scope, total = shown["scope"], shown["report"].total
    about = [" / ".join(label for label, _url in shown["path"]), *chosen(scope)]
    if total.last_heard:
        about.append(_("Data up to %(moment)s") % {"moment": moment(total.last_heard)})
    heard = {"heard": number(total.centres_heard), "all": number(total.centres_total)}
    about.append(_("heard from %(heard)s of %(all)s centres in 30 days") % heard)
    if (counted := total.centres_counted) is not None:
        words = ngettext(
            "learning of %(number)s centre in this time", "learning of %(number)s centres in this time", counted
        )
        about.append(words % {"number": number(counted)})
    return [*about, _("The figures are true for %(moment)s") % {"moment": moment(shown["report"].made_at)}]


def _stage(stage):
    told = NOTHING if stage.number is None else number(stage.number)
    return {"title": str(stage.definition.title), "number": told, "share": stage.share}


def _cells(table, row):
    line = table.line(row, None)
    return [line.label, *(text for text, _is_number in line.cells)]
