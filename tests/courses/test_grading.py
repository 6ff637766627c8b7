import json
from itertools import chain, combinations, permutations, product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from courses.grading import CODES, KINDS, Grade, Malformed, grade, shuffled

CONTENT = Path(__file__).parents[2] / "courses" / "content"


def choices(*correct):
    return [{"text": f"ข้อ {n}", "correct": is_, "explanation": f"คำอธิบาย {n}"} for n, is_ in enumerate(correct)]


SINGLE = {"kind": "single_choice", "choices": choices(False, True, False)}
MULTIPLE = {"kind": "multiple_choice", "choices": choices(True, False, True)}
TRUE = {"kind": "true_false", "answer": True, "explanation": "เพราะ"}
ORDERING = {"kind": "ordering", "items": ["ต้ม", "ตัก", "กิน"], "explanation": "เพราะ"}
MATCHING = {"kind": "matching", "pairs": [["ก", "ไก่"], ["ข", "ไข่"], ["ค", "ควาย"]], "explanation": "เพราะ"}
NUMBER = {"kind": "number", "answer": 120, "tolerance": 0, "unit": "บาท", "explanation": "เพราะ"}
FILL_IN = {"kind": "fill_in", "answers": ["น้ำปลา", "ศูนย์ดิจิทัล ICT 191"], "explanation": "เพราะ"}
REFLECTION = {"kind": "reflection"}
TASK = {"kind": "task", "checklist": ["เปิด", "ถ่าย", "ปิด"], "observed_by": "caretaker"}
ACTIVITIES = [SINGLE, MULTIPLE, TRUE, ORDERING, MATCHING, NUMBER, FILL_IN, REFLECTION, TASK]


def refusal(activity, answer):
    with pytest.raises(Malformed) as malformed:
        grade(activity, answer)
    return malformed.value.code


def subsets(count):
    return [list(subset) for subset in chain(*(combinations(range(count), n) for n in range(count + 1)))]


def test_every_kind_has_an_example_here():
    assert tuple(activity["kind"] for activity in ACTIVITIES) == KINDS


# Single choice


@pytest.mark.parametrize("answer, correct", [(0, False), (1, True), (2, False)])
def test_a_single_choice_is_explained_by_what_was_chosen(answer, correct):
    assert grade(SINGLE, answer) == Grade(correct, float(correct), (f"คำอธิบาย {answer}",))


@pytest.mark.parametrize("answer", [-1, 3, 10**30, True, False, "1", 1.0, [1], {}, "", float("nan")])
def test_only_an_index_is_a_single_choice(answer):
    assert refusal(SINGLE, answer) == "not_a_choice"


def test_a_choice_without_an_explanation_says_nothing():
    activity = {"kind": "single_choice", "choices": [{"text": "ใช่", "correct": True, "explanation": ""}]}
    assert grade(activity, 0).explanations == ()


# Multiple choice


@pytest.mark.parametrize("correct", [*product([True, False], repeat=3)])
@pytest.mark.parametrize("chosen", subsets(3)[1:])
def test_several_choices_are_right_when_all_of_them_and_no_others_are_chosen(correct, chosen):
    graded = grade({"kind": "multiple_choice", "choices": choices(*correct)}, chosen)
    wanted = [index for index in range(3) if correct[index]]
    assert graded.correct == (chosen == wanted)
    assert graded.score == pytest.approx(1 - len(set(chosen) ^ set(wanted)) / 3)
    assert graded.explanations == tuple(f"คำอธิบาย {index}" for index in chosen)


def test_the_order_of_choosing_makes_no_difference():
    assert grade(MULTIPLE, [2, 0]) == grade(MULTIPLE, [0, 2])
    assert grade(MULTIPLE, [2, 0]).correct is True


@pytest.mark.parametrize(
    "answer, code",
    [
        ([], "empty"),
        ([0, 0], "repeated"),
        ([3], "not_a_choice"),
        ([-1], "not_a_choice"),
        ([True], "not_a_choice"),
        ([0, [2]], "not_a_choice"),
        ([None], "not_a_choice"),
        (0, "not_a_choice"),
        ("02", "not_a_choice"),
        ({"0": 1}, "not_a_choice"),
    ],
)
def test_several_choices_are_a_list_of_different_indexes(answer, code):
    assert refusal(MULTIPLE, answer) == code


# True or false


@pytest.mark.parametrize("truth, answer", [*product([True, False], repeat=2)])
def test_true_or_false_is_always_explained(truth, answer):
    graded = grade({**TRUE, "answer": truth}, answer)
    assert graded == Grade(truth == answer, float(truth == answer), ("เพราะ",))


@pytest.mark.parametrize("answer", [0, 1, "true", [], 1.0])
def test_true_or_false_is_nothing_else(answer):
    assert refusal(TRUE, answer) == "not_a_choice"


# Ordering


@pytest.mark.parametrize("answer", [*permutations(range(3))])
def test_an_order_is_right_when_every_item_is_in_its_place(answer):
    right = sum(place == item for place, item in enumerate(answer))
    wanted = Grade(True, 1.0, ("เพราะ",)) if right == 3 else Grade(False, right / 3, (), right_places=right)
    assert grade(ORDERING, list(answer)) == wanted


def test_items_that_read_the_same_may_change_places():
    activity = {**ORDERING, "items": ["คน", "ชิม", "คน"]}
    right = [list(order) for order in permutations(range(3)) if grade(activity, list(order)).correct]
    assert right == [[0, 1, 2], [2, 1, 0]]


@pytest.mark.parametrize(
    "answer, code",
    [
        ([], "empty"),
        ([0, 1], "incomplete"),
        ([0, 1, 1], "repeated"),
        ([0, 1, 2, 2], "repeated"),
        ([0, 1, 3], "not_a_choice"),
        ([0, 1, True], "not_a_choice"),
        ("012", "not_a_choice"),
    ],
)
def test_an_order_has_every_item_once(answer, code):
    assert refusal(ORDERING, answer) == code


# Matching


@pytest.mark.parametrize("answer", [*product(range(3), repeat=3)])
def test_pairs_are_right_when_every_left_has_its_right(answer):
    right = sum(left == chosen for left, chosen in enumerate(answer))
    wanted = Grade(True, 1.0, ("เพราะ",)) if right == 3 else Grade(False, right / 3, (), right_places=right)
    assert grade(MATCHING, list(answer)) == wanted


def test_rights_that_read_the_same_are_the_same():
    activity = {**MATCHING, "pairs": [["เป็ด", "สัตว์"], ["ไก่", "สัตว์"], ["กะเพรา", "พืช"]]}
    right = [list(chosen) for chosen in product(range(3), repeat=3) if grade(activity, list(chosen)).correct]
    assert right == [[0, 0, 2], [0, 1, 2], [1, 0, 2], [1, 1, 2]]


@pytest.mark.parametrize(
    "answer, code",
    [
        ([], "empty"),
        ([0, 1], "incomplete"),
        ([0, None, 2], "incomplete"),
        ([0, 1, 2, 0], "not_a_choice"),
        ([0, 1, 3], "not_a_choice"),
        ([False, 1, 2], "not_a_choice"),
        ({"0": 0}, "not_a_choice"),
    ],
)
def test_pairs_need_a_right_for_every_left(answer, code):
    assert refusal(MATCHING, answer) == code


# Number


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


# Fill in


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


# Reflection and task


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


# Every kind


@pytest.mark.parametrize("activity", ACTIVITIES, ids=KINDS)
def test_no_answer_is_empty(activity):
    assert refusal(activity, None) == "empty"


@pytest.mark.parametrize("kind", ["essay", "", None, [], {}, 1])
def test_an_unknown_kind_is_not_graded(kind):
    assert refusal({"kind": kind}, 0) == "unknown_kind"
    assert refusal({}, 0) == "unknown_kind"


scalars = st.none() | st.booleans() | st.integers() | st.integers(-1, 4) | st.floats() | st.text()
anything = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(
    st.sampled_from(ACTIVITIES),
    anything | st.lists(st.integers(-1, 3)) | st.text("๑๒,.- บาท0\ud800", max_size=50),
)
def test_any_answer_is_graded_or_refused(activity, answer):
    try:
        graded = grade(activity, answer)
    except Malformed as malformed:
        assert malformed.code in CODES
    else:
        assert (graded.correct is None) == (graded.score is None) == (activity in (REFLECTION, TASK))
        assert graded.correct is None or graded.correct == (graded.score == 1.0)
        assert graded.score is None or 0 <= graded.score <= 1
        assert (graded.right_places is not None) == (graded.correct is False and activity in (ORDERING, MATCHING))
        assert grade(activity, json.loads(json.dumps(answer))) == graded


# Shuffling


@given(st.lists(st.sampled_from("กขคง"), max_size=6), st.text())
@example(["ก", "ข"], "\ud800")
def test_items_are_mixed_the_same_way_each_time_and_never_as_written(items, seed):
    activity = {"kind": "ordering", "items": items}
    order = shuffled(activity, seed)
    assert order == shuffled(activity, seed)
    assert sorted(order) == list(range(len(items)))
    if len(set(items)) > 1:
        assert [items[index] for index in order] != items


def test_each_learner_gets_an_order_of_their_own_that_stays():
    assert shuffled(ORDERING, "somsri") == [2, 0, 1]
    orders = {tuple(shuffled(ORDERING, str(seed))) for seed in range(100)}
    assert orders == set(permutations(range(3))) - {(0, 1, 2)}


def test_rights_and_choices_are_mixed_too_and_other_kinds_have_nothing_to_mix():
    assert [sorted(shuffled(activity, "")) for activity in (MATCHING, SINGLE, MULTIPLE)] == [[0, 1, 2]] * 3
    assert shuffled(MATCHING, "") != [0, 1, 2]
    assert shuffled(TRUE, "") == shuffled(REFLECTION, "") == []


# The national courses


def activities_in(lesson):
    for block in lesson.get("body", []):
        for kind, value in block.items():
            if kind in KINDS:
                yield {"kind": kind, **value}


def right_answer(activity):
    return {
        "single_choice": lambda: [choice["correct"] for choice in activity["choices"]].index(True),
        "multiple_choice": lambda: [n for n, choice in enumerate(activity["choices"]) if choice["correct"]],
        "true_false": lambda: activity["answer"],
        "ordering": lambda: list(range(len(activity["items"]))),
        "matching": lambda: list(range(len(activity["pairs"]))),
        "number": lambda: f"{activity['answer']:,} {activity.get('unit') or ''}",
        "fill_in": lambda: activity["answers"][0],
        "reflection": lambda: "ได้ลองแล้ว",
        "task": lambda: list(range(len(activity["checklist"]))),
    }[activity["kind"]]()


@pytest.mark.parametrize("path", sorted(CONTENT.glob("*/*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_right_answer_to_every_activity_of_the_courses_is_right(path):
    for activity in activities_in(YAML(typ="safe").load(path)):
        correct = grade(activity, right_answer(activity)).correct
        assert correct is (None if activity["kind"] in {"reflection", "task"} else True), activity["id"]


def test_the_courses_have_activities_of_every_kind_but_fill_in():
    lessons = [YAML(typ="safe").load(path) for path in CONTENT.glob("*/*.yaml")]
    assert {activity["kind"] for lesson in lessons for activity in activities_in(lesson)} == {*KINDS} - {"fill_in"}
