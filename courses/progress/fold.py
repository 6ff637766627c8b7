"""The state that follows from events: pure, and the same whatever order they come in.

Everything here takes the smallest or largest of something, or adds up distinct events; both are
indifferent to order. Recording and rebuilding use the same functions, so they cannot disagree.
"""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID


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


def fold(states, rows):
    """Apply events to `states`, a dict by (learner, lesson), in place. Each event once, in any order."""
    for row in rows:
        key = row.learner, row.lesson
        state = states.get(key)
        if state is None:
            state = states[key] = LessonState(
                row.learner, row.lesson, row.course, row.occurred_at, row.centre, row.occurred_at
            )
        _apply(state, row)


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


def _answer(answers, row):
    """Count the try, keep the latest answer, and the first moment a right one was given."""
    at = row.occurred_at.isoformat(timespec="microseconds")
    activity = str(UUID(row.activity))
    before = answers.get(activity, {"tries": 0, "at": "", "event": "", "solved_at": None})
    latest = before
    if (at, row.id) > (before["at"], before["event"]):
        latest = {"at": at, "event": row.id, "answer": row.answer, "correct": row.correct, "score": row.score}
    solved = [moment for moment in (before["solved_at"], at if row.correct else None) if moment]
    answers[activity] = latest | {
        "tries": before["tries"] + 1,
        "solved_at": min(solved, default=None),
    }


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
