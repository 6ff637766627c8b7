"""A number, however people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.grading import Grade, grade
from tests.courses.grading.examples import NUMBER, refusal


@pytest.mark.parametrize(
    "answer",
    [
        *(120, 120.0, "120", "๑๒๐", " 120 ", "120.00", "120.", "+120", "0120", "๑๒๐.๐", "1๒0", "\u200b120"),
        *("120บาท", "120 บาท", " ๑๒๐  บาท ", "120\xa0บาท", "120 บ าท"),
    ],
)
def test_a_number_may_be_written_as_people_write_it(answer):
    assert grade(NUMBER, answer) == Grade(True, 1.0, ("เพราะ",))


@pytest.mark.parametrize(
    "answer, number",
    [
        *(
            ("1,200", 1200),
            ("๑,๒๐๐", 1200),
            ("1,200,000.50 บาท", 1200000.5),
            ("-5", -5),
            ("−๕", -5),
            ("–5", -5),
        ),
        *(("- 5", -5), ("12.50", 12.5), (".5", 0.5), ("0", 0), ("-0", 0), ("0.1", 0.1), (0.1, 0.1)),
    ],
)
def test_commas_signs_and_decimals_are_understood(answer, number):
    assert grade({**NUMBER, "answer": number}, answer).correct


@pytest.mark.parametrize("answer", [119, 121, "12", "1200", 120.001, "120.0000000000000000000000000000000001", "-120"])
def test_another_number_is_wrong_and_does_not_give_the_answer_away(answer):
    assert grade(NUMBER, answer) == Grade(False, 0.0)


@pytest.mark.parametrize(
    "answer, correct", [(11.3, False), ("11.4", True), (11.5, True), ("๑๑.๖", True), (11.61, False)]
)
def test_a_number_may_be_as_far_off_as_its_tolerance(answer, correct):
    # 11.6 - 11.5 is more than 0.1 in binary floating point.
    assert grade({**NUMBER, "answer": 11.5, "tolerance": 0.1}, answer).correct == correct


@pytest.mark.parametrize("missing", [{}, {"tolerance": None, "unit": None}, {"unit": ""}])
def test_a_number_needs_no_tolerance_and_no_unit(missing):
    activity = {"kind": "number", "answer": 120, **missing}
    assert grade(activity, "๑๒๐") == Grade(True, 1.0)
    assert grade(activity, 121).correct is False
    assert refusal(activity, "120 บาท") == "not_a_number"


@pytest.mark.parametrize(
    "unit, answer",
    [("น้ำ", "5 น\u0e4d\u0e49\u0e32"), ("GB", "5gb"), ("พ.ย.", "๕ พ.ย."), ("บาทต่อชั่วโมง", "5 บาท ต่อ ชั่วโมง")],
)
def test_the_unit_may_be_spelled_either_way(unit, answer):
    assert grade({**NUMBER, "answer": 5, "unit": unit}, answer).correct


@pytest.mark.parametrize(
    "answer, code",
    [
        *(
            (text, "not_a_number")
            for text in ["abc", "1,2,3", "1,20", "12,00", ",120", "1 2", "1.2.3", "--5", "-", "."]
        ),
        *(
            (text, "not_a_number")
            for text in ["nan", "inf", "-Infinity", "1e3", "0x10", "1_000", "²", "Ⅷ", "٣", "=1+1"]
        ),
        *((text, "not_a_number") for text in ["บาท", "บาท 120", "120 บาท บาท", "120 กก.", "ร้อยยี่สิบ"]),
        *((other, "not_a_number") for other in [float("nan"), float("inf"), -float("inf"), True, False, [], [120], {}]),
        *((text, "empty") for text in ["", "  ", "\u200b"]),
        *((text, "not_text") for text in ["12\x000", "12\ud8000"]),
        *((huge, "too_long") for huge in ["1" * 41, " " * 41, 10**40, -(10**50)]),
    ],
)
def test_what_is_no_number_is_not_graded(answer, code):
    assert refusal(NUMBER, answer) == code


def test_a_number_too_long_for_python_to_print_is_too_long():
    assert refusal(NUMBER, 10**5000) == "too_long"


def test_a_number_of_forty_characters_is_still_exact():
    assert grade({**NUMBER, "answer": int("9" * 40)}, "9" * 40).correct is True
    assert grade({**NUMBER, "answer": int("9" * 40)}, "9" * 39 + "8").correct is False


@given(st.integers(-(10**9), 10**9), st.booleans(), st.booleans(), st.sampled_from(["", " ", "บาท", " บาท"]))
def test_any_whole_number_can_be_typed_in_thai_with_commas_and_a_unit(number, in_thai, with_commas, ending):
    typed = (f"{number:,}" if with_commas else str(number)) + ending
    if in_thai:
        typed = typed.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert grade({**NUMBER, "answer": number}, typed).correct is True
    assert grade({**NUMBER, "answer": number + 1}, typed).correct is False
