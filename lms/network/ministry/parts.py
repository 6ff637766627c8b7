"""Everything on a level's screen beside its table, as small tables: for its workbook, its PDF and a CSV of each."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from courses import people
from courses.definitions import DEFINITIONS
from lms.network.ministry import charts


class Part(NamedTuple):
    name: str  # in English, as columns are; what people read is said in their language
    title: str
    columns: list
    headings: list
    rows: list
    note: str = ""


def parts(shown):
    """The parts that have something in them, the longest at the end; `shown` is what lms...ministry.screen gives."""
    made = (_funnel, _months, _lesson_months, _map, _reach, _alike, _lessons, _missed, _ages, _silent)
    return [part for make in made if (part := make(shown)) and part.rows]


def _titles(*names):
    return [str(DEFINITIONS[name].title) for name in names]


def _funnel(shown):
    rows = [
        [stage.name, str(stage.definition.title), stage.number]
        for stage in shown.get("funnel", ())
        if stage.number is not None
    ]
    headings = ["", _("What is counted"), _("people")]
    return Part("funnel", _("From joining to a certificate"), ["figure", "title", "people"], headings, rows)


def _months(shown):
    months = shown["chart"]["months"] if shown.get("chart") else []
    rows = [
        [month.row.code, month.row.label, *(bar.number for bar in month.bars), month.events_late] for month in months
    ]
    headings = ["", _("Month"), *_titles(*charts.SERIES), _("Came late")]
    return Part("months", _("People by month"), ["code", "month", *charts.SERIES, "events_late"], headings, rows)


def _lesson_months(shown):
    rows = [[label, reached, finished] for label, reached, finished, *_bars in shown.get("lesson_months", ())]
    headings = [_("Month"), *_titles("reached", "finished")]
    return Part("months", _("The lesson by month"), ["month", "reached", "finished"], headings, rows)


def _map(shown):
    rows = [[tile.code, tile.name, tile.percent] for tile in shown["tiles"] if tile.url]
    rate = "lesson_rate" if "lesson" in shown else "rate"
    title = _("Finishing rate of the 77 provinces")
    if "lesson" in shown:
        title = _("The lesson in the 77 provinces: who finished, of those who reached it")
    headings = ["", _("Province"), *_titles(rate)]
    return Part("map", title, ["code", "province", "percent"], headings, rows, _("Fewer than 5 began: no rate."))


def _reach(shown):
    reach = shown["reach"]
    rows = [[_("in the last %(days)s days") % {"days": days}, number] for days, number in reach["within"]]
    rows += [[_("never"), reach["never"]], [_("Open centres"), reach["open"]]]
    headings = [_("Heard from"), _("Open centres")]
    return Part("reach", _("Centres heard from"), ["heard", "open_centres"], headings, rows)


def _silent(shown):
    rows = [[place.code, place.label, place.last_heard] for place in shown["report"].silent]
    headings = [_("Code"), _("Centre"), *_titles("last_heard")]
    return Part("silent", _("Silent centres"), ["code", "label", "last_heard"], headings, rows)


def _alike(shown):
    alike = shown.get("alike")
    rows = [[name, title, here, middle] for (name, here, middle), (title, *_told) in _of_alike(alike)]
    headings = ["", _("What is counted"), _("Here"), _("The middle")]
    note = " · ".join([*map(str, alike.about), _("%(number)s centres") % {"number": alike.number}]) if alike else ""
    columns = ["figure", "title", "here", "middle"]
    return Part("alike", _("Beside centres like this one"), columns, headings, rows, note)


def _of_alike(alike):
    return zip(alike.figures, alike.told, strict=True) if alike and alike.number >= 5 else ()


def _lessons(shown):
    found = shown.get("dropoff")
    lessons = found["lessons"] if found else ()
    rows = [[lesson.title, lesson.reached, lesson.finished, lesson.percent] for lesson in lessons]
    headings = [_("Lesson"), _("Reached"), _("Finished"), "%"]
    return Part("lessons", _("Where people stop"), ["lesson", "reached", "finished", "percent"], headings, rows)


def _missed(shown):
    missed = shown.get("missed") or (shown.get("dropoff") or {}).get("missed")
    names = ["text", "lesson", "answers", "missed", "percent"]
    headings = [_("Question"), _("Lesson"), _("Answers"), _("Not right yet"), "%"]
    rows = [[str(missed[name]) if name in ("text", "lesson") else missed[name] for name in names]] if missed else []
    return Part("missed", _("The question that is missed most"), names, headings, rows)


def _ages(shown):
    ages = shown.get("ages")
    columns = [f"people_{name}" for name in people.NAMES]
    rows = [[age, name, *figures] for age, name, figures in ages.rows] if ages else []
    note = f"{ages.year}, {_('all courses together')}" if ages else ""
    if ages and ages.hides:
        note += " · " + _("Hidden: fewer than 5, and others beside them, so that no subtraction finds anybody.")
    return Part("ages", _("Ages"), ["age_band", "age", *columns], ["", *_titles("age_band", *columns)], rows, note)
