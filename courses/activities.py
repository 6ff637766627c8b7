"""An activity as its reader meets it: what was given so far, how it went, and the fields to fill in."""

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.grading import Malformed, grade, shuffled
from courses.progress.checks import Check

LONGEST_SHOWN = 4000  # of what could not be kept because it was too long

PROBLEMS = {
    "empty": gettext_lazy("Nothing is answered yet. Answer first, then press once more."),
    "incomplete": gettext_lazy("Some are still without an answer. Please fill in every one."),
    "same_place": gettext_lazy("Two have the same place. Give each one its own."),
    "not_a_number": gettext_lazy("Please type a number, such as 120."),
    "too_long": gettext_lazy("This is too long to keep. Please make it shorter."),
    "nobody_named": gettext_lazy("Touch the name of the one who answered."),
    "not_text": gettext_lazy("Some letters cannot be kept. Please type it again."),
}
OTHER_PROBLEM = gettext_lazy("This answer could not be read. Please answer once more.")


@dataclass(frozen=True)
class State:
    """How an activity stands: `new`, `fix` (could not be read), `again`, `right`, or `kept` (nothing to grade)."""

    name: str = "new"
    values: dict = field(default_factory=dict)  # as the form's fields hold them
    explanations: tuple = ()
    right_places: int | None = None
    problem: str = ""
    check: Check | None = None  # of a task: what the caretaker or a helper said of it

    @property
    def is_settled(self):
        return self.name in ("right", "kept")


def state_of(activity, entry):
    """The state that a learner left it in: `entry` is theirs in LessonProgress.answers, or None."""
    if entry is None:
        return State()
    try:
        state = judged(activity, entry["answer"])
    except Malformed:  # its author has changed the activity since, or it was only checked
        state = State()
    return _checked(state, Check.of(entry)) if activity.kind == "task" else state


def _checked(state, check):
    """A task that passed is settled, and one to try again is open, whatever the learner has ticked."""
    if check is None:
        return state
    return replace(state, name="kept" if check.is_passed else "new", check=check)


def judged(activity, answer):
    """The state after this answer. Raises Malformed."""
    result = grade(activity.definition, answer)
    name = {True: "right", False: "again", None: "kept"}[result.correct]
    if activity.kind == "task" and len(answer) < len(activity.definition["checklist"]):
        name = "new"  # begun; the ticks are kept
    return State(name, _values_of(activity, answer), result.explanations, result.right_places)


def refused(values, code):
    """The state after an answer that could not be graded: what was filled in stays."""
    shown = {name: [text.replace("\0", "")[:LONGEST_SHOWN] for text in texts] for name, texts in values.items()}
    return State("fix", shown, problem=PROBLEMS.get(code, OTHER_PROBLEM))


def is_open(activity, entry):
    """Is there something left to do? What was once solved stays solved."""
    if entry is None:
        return True
    return not (entry.get("solved_at") or state_of(activity, entry).is_settled)


def rows(activity, state, seed):
    """What the template draws: one row for each choice, item or pair, in the order to show them in."""
    return _ROWS.get(activity.kind, _no_rows)(activity.definition, state.values, seed)


def _values_of(activity, answer):
    """The form's fields for an answer: what courses.grading.read_form reads, the other way round."""
    if activity.kind == "ordering":
        return {f"place-{item}": [str(place)] for place, item in enumerate(answer, start=1)}
    if activity.kind == "matching":
        return {f"match-{left}": [str(right)] for left, right in enumerate(answer)}
    if activity.kind == "true_false":
        return {"answer": ["true" if answer else "false"]}
    if isinstance(answer, list):
        return {"done" if activity.kind == "task" else "answer": [str(index) for index in answer]}
    return {"answer": [str(answer)]}


def _row(name, value, text, values):
    return {"name": name, "value": value, "text": text, "chosen": value in values.get(name, ())}


def _choice_rows(definition, values, seed):
    texts = [choice["text"] for choice in definition["choices"]]
    return [_row("answer", str(index), text, values) for index, text in enumerate(texts)]


def _true_false_rows(definition, values, seed):
    texts = {"true": _("True"), "false": _("Not true")}
    return [_row("answer", value, text, values) for value, text in texts.items()]


def _task_rows(definition, values, seed):
    things = enumerate(definition["checklist"])
    return [_row("done", str(index), text, values) | {"index": index} for index, text in things]


def _ordering_rows(definition, values, seed):
    items, found = definition["items"], []
    for index in shuffled(definition, seed):
        name = f"place-{index}"
        places = [_row(name, str(place), str(place), values) for place in range(1, len(items) + 1)]
        found.append({"name": name, "text": items[index], "options": places, "place": values.get(name, [""])[-1]})
    return found


def _matching_rows(definition, values, seed):
    pairs, order, found = definition["pairs"], shuffled(definition, seed), []
    for left, (text, _right) in enumerate(pairs):
        name = f"match-{left}"
        options = [_row(name, str(right), pairs[right][1], values) for right in order]
        found.append({"name": name, "text": text, "options": options})
    return found


def _no_rows(definition, values, seed):
    return []


_ROWS = {
    "single_choice": _choice_rows,
    "multiple_choice": _choice_rows,
    "true_false": _true_false_rows,
    "task": _task_rows,
    "ordering": _ordering_rows,
    "matching": _matching_rows,
}
