"""Common Cartridge 1.1 to 1.3: pages, files, links, and questions in QTI 1.2."""

import pytest

from courses.models import LessonPage
from tests.courses.authoring.importing.packing import (
    VERSIONS,
    cartridge,
    html,
    picture,
    qti,
    qti_choices,
    qti_item,
    qti_right,
)

ITEMS = """<item identifier="f1"><title>เห็ดฟาง</title>
  <item identifier="i1" identifierref="page"><title>เตรียมโรง</title></item>
  <item identifier="i2" identifierref="photo"><title>โรงเห็ด</title></item>
  <item identifier="i3" identifierref="quiz"><title>ลองตอบ</title></item>
  <item identifier="i4" identifierref="tool"><title>เกม</title></item></item>
  <item identifier="i5" identifierref="link"><title>อ่านต่อ</title></item>"""
PAGE = html('<h1>เตรียมโรง</h1><p>ใช้ฟาง <b>แห้ง</b></p><img src="../web_resources/roof.png" alt="หลังคาจาก">')


def mushrooms(version="1.3"):
    name = VERSIONS[version][1]
    sign = name.replace("imsccv", "v")
    resources = [
        ("page", "webcontent", "pages/roof.html"),
        ("photo", "webcontent", "web_resources/shed.jpg"),
        ("roof", "webcontent", "web_resources/roof.png"),
        ("quiz", f"imsqti_xmlv1p2/imscc_xml{sign}/assessment", "quiz/quiz.xml"),
        ("link", f"imswl_xml{sign}", "link.xml"),
        ("tool", "imsbasiclti_xmlv1p0", "tool.xml"),
    ]
    link = f'<webLink xmlns="http://www.imsglobal.org/xsd/{name}/imswl_{sign}"><title>อ่าน</title><url href="https://doae.go.th/"/></webLink>'
    files = {
        "pages/roof.html": PAGE, "web_resources/shed.jpg": picture("JPEG"), "web_resources/roof.png": picture(),
        "quiz/quiz.xml": questions(), "link.xml": link, "tool.xml": "<x/>",
    }  # fmt: skip
    return cartridge(ITEMS, resources, files, version)


def questions():
    labels = [("a", "ฟาง"), ("b", "ทราย"), ("c", "เปลือกถั่ว")]
    both = "<and><varequal respident='r'>a</varequal><varequal respident='r'>c</varequal>"
    both += "<not><varequal respident='r'>b</varequal></not></and>"
    right = "<varequal respident='r'>{}</varequal>"
    why = "<material><mattext texttype='text/plain'>เพราะอุ้มน้ำ</mattext></material>"
    why = f"<itemfeedback ident='general_fb'>{why}</itemfeedback>"
    blank = "<response_str ident='r' rcardinality='Single'><render_fib/></response_str>"
    return qti(
        qti_item("multiple_choice", "<p>เห็ดโตบนอะไร</p>", qti_choices(labels), qti_right(right.format("a")), why),
        qti_item("multiple_response", "อะไรใช้ได้", qti_choices(labels, "Multiple"), qti_right(both), why),
        qti_item(
            "true_false", "เห็ดชอบแดด", qti_choices([("t", "True"), ("f", "False")]), qti_right(right.format("f")), why
        ),
        qti_item("fib", "เห็ดที่โตบนฟาง", blank, qti_right(right.format("เห็ดฟาง")), why),
        qti_item("essay", "ที่บ้านเพาะอะไร", blank, ""),
        qti_item("hotspot", "ชี้รูป", "", ""),
    )


@pytest.mark.parametrize("version", VERSIONS)
def test_folders_become_lessons_and_what_stands_beside_them_another(taken_over, version):
    batch = taken_over(mushrooms(version), "mushrooms.imscc")
    assert batch.state == "done", batch.report
    first, beside = [LessonPage.objects.get(key=lesson["key"]) for lesson in batch.lessons]
    assert (first.title, beside.title) == ("เห็ดฟาง", "วิชาของเรา")
    kinds = [block.block_type for block in first.body]
    asked = ["single_choice", "multiple_choice", "true_false", "fill_in", "reflection"]
    assert kinds == ["heading", "text", "picture", "picture", "heading", *asked]
    assert (first.body[1].value, first.body[2].value["alt"]) == ("ใช้ฟาง แห้ง", "หลังคาจาก")
    assert beside.body[0].value == "อ่านต่อ\nhttps://doae.go.th/"


def test_questions_keep_what_is_right_and_why(taken_over):
    batch = taken_over(mushrooms(), "mushrooms.imscc")
    lesson = LessonPage.objects.get(key=batch.lessons[0]["key"])
    one, several, true, word = [block.value for block in lesson.body][5:9]
    assert [(each["text"], each["correct"], each["explanation"]) for each in one["choices"]][0] == (
        "ฟาง",
        True,
        "เพราะอุ้มน้ำ",
    )
    assert [each["correct"] for each in several["choices"]] == [True, False, True]
    assert (true["answer"], true["explanation"]) == (False, "เพราะอุ้มน้ำ")
    assert list(word["answers"]) == ["เห็ดฟาง"]
    left = {line["code"] for part in batch.report["parts"] for line in part["left"]}
    assert left == {"other_site", "question_kind", "picture_alt"}


def test_files_are_found_by_the_sign_that_programs_write_for_the_cartridges_own_folder(taken_over):
    page = html('<p>ดูรูป</p><img src="$IMS-CC-FILEBASE$/pic.png" alt="รูป">')
    items = '<item identifier="i" identifierref="p"><title>หน้า</title></item>'
    data = cartridge(items, [("p", "webcontent", "p.html")], {"p.html": page, "web_resources/pic.png": picture()})
    lesson = LessonPage.objects.get(key=taken_over(data, "x.imscc").lessons[0]["key"])
    assert [block.block_type for block in lesson.body] == ["heading", "text", "picture"]
