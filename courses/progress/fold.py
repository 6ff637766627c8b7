"""The state that follows from events: pure, and the same whatever order they come in.

Everything here takes the smallest or largest of something, or adds up distinct events; both are
indifferent to order. Recording and rebuilding use the same functions, so they cannot disagree.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from courses.progress.events import written

STUCK_AFTER = 3  # wrong answers to the same question, with no right one
NOTHING = {"tries": 0, "at": "", "event": "", "answer": None, "correct": None, "score": None, "solved_at": None}


@dataclass(slots=True)
class LessonState:
    """One learner and one lesson; the columns of LessonProgress."""

    learner: str
    lesson: str
    course: str
    started_at: datetime
    centre: int
    last_at: datetime
    finished_at: datetime | None = None
    finish_centre: int | None = None
    seconds: int = 0
    answers: dict = field(default_factory=dict)
    stuck_since: datetime | None = None
    unchecked_since: datetime | None = None
    checked_at: datetime | None = None

    @property
    def when_finished(self):
        return self.finished_at

    @property
    def where_finished(self):
        return self.finish_centre


@dataclass(slots=True)
class CourseState:
    """One learner and one course; the columns of Enrolment."""

    learner: str
    course: str
    started_at: datetime
    centre: int
    last_at: datetime
    last_lesson: str
    lessons_finished: int
    completed_at: datetime | None = None
    completion_centre: int | None = None

    @property
    def when_finished(self):
        return self.completed_at

    @property
    def where_finished(self):
        return self.completion_centre


def fold(states, rows, tasks):
    """Apply events to `states`, a dict by (learner, lesson), in place. Each event once, in any order.

    `tasks` are the tasks that a caretaker is to see, as {activity's id: number of things to do}.
    """
    touched = set()
    for row in rows:
        key = row.learner, row.lesson
        state = states.get(key)
        if state is None:
            state = states[key] = LessonState(
                row.learner, row.lesson, row.course, row.occurred_at, row.centre, row.occurred_at
            )
        _apply(state, row)
        touched.add(key)
    for key in touched:
        mark(states[key], tasks)


def mark(state, tasks):
    """Say since when the learner is stuck in a lesson, since when a task of it waits to be seen, and when one was."""
    entries = state.answers.items()
    stuck = [entry["at"] for _activity, entry in entries if is_stuck(entry)]
    waiting = [entry["at"] for activity, entry in entries if activity in tasks and waits(entry, tasks[activity])]
    looks = [entry["check"]["at"] for _activity, entry in entries if "check" in entry]
    state.stuck_since = _moment(min(stuck, default=None))
    state.unchecked_since = _moment(min(waiting, default=None))
    state.checked_at = _moment(max(looks, default=None))


def is_stuck(entry):
    return entry["tries"] >= STUCK_AFTER and not entry["solved_at"] and entry["correct"] is False


def waits(entry, things):
    """Whether a task's entry says that all is done, and that nobody has looked since."""
    answer, check = entry.get("answer"), entry.get("check")
    is_done = isinstance(answer, list) and len(answer) >= things
    return is_done and (check is None or check["at"] < entry["at"])


def _moment(text):
    return text and datetime.fromisoformat(text)


def _apply(state, row):
    # At the same instant the lower centre number counts: any rule will do, as long as it is one.
    state.started_at, state.centre = min((state.started_at, state.centre), (row.occurred_at, row.centre))
    state.last_at = max(state.last_at, row.occurred_at)
    state.seconds += row.seconds
    if row.verb == "finished":
        here = row.occurred_at, row.centre
        if state.finished_at is None or here < (state.finished_at, state.finish_centre):
            state.finished_at, state.finish_centre = here
    elif row.verb == "answered":
        _answer(state.answers, row)
    elif row.verb == "checked":
        _check(state.answers, row)


def _answer(answers, row):
    """Count the try, keep the latest answer, and the first moment a right one was given."""
    at = written(row.occurred_at)
    activity = _dashed(row.activity)
    before = answers.get(activity, NOTHING)
    latest = before
    if (at, row.id) > (before["at"], before["event"]):
        latest = {"at": at, "event": row.id, "answer": row.answer, "correct": row.correct, "score": row.score}
    solved = [moment for moment in (before["solved_at"], at if row.correct else None) if moment]
    answers[activity] = latest | {
        "tries": before["tries"] + 1,
        "solved_at": min(solved, default=None),
    }
    if "check" in before:
        answers[activity]["check"] = before["check"]


@lru_cache
def _dashed(key):
    return str(UUID(key))


def _check(answers, row):
    """Keep the latest look at a task: who ticked what, and what they wrote. The earlier ones stay among the events."""
    at = written(row.occurred_at)
    activity = _dashed(row.activity)
    before = answers.get(activity, NOTHING)
    known = before.get("check")
    if known is None or (at, row.id) > (known["at"], known["event"]):
        seen = {"at": at, "event": row.id, "by": row.recorder, "done": row.answer["done"], "correct": row.correct}
        answers[activity] = before | {"check": seen | {"note": row.answer.get("note", "")}}


def course_states(lessons, editions):
    """The states of courses, from those of anybody's lessons. `editions` as state.editions_of gives them."""
    by_course = {}
    for item in lessons:
        by_course.setdefault((item.learner, item.course), []).append(item)
    return [course_state(items, editions.get(course, [])) for (_learner, course), items in by_course.items()]


def course_state(lessons, editions):
    """What a learner reached in a course, from the states of its lessons (at least one)."""
    first = min(lessons, key=lambda lesson: (lesson.started_at, lesson.centre))
    last = max(lessons, key=lambda lesson: (lesson.last_at, lesson.lesson))
    completed_at, completion_centre = _completion(lessons, editions)
    return CourseState(
        learner=first.learner,
        course=first.course,
        started_at=first.started_at,
        centre=first.centre,
        last_at=last.last_at,
        last_lesson=last.lesson,
        lessons_finished=sum(lesson.finished_at is not None for lesson in lessons),
        completed_at=completed_at,
        completion_centre=completion_centre,
    )


def _completion(lessons, editions):
    """When and where the course was finished: (None, None) if it was not.

    An edition is finished with the last of its lessons, provided that it was still in force then; one
    that came into force later with fewer lessons is finished from that moment on. The earliest counts.
    """
    finished = {lesson.lesson: lesson for lesson in lessons if lesson.finished_at}
    found = []
    for edition in editions:
        if not edition.lessons or not all(key in finished for key in edition.lessons):
            continue
        final = max((finished[key].finished_at, finished[key].finish_centre) for key in edition.lessons)
        if edition.until is None or final[0] < edition.until:
            found.append((max(final[0], edition.since or final[0]), final[1]))
    return min(found, default=(None, None))
