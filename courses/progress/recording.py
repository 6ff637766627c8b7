"""courses.progress.record: everything that is learned passes here, whoever hands it in."""

import hashlib
import logging
import re
from collections import Counter
from itertools import chain

import msgspec
from django.db import transaction
from django.utils import timezone

from courses.models import ActiveMonth, LearningEvent, RejectedEvent
from courses.progress import counting, late, people, settling, sql, state, tables
from courses.progress.checks import to_be_seen
from courses.progress.events import Row, Verdict
from courses.progress.fold import course_states, fold, mark
from courses.progress.holding import hold_recording
from courses.progress.judging import Refused, World
from courses.progress.places import places_of, provinces_of
from courses.signals import events_judged
from lms.centres.models import AuditEntry

LONGEST_PAYLOAD = 8_000  # bytes of a refused event that are kept: a reflection of 2,000 Thai letters fits
LARGEST_STORE = 5_000  # refused events of one person: a month of a whole centre, if every one of them fails

ACTIVE = ["learner", "month", "centre", "course"]
ESCAPED = re.compile(rb"\\(\\|u0000)")  # in JSON: a backslash, or a NUL

log = logging.getLogger(__name__)


def record(events, by, centre=None):
    """Store what is new, apply it to state and counts, and answer each event; all or nothing, in one transaction.

    `by` hands the events in and must be allowed to see their learners. `centre` is the pk of the centre
    where an event happened that names none; without it, the learner's home. Verdicts come in the events'
    order. Returning at all means that they are on disk.
    """
    events = list(events)
    if not events:
        return []
    with transaction.atomic():
        world = World(events, by, centre)
        rows, keys, verdicts, refused = {}, {}, {}, []
        for place, event in enumerate(events):
            try:
                row = world.row(event)
            except Refused as reason:
                refused.append((msgspec.to_builtins(event), str(reason)))
                verdicts[place] = Verdict(id=event.id, status="rejected", reason=str(reason))
            else:
                keys[place] = row.learner, row.id
                rows.setdefault(keys[place], (place, row))
        new = _store([row for _place, row in rows.values()])
        _apply([row for key, (_place, row) in rows.items() if key in new], world.tasks())
        world.groups.keep(new)
        set_aside(refused, by)
        _answer(events, keys, rows, new, verdicts)
    judged = [verdicts[place] for place in range(len(events))]
    events_judged.send(Verdict, verdicts=judged)
    return judged


def set_aside(refused, by):
    """Keep what could not be counted: (payload, reason) pairs. The same payload is kept once.

    Nobody can fill the disk with it: a long payload is cut, and one person's are kept up to a limit.
    """
    if not refused:
        return
    room = LARGEST_STORE - RejectedEvent.objects.filter(recorder=by).count()
    if room < len(refused):
        log.warning("somebody handed in more events that cannot be counted than are kept aside")
    rows, erased = [], _erased(refused)
    for payload, reason in refused[: max(room, 0)]:
        if str(payload.get("learner")) in erased:
            continue  # a machine that was long out of reach still had it; it must not come back this way
        encoded = msgspec.json.encode(payload, order="deterministic")
        if len(encoded) > LONGEST_PAYLOAD:
            names = {name: payload[name] for name in ("id", "learner") if name in payload}
            payload = names | {"cut": encoded[:LONGEST_PAYLOAD].decode("utf-8", "ignore")}
        elif b"\\u0000" in encoded:  # PostgreSQL stores none, and what is kept aside is for people to read
            payload = msgspec.json.decode(ESCAPED.sub(_without_nul, encoded))
        rows.append((hashlib.sha256(encoded).hexdigest(), payload, reason, by.pk.hex, timezone.now()))
    rows.sort(key=lambda row: row[0])  # two writers lock them in the same order
    if rows:
        sql.insert_new(RejectedEvent, ["digest", "payload", "reason", "recorder", "recorded_at"], rows)


def _without_nul(escape):
    return escape.group() if escape[1] == b"\\" else rb"\ufffd"


def _erased(refused):
    """Who of the unknown learners is unknown because they asked to be erased."""
    unknown = {payload["learner"] for payload, reason in refused if reason == "unknown_learner"}
    erased = AuditEntry.objects.filter(subject__in=unknown, action=AuditEntry.Action.ERASED) if unknown else ()
    return {str(entry.subject) for entry in erased}


def _store(rows):
    """Insert the events; the (learner, id) of those that were not there."""
    return sql.insert_new(LearningEvent, Row._fields, rows) if rows else set()


def _apply(rows, tasks):
    """Bring state and counts up to date with events that were just inserted. `tasks` as fold takes them."""
    if not rows:
        return
    touched = {(row.learner, row.lesson) for row in rows}
    enrolled = {(row.learner, row.course) for row in rows}
    learners, courses = {learner for learner, _lesson in touched}, {course for _learner, course in enrolled}
    persons = people.Persons()
    bands = settling.bands_of(learners, persons)
    lessons, before = state.lessons_of(touched, learner=learners, course=courses), state.courses_of(learner=learners)
    new_active = sql.insert_new(ActiveMonth, ACTIVE, sorted(counting.active_in(rows)))
    _move_active(new_active, bands, persons)
    places = places_of(chain(lessons.values(), before.values())) | persons.places
    provinces = provinces_of({row.centre for row in rows} | places)
    counts = counting.of_events(rows, provinces)
    counts.update(counting.of_active(new_active))
    came_late = late.of_events(rows)
    stood = came_late and _standing(lessons, touched, before, enrolled)
    for key in touched & lessons.keys():
        counts.subtract(counting.of_lesson(lessons[key], provinces))
    fold(lessons, rows, tasks)
    after = _course_states(lessons, enrolled, state.editions_of(course=courses))
    for key in touched:
        counts.update(counting.of_lesson(lessons[key], provinces))
    counts.update(_moved_courses(before, after, bands, persons))
    state.keep_lessons([lessons[key] for key in touched])
    state.keep_courses(after)
    counts.update(persons.counts(provinces))
    tables.add(counts)
    if came_late:
        late.add(came_late)
        now = before | {(item.learner, item.course): item for item in after}
        late.mark(stood - _standing(lessons, touched, now, enrolled), max(row.recorded_at for row in rows))
    heard = sorted({(row.centre, row.recorded_at) for row in rows})
    tables.hear(heard)


def _standing(lessons, touched, courses, enrolled):
    """What may move when something comes late: where those of some lessons and courses that are known begin and end."""
    known = chain((lessons.get(key) for key in touched), (courses.get(key) for key in enrolled))
    return late.standing(filter(None, known))


def _move_active(new, bands, persons):
    """Some (learner, month, centre, course) are new: other months of the same people may follow upon them now."""
    learners = {learner for learner, *_where in new}
    if not learners:
        return
    known, added = {}, {}
    for learner, *told in sql.select(ActiveMonth, ACTIVE, learner=learners):
        found = known if (learner, *told) not in new else added
        found.setdefault(learner, []).append(told)
    for learner in learners:
        before = known.get(learner, [])
        after = before + added[learner]
        persons.move(bands.get(learner, ""), people.of_active(before), people.of_active(after))


def _moved_courses(before, after, bands, persons):
    """What the states `after` of some courses change; `before` has all courses of their learners."""
    counts = Counter()
    now = before | {(item.learner, item.course): item for item in after}
    of_learners = {}
    for key, item in now.items():
        states = of_learners.setdefault(item.learner, ([], []))
        states[1].append(item)
        if key in before:
            states[0].append(before[key])
    for item in after:
        counts.update(counting.of_course(item))
        if old := before.get((item.learner, item.course)):
            counts.subtract(counting.of_course(old))
    for learner, states in of_learners.items():
        persons.move(bands.get(learner, ""), *map(people.of_courses, states))
    return counts


def _course_states(lessons, wanted, editions):
    return course_states((item for item in lessons.values() if (item.learner, item.course) in wanted), editions)


@transaction.atomic
def recount_course(course):
    """Look again at who has finished a course, after a new edition of it came into force.

    Recording must be held since before it did: who had read the old edition is through by now.
    """
    unfinished = {key for key, item in state.courses_of(course=[course.hex]).items() if not item.completed_at}
    after = _course_states(state.lessons_of(course=[course.hex]), unfinished, state.editions_of(course=[course.hex]))
    after = [item for item in after if item.completed_at]
    learners, persons = {item.learner for item in after}, people.Persons()
    bands = settling.bands_of(learners, persons)
    counts = _moved_courses(state.courses_of(learner=learners), after, bands, persons)
    state.keep_courses(after)
    counts.update(persons.counts(provinces_of(persons.places)))
    tables.add(counts)


@transaction.atomic
def remark_lesson(lesson, activities):
    """Look again at who waits for the caretaker, after an editor changed which tasks of a lesson are to be seen."""
    hold_recording()
    lessons = state.lessons_of(lesson=[lesson.hex])
    for item in lessons.values():
        mark(item, to_be_seen(activities))
    state.keep_lessons(list(lessons.values()))


def _answer(events, keys, rows, new, verdicts):
    """A verdict for each event that was not refused; a repeated one is told what was stored the first time."""
    again = [key for key in rows if key not in new]
    stored = {}
    if again:
        known = sql.select(
            LearningEvent,
            ["learner", "id", "correct", "score"],
            learner={learner for learner, _id in again},
            id={id for _learner, id in again},
        )
        stored = {row[:2]: row[2:] for row in known}
    for place, key in keys.items():
        first, row = rows[key]
        fresh = key in new
        correct, score = (row.correct, row.score) if fresh else stored[key]
        status = "accepted" if fresh and place == first else "duplicate"
        verdicts[place] = Verdict(id=events[place].id, status=status, correct=correct, score=score)
