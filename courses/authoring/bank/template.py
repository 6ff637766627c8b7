"""The list of questions to download and fill in, with an example of each kind."""

import io

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.authoring.bank.sheets import MOST, kind_names
from courses.authoring.pages import for_authors
from lms.accounts.sheets import CSV, TYPES, XLSX, sheet

NAME = "sala-questions"
HEADINGS = ["ชนิด", "คำถาม", "คำตอบ", "ตัวเลือกอื่น", "คำอธิบาย", "คลาดเคลื่อนได้", "หน่วย"]
WIDTHS = [18, 44, 34, 34, 44, 14, 10]


def examples():
    names = {kind: label for label, kind in kind_names()}
    return [
        [names["single_choice"], "อะไรเป็นทุนของกล้วยตาก", "ค่ากล้วย", "ค่าดูหนัง | ค่าหวย", "กล้วยเป็นของที่ต้องซื้อมาทำ", "", ""],
        [names["multiple_choice"], "ข้อใดเป็นทุน เลือกได้หลายข้อ", "ค่าถุง | ค่าแรงของเรา", "ค่าหวย", "แรงของเราก็เป็นทุน", "", ""],
        [names["true_false"], "แรงของเราเป็นทุน", "จริง", "", "ถ้าจ้างคนอื่นทำ เราก็ต้องจ่าย", "", ""],
        [names["ordering"], "เรียงขั้นตอนคิดราคา", "จดทุกอย่าง | บวก | หาร", "", "จดก่อนจึงบวกได้ครบ", "", ""],
        [names["matching"], "จับคู่ของกับชนิดของทุน", "กล้วย = วัตถุดิบ | รถ = ขนส่ง", "", "ของแต่ละอย่างอยู่คนละก้อน", "", ""],
        [names["fill_in"], "เงินที่ลงไปก่อนขายเรียกว่าอะไร", "ทุน | ต้นทุน", "", "เรียกได้ทั้งสองแบบ", "", ""],
        [names["number"], "ทุน 1,200 บาท ได้ 40 ถุง ถุงละกี่บาท", "30", "", "1,200 หาร 40", "0", "บาท"],
        [names["reflection"], "บ้านท่านขายอะไรได้บ้าง", "", "", "นึกถึงของใกล้ตัว", "", ""],
        [names["task"], "คิดทุนของเรา", "จดทุกอย่างที่ซื้อ | บวกแล้ว | หารแล้ว", "", "ทำที่บ้าน แล้วให้คนดูแลดู", "", ""],
    ]  # fmt: skip


def advice():
    return [
        _("One question in each line. The first line stays as it is; take the examples out."),
        _("Between several answers write | or begin a new line in the cell."),
        _("Pairs: write each as left = right, with | between pairs."),
        _("In order: write them in the right order; learners see them shuffled."),
        _("Only the question and the answer are needed. What is left empty can be filled in later."),
    ]


@require_safe
@for_authors
def template(request, form):
    if form == CSV:
        return sheet(NAME, HEADINGS, examples())
    if form != XLSX:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{NAME}.xlsx"'}
    return HttpResponse(workbook(), content_type=TYPES[XLSX], headers=headers)


def workbook():
    """Every cell is text: a spreadsheet takes 1/2 for a day in February."""
    import xlsxwriter  # large, and seldom asked for

    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        page = book.add_worksheet("คำถาม")
        for place, width in enumerate(WIDTHS):
            page.set_column(place, place, width, text)
        page.write_row(0, 0, HEADINGS, bold)
        for number, row in enumerate(examples(), start=1):
            for place, cell in enumerate(row):
                page.write_string(number, place, cell, text)
        page.freeze_panes(1, 0)
        kinds = [label for label, _kind in kind_names()]
        page.data_validation(1, 0, MOST, 0, {"validate": "list", "source": kinds, "error_type": "warning"})
        help_page = book.add_worksheet(_("Help")[:31])
        help_page.set_column(0, 0, 100)
        help_page.write_column(0, 0, advice())
    return file.getvalue()
