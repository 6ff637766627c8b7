"""Invented lives: what somebody learned, when, and the state and the counts that follow from it.

A life is lived by many, so who and where are left open: the texts have marks in their places.
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from courses.models import LessonOutline
from courses.models.answers import pack
from courses.progress import counting, late, people, settling, state
from courses.progress.checks import all_to_be_seen
from courses.progress.events import Row, month_of
from courses.progress.fold import course_states, fold
from lms.network.demo.learning import right_answer, wrong_answer
from lms.network.sample.copying import Json, as_text

# The marks; NUMBER ends each event's id.
LEARNER, NUMBER, CENTRE, PROVINCE, BAND = "@L@", "@N@", "@C@", "@P@", "@B@"
DIGITS = "badc0ffee0ddf00"  # what stands for NUMBER where only digits can
LATE = 0.02  # of visits whose events came weeks later
MONTH = timedelta(days=30)
TRIED = 500  # lives invented to see how long they get


@dataclass(eq=False)
class Life:
    """One life. `texts` are the rows of each table, `counts` what it adds to the counts, `late` to what came late."""

    joined: datetime
    heard: datetime  # when the last of it reached the server
    events: int
    texts: dict
    counts: Counter
    late: dict


class Lives:
    """Invents lives of about `mean` events each, begun and ended between two moments."""

    def __init__(self, mean, first, last, seed):
        self.mean, self.first, self.last = mean, first, last
        self.chance = random.Random(seed)
        self.editions = state.editions_of()
        self.courses = _courses()
        if not self.courses:
            raise LookupError("There are no lessons yet: run load_courses first.")
        self.tasks = all_to_be_seen(lesson.activities for lessons in self.courses for lesson in lessons)
        per_lesson = [2 + 1.2 * len(lesson.activities) for lessons in self.courses for lesson in lessons]
        self.lessons_each = max(mean / (sum(per_lesson) / len(per_lesson)), 1)
        found = sum(self.one().events for _try in range(TRIED)) / TRIED
        self.lessons_each *= mean / found  # some lives are cut short by today

    def one(self, until=None):
        """A life that ended by `until`."""
        last = until or self.last
        joined = self.first + (last - self.first) * self.chance.random() ** 0.7  # more lately than long ago
        joined = datetime.combine(joined.date(), time(self.chance.randint(2, 9), tzinfo=UTC))
        joined = min(joined, last - timedelta(days=1))
        rows = list(self._rows(joined, last))
        return self._folded(joined, rows)

    def _rows(self, joined, last):
        day, made = joined, 0
        for lesson, is_whole in self._lessons():
            moment = day + timedelta(minutes=self.chance.randint(0, 300))
            if moment > last - timedelta(hours=3):
                return
            delay = MONTH if self.chance.random() < LATE else timedelta(seconds=self.chance.randint(1, 40))
            for row in self._visit(lesson, is_whole, moment, min(moment + delay, last), made):
                made += 1
                yield row
            day += timedelta(days=self.chance.choice([1, 2, 3, 7, 7, 14, 30, 45]))

    def _lessons(self):
        """Lessons in the order they are taken, some left in the middle; few people do many."""
        left = max(round(self.chance.expovariate(1 / self.lessons_each)), 1)
        for lessons in self.chance.sample(self.courses, k=len(self.courses)):
            for lesson in lessons:
                yield lesson, self.chance.random() < 0.85
                left -= 1
                if left <= 0:
                    return
            if self.chance.random() < 0.2:
                return

    def _visit(self, lesson, is_whole, moment, recorded, made):
        def row(verb, seconds=0, activity=None, answer=None, correct=None):
            nonlocal moment, made
            moment += timedelta(seconds=seconds)
            made += 1
            id = f"{int(moment.timestamp() * 1000):012x}7{made % 4096:03x}8{NUMBER}"
            names = {"session": None, "recorder": None, "claimed_at": None, "claimed_correct": None}
            return Row(
                learner=LEARNER,
                id=id,
                course=lesson.course.hex,
                lesson=lesson.lesson.hex,
                activity=activity,
                verb=verb,
                answer=answer,
                correct=correct,
                score=None if correct is None else float(correct),
                seconds=seconds,
                occurred_at=moment,
                recorded_at=max(recorded, moment),
                centre=CENTRE,
                **names,
            )

        yield row("started")
        activities = list(lesson.activities.items())
        for key, definition in activities if is_whole else activities[: len(activities) // 2]:
            wrong = wrong_answer(definition)
            if wrong is not None and self.chance.random() < 0.3:
                yield row("answered", self.chance.randint(20, 90), UUID(key).hex, wrong, False)
            told = None if definition["kind"] in ("reflection", "task") else True
            yield row("answered", self.chance.randint(20, 120), UUID(key).hex, right_answer(definition), told)
        if is_whole:
            yield row("finished", self.chance.randint(60, 300))

    def _folded(self, joined, rows):
        lessons = {}
        fold(lessons, rows, self.tasks)
        courses = course_states(lessons.values(), self.editions)
        active = counting.active_in(rows)
        return Life(
            joined=joined,
            heard=max(row.recorded_at for row in rows),
            events=len(rows),
            texts={
                "event": as_text(map(_with_json, rows)),
                "lesson": _lines(lessons.values()),
                "course": as_text([[getattr(item, name) for name in state.COURSE_FIELDS] for item in courses]),
                "active": as_text(sorted(active)),
            },
            counts=_counted(joined, rows, lessons.values(), courses, active),
            late=late.of_events(rows),
        )


def _with_json(row):
    return row if row.answer is None else row._replace(answer=Json(row.answer))


def _lines(lessons):
    """The lessons' lines. In what is packed an id has to end in digits, until the lines are text."""
    rows = [[getattr(item, name) for name in state.LESSON_FIELDS] for item in lessons]
    place = state.LESSON_FIELDS.index("answers")
    for row in rows:
        row[place] = pack({activity: _with_digits(entry) for activity, entry in row[place].items()})
    return as_text(rows).replace(DIGITS, NUMBER)


def _with_digits(entry):
    return entry | {"event": entry["event"].replace(NUMBER, DIGITS)}


def _counted(joined, rows, lessons, courses, active):
    provinces = {CENTRE: lambda _month: PROVINCE}
    counts = counting.of_events(rows, provinces)
    for item in lessons:
        counts.update(counting.of_lesson(item, provinces))
    for item in courses:
        counts.update(counting.of_course(item))
    counts.update(counting.of_active(active))
    person = settling.Counted(LEARNER, month_of(joined), CENTRE, BAND)
    persons = people.Persons()
    theirs = [tuple(row[1:]) for row in active]
    persons.move(BAND, [], people.of_joining(person) + people.of_courses(courses) + people.of_active(theirs))
    counts.update(persons.counts(provinces))
    return counts


def _courses():
    found = {}
    for lesson in LessonOutline.objects.filter(is_live=True).order_by("course", "position"):
        found.setdefault(lesson.course, []).append(lesson)
    return list(found.values())
