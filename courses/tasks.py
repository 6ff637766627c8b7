"""Practical tasks that a caretaker or helper looks at: whose they are, and how each stands."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q, TextField
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime

from courses.lesson_words import LessonWords, lesson_words
from courses.models import LessonOutline, LessonProgress
from courses.progress.checks import Check
from courses.progress.fold import NOTHING, waits
from lms.accounts.models import User
from lms.accounts.models.user import first_letter
from lms.centres.models import Centre

WAITING, PASSED, AGAIN, BEGUN = "waiting", "passed", "again", "begun"
LONGEST_FIRST = ("unchecked_since", "person", "lesson_key")
BY_NAME = ("name_key", "person", "lesson_key")
ROW = {
    "person": "learner_id",
    "name_key": "learner__sort_key",
    "name": "learner__name",
    "family_name": "learner__family_name",
    "centre_code": "learner__home__centre__code",
    "course_key": "course",
    "lesson_key": "lesson",
}


@dataclass(frozen=True)
class Task:
    """One learner's task as it stands."""

    learner: UUID
    name: str
    family_name: str
    centre: str
    course: UUID
    lesson: UUID
    activity: str
    words: LessonWords
    entry: dict

    @property
    def full_name(self):
        return f"{self.name} {self.family_name}".strip()

    @property
    def first_letter(self):
        return first_letter(self.name)

    @property
    def title(self):
        return self.words.asked(self.activity)

    @property
    def instructions(self):
        return self.words.blocks.get(self.activity, {}).get("value", {}).get("instructions", "")

    @property
    def checklist(self):
        return self.words.activities[self.activity]["checklist"]

    @property
    def ticked(self):
        return self.entry.get("answer") or []

    @property
    def answered_at(self):
        return parse_datetime(self.entry["at"]) if self.entry.get("at") else None

    @property
    def check(self):
        return Check.of(self.entry)

    @property
    def state(self):
        if waits(self.entry, len(self.checklist)):
            return WAITING
        if self.check is None:
            return BEGUN
        return PASSED if self.check.is_passed else AGAIN


def of_those_seen(user):
    """What there is of everybody whom `user` may see, but for their own, which are for others to check."""
    return LessonProgress.objects.visible_to(user).exclude(learner=user.pk)


def of_those_helped(user):
    """The same of everybody at the centres that `user` looks after or helps at."""
    cared_for = Centre.objects.order_by().cared_for_by(user).values("pk")
    helped = Centre.objects.order_by().helped_at_by(user).values("pk")
    here = Q(learner__home__centre__in=cared_for) | Q(learner__home__centre__in=helped)
    return LessonProgress.objects.filter(here).exclude(learner=user.pk)


def tasks(rows, state=None):
    """Rows with tasks that wait to be checked, that were checked, or both."""
    waiting = ~Q(unchecked_since=None)
    rows = rows.filter(learner__is_active=True)
    if state == WAITING:
        rows = rows.filter(waiting)
    else:
        with_tasks = LessonOutline.objects.annotate(text=Cast("activities", TextField()))
        with_tasks = with_tasks.filter(text__contains='"caretaker"').values("lesson")
        checked = ~Q(checked_at=None)
        rows = rows.filter(checked if state else checked | waiting, lesson__in=with_tasks)
    names = {name: F(field) for name, field in ROW.items()}
    return rows.order_by().values("unchecked_since", "answers", **names)


def find(rows, learner, activity):
    """The task of that learner in a lesson that they began, whatever its state; None if there is none."""
    began = LessonProgress.objects.filter(learner=learner).values("lesson")
    lessons = LessonOutline.objects.filter(lesson__in=began, activities__has_key=str(activity)).values("lesson")
    names = {name: F(field) for name, field in ROW.items()}
    row = rows.filter(learner=learner, learner__is_active=True, lesson__in=lessons).values("answers", **names).first()
    words = row and lesson_words([row["lesson_key"]]).get(row["lesson_key"])
    if not words or str(activity) not in words.tasks:
        return None
    return _task(row, words, str(activity))


def told(rows, state=None):
    """The rows as `Task`s in that state; a lesson may have several."""
    rows = list(rows)
    words = lesson_words({row["lesson_key"] for row in rows})
    found = [task for row in rows for task in _tasks_of(row, words.get(row["lesson_key"]))]
    wanted = {WAITING: [WAITING], "checked": [PASSED, AGAIN], None: [WAITING, PASSED, AGAIN]}[state]
    return [task for task in found if task.state in wanted]


def _tasks_of(row, words):
    return [_task(row, words, activity) for activity in row["answers"] if words and activity in words.tasks]


def _task(row, words, activity):
    return Task(
        learner=row["person"],
        name=row["name"],
        family_name=row["family_name"],
        centre=row["centre_code"],
        course=row["course_key"],
        lesson=row["lesson_key"],
        activity=activity,
        words=words,
        entry=row["answers"].get(activity, NOTHING),
    )


def names_of(people):
    """{id: name} of those who checked."""
    return dict(User.objects.filter(pk__in={person for person in people if person}).values_list("pk", "name"))
