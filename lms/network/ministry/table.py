"""The table of a level: sortable by every column, one row a page of its own, as on the screen so in its sheets."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from courses import lesson_report
from courses.definitions import DEFINITIONS
from courses.groupings import OF_PEOPLE
from lms.accounts.templatetags.dates import day
from lms.network.ministry.pages import page_of

ROWS_ON_A_PAGE = 100
COLUMNS = {
    "people": OF_PEOPLE,
    "courses": ["starters", "finishers", "rate", "lessons_finished", "learner_months"],
    "lesson": list(lesson_report.COLUMNS),
}
OF_PLACES = ["centres_counted", "last_heard", "centres_heard"]
NOTHING = "\N{EN DASH}"


@dataclass
class Header:
    name: str
    title: str
    short: str
    url: str
    sorted: str = ""  # "ascending", "descending" or not at all

    @property
    def is_number(self):
        return self.name not in ("label", "last_heard")


@dataclass
class Line:
    label: str
    url: str | None
    cells: list  # of (text, whether it is a number)


class Table:
    def __init__(self, report, asked):
        self.report, self.asked = report, asked
        of_places = [name for name in OF_PLACES if name in report.columns] if report.of_places else []
        self.columns = COLUMNS[asked.figures] + of_places
        self.sort = asked.given["sort"]

    @property
    def headers(self):
        first = Header("label", str(self.report.title), "", self._sorting("label", "label"), self._sorted("label"))
        return [first] + [
            Header(name, DEFINITIONS[name].title, DEFINITIONS[name].short, self._sorting(name), self._sorted(name))
            for name in self.columns
        ]

    @property
    def page(self):
        """A page of the rows. Raises BadFilter for one that there is not."""
        page = page_of(self.report.rows, self.asked.given["page"], ROWS_ON_A_PAGE)
        page.object_list = [self.line(row, self.asked.row(self.report.by, row.code)) for row in page.object_list]
        return page

    @property
    def total(self):
        return self.line(self.report.total, None)

    def line(self, row, url):
        return Line(row.label, url, [(shown(row, name), name != "last_heard") for name in self.columns])

    def _sorted(self, name):
        return {name: "ascending", f"-{name}": "descending"}.get(self.sort, "")

    def _sorting(self, name, first=None):
        """Numbers from the most at the first touch, names from the first letter; the other way round at the next."""
        first, second = (name, f"-{name}") if first else (f"-{name}", name)
        return self.asked.here(sort=second if self.sort == first else first)


def shown(row, name):
    """A figure as people read it."""
    value = getattr(row, name)
    if name == "last_heard":
        return day(value) or NOTHING
    if name == "centres_heard":
        return _("%(heard)s of %(all)s") % {"heard": number(value), "all": number(row.centres_total)}
    if name in ("rate", "lesson_rate"):
        return NOTHING if value is None else f"{row.percent}%"
    return number(value)


def number(value):
    """As people read it; a figure that is not known is a dash, and not nothing."""
    if value is None:
        return NOTHING
    return f"{value:,}"  # so it is in both languages; Django's own way would be a tenth of a page of a hundred rows
