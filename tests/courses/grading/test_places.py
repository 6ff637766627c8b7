"""Putting things in order, and finding what belongs together."""

from itertools import permutations, product

import pytest

from courses.grading import Grade, grade
from tests.courses.grading.examples import MATCHING, ORDERING, refusal


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
