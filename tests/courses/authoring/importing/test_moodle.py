"""Moodle's backups: sections with pages, labels, files and questions, in the old and the new form."""

import pytest
from wagtail.images import get_image_model

from courses.models import LessonPage
from tests.courses.authoring.importing.packing import Moodle, answers, picture

PAGE = "<intro>&lt;p&gt;เริ่มกัน&lt;/p&gt;</intro><content>{}</content>"
SHOWS = (
    "&lt;h3&gt;เตรียมดิน&lt;/h3&gt;&lt;p&gt;ผสมปุ๋ยคอก&lt;/p&gt;&lt;ol&gt;&lt;li&gt;ขุด&lt;/li&gt;&lt;li&gt;ตาก&lt;/li&gt;&lt;/ol&gt;"
    "&lt;img src=&quot;@@PLUGINFILE@@/%E0%B8%94%E0%B8%B4%E0%B8%99.png&quot; alt=&quot;ดินดำ&quot;&gt;"
)


def garden(entries=False):
    """A course of two sections, with one question of each kind that there is here."""
    course = Moodle(entries=entries)
    course.section(1, "แปลงผัก", "<p>ผักห้าอย่าง</p>")
    course.section(2)
    context = course.activity("page", 1, "ดินของเรา", PAGE.format(SHOWS))
    course.file(context, "mod_page", "content", "ดิน.png", picture())
    course.activity("label", 1, "ป้าย", "<intro>&lt;b&gt;รดน้ำเช้าเย็น&lt;/b&gt;</intro>")
    context = course.activity("resource", 2, "ใบความรู้", "<intro></intro>")
    course.file(context, "mod_resource", "content", "ใบความรู้.pdf", b"%PDF-1.4 not a whole one")
    context = course.activity("resource", 2, "รูปแปลง", "<intro></intro>")
    course.file(context, "mod_resource", "content", "plot.jpg", picture("JPEG"))
    course.activity("url", 2, "กรมส่งเสริม", "<intro></intro><externalurl>https://www.doae.go.th/</externalurl>")
    course.activity("forum", 2, "คุยกัน", "<intro>x</intro>")
    course.quiz(2, "คำถามท้ายบท", questions_of(course))
    return course


def questions_of(course):
    one = course.question(
        "multichoice", "<p>ปุ๋ยอะไร</p>",
        answers((1, "<p>ปุ๋ยคอก</p>", 1, "ได้ฟรี"), (2, "ปุ๋ยแพง", 0, "")) + "<multichoice><single>1</single></multichoice>",
    )  # fmt: skip
    several = course.question(
        "multichoice", "ผักอะไรบ้าง",
        answers((3, "คะน้า", 0.5, "ใช่"), (4, "กวางตุ้ง", 0.5, ""), (5, "ก้อนหิน", -1, ""))
        + "<multichoice><single>0</single></multichoice>",
    )  # fmt: skip
    true = course.question(
        "truefalse", "รดน้ำตอนเที่ยงดี",
        answers((6, "True", 0, ""), (7, "False", 1, "ร้อนไป"))
        + "<truefalse><trueanswer>6</trueanswer><falseanswer>7</falseanswer></truefalse>",
    )  # fmt: skip
    matches = "".join(
        f"<match id='{n}'><questiontext>{left}</questiontext><answertext>{right}</answertext></match>"
        for n, (left, right) in enumerate([("หนอน", "สะเดา"), ("เพลี้ย", "น้ำสบู่"), ("", "เกลือ")])
    )
    match = course.question("match", "อะไรไล่อะไร", f"<matches>{matches}</matches>", "ของใกล้ตัว")
    short = course.question("shortanswer", "ผักใบเขียว ชื่อ ค", answers((8, "คะน้า", 1, ""), (9, "x", 0, "")), "มีธาตุเหล็ก")
    number = course.question(
        "numerical", "ปลูกกี่วัน",
        answers((10, "45", 1, "")) + "<numerical_records><numerical_record><answer>10</answer><tolerance>5</tolerance>"
        "</numerical_record></numerical_records>", "นับจากลงเมล็ด",
    )  # fmt: skip
    order = course.question(
        "ordering", "ทำอะไรก่อน", answers((11, "เก็บ", 3, ""), (12, "ขุด", 1, ""), (13, "ปลูก", 2, "")), "x"
    )
    essay = course.question("essay", "ที่บ้านปลูกอะไร", "<essay></essay>")
    drag = course.question("ddwtos", "ลากคำ [[1]]", "")
    course.question("essay", "ไม่มีใครถาม", "")
    return [one, several, true, match, short, number, order, essay, drag]


def lessons(batch):
    assert batch.state == "done", batch.report
    return [LessonPage.objects.get(key=lesson["key"]) for lesson in batch.lessons]


def codes(batch):
    return {line["code"] for part in batch.report["parts"] for line in part["left"]}


def asked(lesson, kind):
    return next(block.value for block in lesson.body if block.block_type == kind)


@pytest.mark.parametrize("entries", [False, True], ids=["Moodle 3", "Moodle 4"])
@pytest.mark.parametrize("form", ["as_zip", "as_tar"])
def test_each_section_becomes_a_lesson_with_its_pages_files_and_questions(taken_over, form, entries):
    batch = taken_over(getattr(garden(entries), form)(), "backup.mbz")
    first, second = lessons(batch)
    assert (first.title, second.title) == ("แปลงผัก", "ทำสวนครัว 1")
    kinds = [block.block_type for block in first.body]
    assert kinds == ["text", "heading", "text", "heading", "text", "steps", "picture", "text"]
    assert [block.value for block in first.body][-1] == "รดน้ำเช้าเย็น"
    assert first.body[6].value["alt"] == "ดินดำ"
    kinds = [block.block_type for block in second.body]
    questions = ["single_choice", "multiple_choice", "true_false", "matching", "fill_in", "number", "ordering"]
    assert kinds == ["picture", "text", "heading", *questions, "reflection"]
    assert get_image_model().objects.count() == 2


def test_questions_keep_their_right_answers_and_explanations(taken_over):
    _first, lesson = lessons(taken_over(garden().as_zip(), "backup.mbz"))
    one = asked(lesson, "single_choice")
    assert one["question"] == "ปุ๋ยอะไร"
    choices = [(choice["text"], choice["correct"], choice["explanation"]) for choice in one["choices"]]
    assert choices == [("ปุ๋ยคอก", True, "ได้ฟรี"), ("ปุ๋ยแพง", False, "")]
    several = asked(lesson, "multiple_choice")
    assert [choice["correct"] for choice in several["choices"]] == [True, True, False]
    assert asked(lesson, "true_false")["answer"] is False
    assert asked(lesson, "true_false")["explanation"] == "ร้อนไป"
    pairs = [(pair["left"], pair["right"]) for pair in asked(lesson, "matching")["pairs"]]
    assert pairs == [("หนอน", "สะเดา"), ("เพลี้ย", "น้ำสบู่")]
    assert list(asked(lesson, "fill_in")["answers"]) == ["คะน้า"]
    assert (asked(lesson, "number")["answer"], asked(lesson, "number")["tolerance"]) == (45, 5)
    assert list(asked(lesson, "ordering")["items"]) == ["ขุด", "ปลูก", "เก็บ"]


def test_what_has_no_place_here_is_told(taken_over):
    batch = taken_over(garden().as_zip(), "backup.mbz")
    assert codes(batch) == {
        "activity_kind",
        "question_kind",
        "questions_of_the_bank",
        "match_spare",
        "file_kind",
        "picture_alt",
    }


def test_a_backup_without_anything_that_comes_over_makes_no_lesson(taken_over):
    course = Moodle()
    course.section(1, "ว่าง")
    course.activity("forum", 1, "คุย", "<intro>x</intro>")
    batch = taken_over(course.as_zip(), "backup.mbz")
    assert (batch.state, batch.report["problem"]["code"]) == ("failed", "nothing_found")
    assert not LessonPage.objects.exists()
