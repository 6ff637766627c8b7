"""The empty list of learners to download, as CSV and as XLSX."""

import io

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lms.accounts.models import User
from lms.accounts.sheets import sheet
from lms.network.desk.access import desk

HEADINGS = ["ชื่อเรียก", "นามสกุล", "ช่วงอายุ", "ปีเกิด", "ตำบล", "ภาษา"]
WIDTH = 22  # of a column, in letters


@require_safe
@desk
def template(request, format):
    if format == "csv":
        return sheet("sala-learners", HEADINGS, [], is_long=False)
    return HttpResponse(
        workbook(),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": 'attachment; filename="sala-learners.xlsx"'},
    )


def workbook():
    """With a list of age bands to choose from, as text: a spreadsheet takes 11-19 for a day in November."""
    import xlsxwriter  # large, and seldom asked for

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        page = book.add_worksheet("ผู้เรียน")
        page.set_column(0, len(HEADINGS) - 1, WIDTH, text)
        page.write_row(0, 0, HEADINGS, bold)
        page.freeze_panes(1, 0)
        page.data_validation(
            1, 2, 5_000, 2, {"validate": "list", "source": User.AgeBand.values, "error_type": "warning"}
        )
        help_page = book.add_worksheet(_("Help")[:31])
        help_page.set_column(0, 0, 100)
        help_page.write_column(0, 0, advice())
    return file.getvalue()


def advice():
    return [
        _("One learner in each line. Only the name and the age, or the year of birth, are needed."),
        _("Age: 0-10, 11-19, 20-39, 40-59 or 60+; or the age in years."),
        _("Year of birth: four digits, such as 2505."),
        _("Subdistrict: its name, or its six digits. It may be left empty."),
        _("Language of the pages: th or en. It may be left empty."),
        _("Never write numbers of ID cards here. They are not taken in."),
    ]
