"""The right answers of the national courses are right."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from courses.grading import KINDS, grade

CONTENT = Path(__file__).parents[3] / "courses" / "content"


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
