"""A report as it is answered: its rows, what they add up to, in an order, and as a file."""

from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from django.utils.translation import gettext as _

from courses import definitions, groupings
from courses.filters import BadFilter
from lms.accounts import replicas, thai
from lms.accounts.sheets import CSV, sheet


@dataclass
class Report:
    by: str
    rows: list
    total: groupings.Row
    silent: list  # open centres not heard lately, the longest silence first
    columns: tuple = tuple(groupings.COLUMNS)  # by which it can be sorted
    version: str = definitions.VERSION
    made_at: datetime = field(default_factory=replicas.true_at)

    @property
    def title(self):
        return groupings.BY[self.by].title

    @property
    def of_places(self):
        return groupings.BY[self.by].of_places

    def sorted(self, sort):
        """The rows by one of the columns, from the least or, with a "-", from the most. Raises BadFilter."""
        column = sort.removeprefix("-")
        if sort and column not in self.columns:
            allowed = [*self.columns, *(f"-{name}" for name in self.columns)]
            raise BadFilter("sort", _("This is none of the values."), allowed)
        if sort:
            empty = [row for row in self.rows if getattr(row, column) is None]
            told = [row for row in self.rows if getattr(row, column) is not None]
            told.sort(key=self._by_name if column == "label" else attrgetter(column), reverse=sort != column)
            self.rows = told + empty
        return self

    def _by_name(self, row):
        """Months and years in their order, all else as a Thai dictionary has it."""
        return row.code if groupings.BY[self.by].period else thai.sort_key(row.label)

    def told(self, row):
        """Every figure of a row by its name, in the order in which sheets have them."""
        return {name: getattr(row, name) for name in self.columns}

    def sheet(self, kind=CSV):
        """The rows as a file. The total is left out: a sheet is to be added up."""
        columns = ["by", *self.columns, "definitions_version"]
        rows = [[self.by, *self.told(row).values(), self.version] for row in self.rows]
        return sheet(f"completions-by-{self.by}", columns, rows, kind, is_long=False)
