"""The tables of counts: what each is called in counting, its key and its measures, and where the erased stay in it.

The order is that in which they are written, so that two writers wait for each other and never in a circle.
"""

from typing import Any, NamedTuple

from courses.models import (
    AgeCount,
    CourseCount,
    ErasedAgeCount,
    ErasedCourseCount,
    ErasedLessonCount,
    ErasedPeopleCount,
    ErasedQuestionCount,
    LastHeard,
    LessonCount,
    PeopleCount,
    QuestionCount,
)
from courses.progress import sql


class Table(NamedTuple):
    name: str
    model: Any
    of_erased: Any
    key: list
    measures: list

    def rows_of(self, counts):
        """What some counts say of this table, as rows sorted by key."""
        rows = {}
        for (name, *key, measure), number in counts.items():
            if name == self.name and number:
                rows.setdefault(tuple(key), dict.fromkeys(self.measures, 0))[measure] += number
        return [(*key, *rows[key].values()) for key in sorted(rows)]

    def add(self, counts, erased=False):
        """Add to what is there; numbers may be negative, when a late event moves something to another month."""
        rows = self.rows_of(counts)
        if rows:
            sql.upsert(self.of_erased if erased else self.model, [*self.key, *self.measures], rows, add=True)

    def kept(self, erased=False):
        """What is there, by key."""
        width = len(self.key)
        rows = sql.select(self.of_erased if erased else self.model, [*self.key, *self.measures])
        return {row[:width]: row[width:] for row in rows}

    def wrong(self, counts):
        """(key, kept, counted) of each row that is not as `counts` and the erased have it.

        A row of zeros and no row mean the same.
        """
        width, nothing = len(self.key), (0,) * len(self.measures)
        counted = {row[:width]: row[width:] for row in self.rows_of(counts)}
        for key, numbers in self.kept(erased=True).items():
            counted[key] = tuple(map(sum, zip(numbers, counted.get(key, nothing), strict=True)))
        kept = self.kept()
        rows = [
            (key, kept.get(key, nothing), counted.get(key, nothing)) for key in sorted(kept.keys() | counted.keys())
        ]
        return [row for row in rows if row[1] != row[2]]


OF_PEOPLE = ["joined", "starters", "active", "finishers", "certified"]
TABLES = (
    Table(
        name="course",
        model=CourseCount,
        of_erased=ErasedCourseCount,
        key=["month", "centre", "course"],
        measures=["starters", "active", "lessons_finished", "finishers", "seconds"],
    ),
    Table(
        name="lesson",
        model=LessonCount,
        of_erased=ErasedLessonCount,
        key=["month", "province", "course", "lesson"],
        measures=["reached", "finished"],
    ),
    Table(
        name="people",
        model=PeopleCount,
        of_erased=ErasedPeopleCount,
        key=["course", "month", "centre", "previous"],
        measures=OF_PEOPLE,
    ),
    Table(
        name="age",
        model=AgeCount,
        of_erased=ErasedAgeCount,
        key=["course", "month", "province", "age_band", "previous"],
        measures=OF_PEOPLE,
    ),
    Table(
        name="question",
        model=QuestionCount,
        of_erased=ErasedQuestionCount,
        key=["course", "month", "province", "lesson", "activity"],
        measures=["answers", "missed"],
    ),
)


def add(counts, erased=False):
    """Add some counts to every table they are about; with `erased`, to what is kept of erased people."""
    for table in TABLES:
        table.add(counts, erased)


def hear(heard):
    """Centres were heard: (centre, moment) pairs in order. Who began later may be done earlier: the latest stays."""
    sql.upsert(LastHeard, ["centre", "at"], heard, newest="at")
