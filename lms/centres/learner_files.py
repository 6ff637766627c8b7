"""The cells of a list of learners, out of CSV or XLSX as any program writes it. Reads, and writes nothing.

docs/learners_file.md describes the file. learner_lists.py says what the cells mean.
"""

from django.utils.translation import gettext as _

from lms.accounts import cells
from lms.accounts.cells import Unreadable

__all__ = ["LARGEST", "MOST_LINES", "UNPACKED", "Unreadable", "sheets_of", "too_large", "too_many"]

LARGEST_MEGABYTES = 2
LARGEST = LARGEST_MEGABYTES * 1024 * 1024
UNPACKED = cells.UNPACKED
MOST_LINES = 5_200  # 5,000 learners, and headings


def sheets_of(data):
    """Each sheet as (number, cells) lines, and what is to be told about the file. Every cell is text."""
    return cells.sheets_of(data, LEARNERS)


def too_large():
    return _("The file is larger than %d MB. Send a list of learners only, in several files if need be.") % (
        LARGEST_MEGABYTES
    )


def too_many():
    return _("The file has more than 5,000 learners. Send it in several files.")


LEARNERS = cells.Kind(
    largest=LARGEST,
    most_lines=MOST_LINES,
    longest_cell=500,
    lines_in_a_cell=5,
    too_large=too_large,
    too_many=too_many,
    swollen=lambda: _("This file unpacks to far more than a list of learners. Send the list alone."),
    renamed=lambda: _("This is not an Excel file, only named like one. Save the list as .xlsx or as CSV."),
    strange=lambda: _("This file holds what no list of learners holds. Copy the list into the template."),
    no_list=lambda: _("This is a picture or a PDF, not a list. Send a CSV or XLSX file."),
)
