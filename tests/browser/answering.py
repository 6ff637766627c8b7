"""Answering the courses' own questions in a browser, from what their files say is right."""

from pathlib import Path

from ruamel.yaml import YAML

CONTENT = Path(__file__).resolve().parents[2] / "courses" / "content"
ACTIVITIES = {
    "single_choice", "multiple_choice", "true_false", "ordering", "matching", "number", "reflection", "task",
}  # fmt: skip


def course(folder):
    """A course file and its lesson files, as they were written."""
    yaml = YAML(typ="safe")
    read = [yaml.load(path.read_text(encoding="utf-8")) for path in sorted((CONTENT / folder).glob("*.yaml"))]
    [first] = [each for each in read if "body" not in each]
    return first, [each for each in read if "body" in each]


def activities(lesson):
    """(kind, activity) of all that a lesson asks, in order."""
    return [(kind, value) for block in lesson["body"] for kind, value in block.items() if kind in ACTIVITIES]


def fill_in(card, kind, asked, wrong=False):
    """Fill in an activity's form rightly; or, for a single choice, with the first wrong choice."""
    if kind == "single_choice":
        card.locator(f"input[value='{_choice(asked, not wrong)}']").check()
    elif kind == "multiple_choice":
        for place, choice in enumerate(asked["choices"]):
            card.locator(f"input[value='{place}']").set_checked(choice["correct"])
    elif kind == "true_false":
        card.locator(f"input[value={'true' if asked['answer'] else 'false'}]").check()
    elif kind == "matching":
        for place, (_left, right) in enumerate(asked["pairs"]):
            card.locator(f"select[name=match-{place}]").select_option(label=right)
    elif kind == "ordering":
        for place in range(len(asked["items"])):
            select = card.locator(f"select[name=place-{place}]")
            select.evaluate("(select, value) => { select.value = value }", str(place + 1))
    elif kind == "task":
        for place in range(len(asked["checklist"])):
            card.locator(f"input[value='{place}']").check()
    else:
        answer = str(asked["answer"]) if kind == "number" else "ได้ลองทำแล้ว"
        card.locator("[name=answer]").fill(answer)


def _choice(asked, correct):
    return next(place for place, choice in enumerate(asked["choices"]) if choice["correct"] is correct)
