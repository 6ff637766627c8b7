"""Where a line must not end, in what a lesson says and in what it asks."""

import pytest

from courses.rendering import activities_in, draw_parts, kept_together

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ช้า ๆ ชัด ๆ", f"ช้า{NBSP}ๆ ชัด{NBSP}ๆ"),
        ("ผ่อน 24 เดือน เดือนละ 1,000 บาท", f"ผ่อน 24{NBSP}เดือน เดือนละ 1,000{NBSP}บาท"),
        ("ถุงละ ๓๐ บาท", f"ถุงละ ๓๐{NBSP}บาท"),
        ("โทร 1441 or 24 hours", "โทร 1441 or 24 hours"),
        ("", ""),
    ],
)
def test_a_line_ends_neither_before_a_repetition_mark_nor_between_a_number_and_its_unit(text, kept):
    assert kept_together(text) == kept


def test_what_is_asked_is_kept_together_and_what_is_compared_is_not(course):
    lesson = course.lessons()[0]
    body = lesson.body.raw_data
    body[1]["value"]["question"] = "ค่อย ๆ คิด 2 ครั้ง"
    body[1]["value"]["choices"][0] = {"text": "จ้าง 3 คน", "correct": False, "explanation": "ดูช้า ๆ"}
    body.append({"type": "fill_in", "value": {"question": "คำใด", "answers": ["ช้า ๆ"], "explanation": "ช้า ๆ"}})
    lesson.body = body
    choice, _number, typed = activities_in(draw_parts(lesson))
    assert choice.words["question"] == f"ค่อย{NBSP}ๆ คิด 2{NBSP}ครั้ง"
    assert choice.definition["choices"][0]["text"] == f"จ้าง 3{NBSP}คน"
    assert choice.definition["choices"][0]["explanation"] == f"ดูช้า{NBSP}ๆ"
    assert typed.definition["answers"] == ["ช้า ๆ"]
    assert typed.definition["explanation"] == f"ช้า{NBSP}ๆ"
