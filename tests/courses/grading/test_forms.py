from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.grading import CODES, Malformed, grade, read_form

CHOICES = [{"text": text, "correct": text == "ข", "explanation": ""} for text in "กขค"]
SINGLE = {"kind": "single_choice", "choices": CHOICES}
MULTIPLE = {"kind": "multiple_choice", "choices": CHOICES}
TRUE = {"kind": "true_false", "answer": True, "explanation": "เพราะ"}
ORDERING = {"kind": "ordering", "items": ["ต้ม", "ตัก", "กิน"], "explanation": "เพราะ"}
MATCHING = {"kind": "matching", "pairs": [["ก", "ไก่"], ["ข", "ไข่"], ["ค", "ควาย"]], "explanation": "เพราะ"}
NUMBER = {"kind": "number", "answer": 120, "unit": "บาท", "explanation": "เพราะ"}
FILL_IN = {"kind": "fill_in", "answers": ["น้ำปลา"], "explanation": "เพราะ"}
REFLECTION = {"kind": "reflection"}
TASK = {"kind": "task", "checklist": ["เปิด", "ถ่าย", "ปิด"], "observed_by": "self"}
ACTIVITIES = [SINGLE, MULTIPLE, TRUE, ORDERING, MATCHING, NUMBER, FILL_IN, REFLECTION, TASK]


def refusal(activity, values):
    with pytest.raises(Malformed) as malformed:
        read_form(activity, values)
    return malformed.value.code


def fields(prefix, numbers):
    return {f"{prefix}-{index}": [str(number)] for index, number in enumerate(numbers)}


@pytest.mark.parametrize(
    "activity, values, answer",
    [
        (SINGLE, {"answer": ["1"]}, 1),
        (SINGLE, {"answer": ["๒"]}, 2),
        (SINGLE, {"answer": ["0", " 2 "]}, 2),
        (MULTIPLE, {"answer": ["0", "2"]}, [0, 2]),
        (MULTIPLE, {"answer": ["", "๑"]}, [1]),
        (TRUE, {"answer": ["true"]}, True),
        (TRUE, {"answer": ["false"]}, False),
        (ORDERING, {"place-0": ["2"], "place-1": [" ๓ "], "place-2": ["1"]}, [2, 0, 1]),
        (MATCHING, {"match-0": ["2"], "match-1": ["๐"], "match-2": ["2"]}, [2, 0, 2]),
        (NUMBER, {"answer": [" ๑๒๐  บาท "]}, "๑๒๐ บาท"),
        (FILL_IN, {"answer": ["น\u0e49\u0e4d\u0e32ปลา "]}, "น้ำปลา"),
        (REFLECTION, {"answer": ["ได้ลอง \r\n\r\nน\u0e4d\u0e32ไปใช้\0\r\n"]}, "ได้ลอง\n\nนำไปใช้"),
        (TASK, {"done": ["0", "2"]}, [0, 2]),
        (TASK, {}, []),
    ],
)
def test_a_form_becomes_an_answer_in_its_wire_form(activity, values, answer):
    read = read_form(activity, {"csrfmiddlewaretoken": ["x"], **values})
    assert read == answer
    assert type(read) is type(answer)
    grade(activity, read)


@pytest.mark.parametrize("order", [*permutations(range(3))])
def test_places_become_the_items_in_the_order_of_their_places(order):
    places = [order.index(item) + 1 for item in range(3)]
    assert read_form(ORDERING, fields("place", places)) == list(order)


@pytest.mark.parametrize("rights", [*product(range(3), repeat=3)])
def test_any_right_can_be_chosen_for_any_left(rights):
    assert read_form(MATCHING, fields("match", rights)) == list(rights)


@pytest.mark.parametrize("activity", ACTIVITIES[:-1], ids=lambda activity: activity["kind"])
@pytest.mark.parametrize("values", [{}, {"answer": []}, {"answer": [""]}, {"answer": [" \u200b\xa0"]}])
def test_a_form_left_empty_is_empty(activity, values):
    assert refusal(activity, values) == "empty"


@pytest.mark.parametrize(
    "activity, values, code",
    [
        (SINGLE, {"answer": ["3"]}, "not_a_choice"),
        (SINGLE, {"answer": ["-1"]}, "not_a_choice"),
        (SINGLE, {"answer": ["²"]}, "not_a_choice"),
        (SINGLE, {"answer": ["1.0"]}, "not_a_choice"),
        (SINGLE, {"answer": ["9" * 5000]}, "not_a_choice"),
        (MULTIPLE, {"answer": ["0", "ก"]}, "not_a_choice"),
        (MULTIPLE, {"answer": ["0", "0"]}, "repeated"),
        (TRUE, {"answer": ["1"]}, "not_a_choice"),
        (ORDERING, fields("place", ["", " ", ""]), "empty"),
        (ORDERING, fields("place", [1, 2]), "incomplete"),
        (ORDERING, fields("place", [0, "", ""]), "incomplete"),
        (ORDERING, fields("place", [1, 2, 2]), "same_place"),
        (ORDERING, fields("place", [0, 1, 2]), "not_a_place"),
        (ORDERING, fields("place", [1, 2, 4]), "not_a_place"),
        (ORDERING, fields("place", [1, 2, "สาม"]), "not_a_place"),
        (MATCHING, fields("match", ["", "", ""]), "empty"),
        (MATCHING, fields("match", [0, "", 2]), "incomplete"),
        (MATCHING, fields("match", [0, 1, 3]), "not_a_choice"),
        (MATCHING, fields("match", [0, 1, "ไก่"]), "not_a_choice"),
        (NUMBER, {"answer": ["ร้อย"]}, "not_a_number"),
        (NUMBER, {"answer": ["1" * 41]}, "too_long"),
        (FILL_IN, {"answer": ["ก" * 201]}, "too_long"),
        (REFLECTION, {"answer": ["ก" * 2001]}, "too_long"),
        (TASK, {"done": ["3"]}, "not_a_choice"),
        (TASK, {"done": ["1", "1"]}, "repeated"),
        ({"kind": "essay"}, {"answer": ["1"]}, "unknown_kind"),
        ({}, {"answer": ["1"]}, "unknown_kind"),
    ],
)
def test_a_form_that_makes_no_answer_says_why(activity, values, code):
    assert refusal(activity, values) == code


def test_line_breaks_count_once_in_a_reflection():
    assert len(read_form(REFLECTION, {"answer": ["ก" + "\r\nก" * 999 + "ก"]})) == 2000


names = st.sampled_from(
    ["answer", "done", *(f"{prefix}-{index}" for prefix in ("place", "match") for index in range(3))]
)
texts = st.sampled_from(["", "0", "1", "๒", "3", "true", "x", " 2 "]) | st.text() | st.text("๑2,.- บาท\0\ud800")


@given(st.sampled_from(ACTIVITIES), st.dictionaries(names, st.lists(texts, max_size=3)))
def test_any_form_is_read_and_then_graded_or_refused(activity, values):
    try:
        answer = read_form(activity, values)
    except Malformed as malformed:
        assert malformed.code in CODES
    else:
        grade(activity, answer)
