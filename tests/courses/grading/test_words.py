"""A word to type, a thought to write down, a task to tick."""

import pytest

from courses.grading import Grade, grade
from tests.courses.grading.examples import FILL_IN, REFLECTION, TASK, refusal, subsets


@pytest.mark.parametrize(
    "answer",
    [
        *("น้ำปลา", "น\u0e49\u0e4d\u0e32ปลา", "น\u0e4d\u0e49\u0e32ปลา", " น้ำ ปลา\n", "น้ำ\u200bปลา"),
        *("ศูนย์ดิจิทัล ICT 191", "ศูนย์ดิจิทัลict๑๙๑"),
    ],
)
def test_a_word_may_be_spelled_any_way_that_looks_the_same(answer):
    assert grade(FILL_IN, answer) == Grade(True, 1.0, ("เพราะ",))


@pytest.mark.parametrize("answer", ["นำปลา", "น้า", "ปลา", "น้ำปลาร้า", "0"])
def test_another_word_is_wrong_and_does_not_give_the_answer_away(answer):
    assert grade(FILL_IN, answer) == Grade(False, 0.0)


def test_nothing_is_right_or_wrong_in_a_reflection():
    assert grade(REFLECTION, "วันนี้ได้ลอง\nพรุ่งนี้จะทำอีก") == Grade(None, None)
    assert grade(REFLECTION, "ก" * 2000) == Grade(None, None)


@pytest.mark.parametrize("activity, longest", [(FILL_IN, 200), (REFLECTION, 2000)])
def test_what_is_written_is_text_and_not_too_long(activity, longest):
    assert grade(activity, "ก" * longest).correct in {None, False}
    assert refusal(activity, "ก" * (longest + 1)) == "too_long"
    assert {refusal(activity, blank) for blank in ["", " \n", "\u200b"]} == {"empty"}
    assert {refusal(activity, other) for other in [1, True, ["ก"], {}, "ก\0", "\udfff"]} == {"not_text"}


@pytest.mark.parametrize("ticked", subsets(3))
def test_a_task_is_neither_right_nor_wrong_however_much_is_ticked(ticked):
    assert grade(TASK, ticked) == Grade(None, None)


@pytest.mark.parametrize(
    "answer, code",
    [([3], "not_a_choice"), ([True], "not_a_choice"), ("0", "not_a_choice"), ([1, 1], "repeated")],
)
def test_only_what_is_on_the_checklist_can_be_ticked(answer, code):
    assert refusal(TASK, answer) == code
