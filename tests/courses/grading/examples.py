"""One activity of each kind, and what is said to an answer that cannot be graded."""

from itertools import chain, combinations

import pytest

from courses.grading import Malformed, grade


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
