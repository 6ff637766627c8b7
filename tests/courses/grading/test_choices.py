"""Choosing one, several, or whether it is so."""

from itertools import product

import pytest

from courses.grading import Grade, grade
from tests.courses.grading.examples import MULTIPLE, SINGLE, TRUE, choices, refusal, subsets


@pytest.mark.parametrize("answer, correct", [(0, False), (1, True), (2, False)])
def test_a_single_choice_is_explained_by_what_was_chosen(answer, correct):
    assert grade(SINGLE, answer) == Grade(correct, float(correct), (f"คำอธิบาย {answer}",))


@pytest.mark.parametrize("answer", [-1, 3, 10**30, True, False, "1", 1.0, [1], {}, "", float("nan")])
def test_only_an_index_is_a_single_choice(answer):
    assert refusal(SINGLE, answer) == "not_a_choice"


def test_a_choice_without_an_explanation_says_nothing():
    activity = {"kind": "single_choice", "choices": [{"text": "ใช่", "correct": True, "explanation": ""}]}
    assert grade(activity, 0).explanations == ()


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


@pytest.mark.parametrize("truth, answer", [*product([True, False], repeat=2)])
def test_true_or_false_is_always_explained(truth, answer):
    graded = grade({**TRUE, "answer": truth}, answer)
    assert graded == Grade(truth == answer, float(truth == answer), ("เพราะ",))


@pytest.mark.parametrize("answer", [0, 1, "true", [], 1.0])
def test_true_or_false_is_nothing_else(answer):
    assert refusal(TRUE, answer) == "not_a_choice"
