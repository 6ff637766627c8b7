"""The order in which items are shown."""

from itertools import permutations

from hypothesis import example, given
from hypothesis import strategies as st

from courses.grading import shuffled
from tests.courses.grading.examples import MATCHING, MULTIPLE, ORDERING, REFLECTION, SINGLE, TRUE


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
