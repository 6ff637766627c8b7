"""What a caretaker or helper says of a task that they saw somebody do."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.dateparse import parse_datetime

from courses.grading import Grade, Malformed
from courses.grading.answers import check

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Check:
    """What somebody said of a task that they saw: the numbers of the things seen, and a note."""

    done: tuple
    is_passed: bool
    note: str
    at: datetime
    by: UUID | None
    reason: str = ""  # why an earlier look was corrected

    @classmethod
    def of(cls, entry):
        """The look in an entry of LessonProgress.answers, if it was at what the learner has now; else None."""
        check = (entry or {}).get("check")
        if not check or check["at"] < entry["at"]:
            return None
        by = check["by"] and UUID(str(check["by"]))
        return cls(tuple(check["done"]), check["correct"], check["note"], parse_datetime(check["at"]), by)

    @classmethod
    def told(cls, event):
        """The look that a LearningEvent tells of."""
        answer = event.answer
        note, reason = answer.get("note", ""), answer.get("reason", "")
        return cls(tuple(answer["done"]), event.correct, note, event.occurred_at, event.recorder_id, reason)


def seen(definition, answer):
    """The grade of a look at a task: {"done": [numbers of the things seen], "note": "", "reason": ""}.

    `reason` says why an earlier look is corrected. Raises Malformed.
    """
    if definition["kind"] != "task" or not isinstance(answer, dict) or not answer.keys() <= {"done", "note", "reason"}:
        raise Malformed("not_a_choice")
    check(definition, answer.get("done"))
    for name in ("note", "reason"):
        _check_words(answer.get(name, ""))
    things = len(definition["checklist"])
    return Grade(correct=len(answer["done"]) == things, score=len(answer["done"]) / things)


def _check_words(words):
    if words != "":
        check({"kind": "reflection"}, words)  # a text that a database can store
    if len(words) > LONGEST_NOTE:
        raise Malformed("too_long")


def to_be_seen(activities):
    """{activity's id: number of things to do} of the tasks among activities that a caretaker is to see."""
    return {
        activity: len(definition["checklist"])
        for activity, definition in activities.items()
        if definition["kind"] == "task" and definition["observed_by"] == "caretaker"
    }


def all_to_be_seen(lessons):
    """The same of the activities of several lessons, as fold takes them."""
    return {task: things for activities in lessons for task, things in to_be_seen(activities).items()}
