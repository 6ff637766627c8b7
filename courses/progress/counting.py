"""Counts as a function of the state, so that a change of state is a change of counts.

A key is (table, *the row's key, measure); see courses.progress.tables. Those of people are in people.py.
"""

from collections import Counter

from courses.progress.events import month_of


def of_lesson(state, provinces):
    """What one lesson state adds: ("course", month, centre, course, measure) and ("lesson", ...) keys.

    `provinces` as places.provinces_of gives them.
    """
    counts = Counter()
    started = month_of(state.started_at)
    place = provinces[state.centre](started)
    counts["lesson", started, place, state.course, state.lesson, "reached"] += 1
    if state.finished_at:
        month = month_of(state.finished_at)
        place = provinces[state.finish_centre](month)
        counts["lesson", month, place, state.course, state.lesson, "finished"] += 1
        counts["course", month, state.finish_centre, state.course, "lessons_finished"] += 1
    return counts


def of_course(state):
    counts = Counter()
    counts["course", month_of(state.started_at), state.centre, state.course, "starters"] += 1
    if state.completed_at:
        month = month_of(state.completed_at)
        counts["course", month, state.completion_centre, state.course, "finishers"] += 1
    return counts


def of_events(rows, provinces):
    """Seconds spent, and the answers to each question, which add up event by event."""
    counts = Counter()
    for row in rows:
        month = month_of(row.occurred_at)
        if row.seconds:
            counts["course", month, row.centre, row.course, "seconds"] += row.seconds
        if row.verb == "answered":
            key = "question", row.course, month, provinces[row.centre](month), row.lesson, row.activity
            counts[*key, "answers"] += 1
            counts[*key, "missed"] += row.correct is False
    return counts


def of_active(active):
    """`active` is an iterable of distinct (learner, month, centre, course)."""
    return Counter(("course", month, centre, course, "active") for _learner, month, centre, course in active)


def active_in(rows):
    """The distinct (learner, month, centre, course) of some events."""
    return {(row.learner, month_of(row.occurred_at), row.centre, row.course) for row in rows}
