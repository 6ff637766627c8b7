"""Some months of learning for the demo's people, handed in like any other learning."""

import hashlib
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from courses.models import CoursePage, LearningEvent, LessonOutline, LessonProgress
from courses.progress import Event, record
from courses.progress.checks import to_be_seen
from courses.progress.fold import waits
from lms.accounts.models import User
from lms.network.demo import cast
from lms.network.demo.village import demo_learners

MONTHS = 5
FIRST_COURSE = "community-enterprise"
LONGEST_VISIT = timedelta(hours=2)
STILL_TO_SEE = 3  # tasks that wait on the caretaker's first page
WELL_DONE = "ทำได้ดี เก็บไว้ใช้ต่อได้เลย"
REFLECTION = "จะลองทำที่บ้านก่อน แล้วชวนเพื่อนในกลุ่มมาดูด้วยกัน"


@transaction.atomic
def learn():
    """Let each learner take a course or more, once."""
    lessons = _lessons_by_course()
    learners = list(demo_learners())
    if not lessons or LearningEvent.objects.filter(learner__in=learners).exists():
        return
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for place, learner in enumerate(learners):
        record(_life_of(learner, place, lessons, today), by=learner)
    _look_at_tasks(User.objects.get(username=cast.CARETAKER.username))


def _look_at_tasks(caretaker):
    """The caretaker has looked at what their learners did, but for the latest tasks."""
    waiting = LessonProgress.objects.visible_to(caretaker).exclude(unchecked_since=None).order_by("-unchecked_since")
    for progress in waiting[STILL_TO_SEE:]:
        record(list(_looks(progress)), by=caretaker)


def _looks(progress):
    for activity, things in to_be_seen(LessonOutline.objects.get(lesson=progress.lesson).activities).items():
        entry = progress.answers.get(activity)
        if entry and waits(entry, things):
            at = datetime.fromisoformat(entry["at"]) + timedelta(minutes=20)
            yield Event(
                id=_uuid7(at, f"{progress.learner_id} {activity}"),
                learner=progress.learner_id,
                lesson=progress.lesson,
                verb="checked",
                activity=UUID(activity),
                answer={"done": list(range(things)), "note": WELL_DONE},
                occurred_at=at,
            )


def _lessons_by_course():
    courses = {}
    for lesson in LessonOutline.objects.filter(is_live=True).order_by("course", "position"):
        courses.setdefault(lesson.course, []).append(lesson)
    return list(courses.values())


def _life_of(learner, place, courses, today):
    """One person's events: some finish, some are in the middle, a few were here only once."""
    chance = Random(place)
    numbers = count()
    for lessons, reached, days_ago in _plans(place, courses, chance):
        day = today - timedelta(days=days_ago)
        for lesson in lessons[:reached]:
            moment = day + timedelta(hours=chance.randint(9, 15), minutes=chance.randint(0, 59))
            if moment + LONGEST_VISIT > timezone.now():
                return
            stops_here = lesson is lessons[reached - 1] and reached < len(lessons)
            yield from _visit(learner, lesson, moment, numbers, chance, stops_here)
            day += timedelta(days=chance.choice([1, 2, 5, 7]))


def _plans(place, courses, chance):
    """Which courses, as far as which lesson, begun how many days ago; more of it lately than long ago."""
    if place == 0:  # the one whose code is printed: in the middle of a course, a few days ago
        lessons = _the_first_to_show(courses)
        return [(lessons, min(3, len(lessons)), 18)]
    chosen = chance.sample(courses, k=min(len(courses), chance.choice([1, 1, 2, 2, 3])))
    return [
        (
            lessons,
            len(lessons) if chance.random() < 0.5 else chance.randint(1, len(lessons)),
            2 + int(MONTHS * 30 * chance.random() ** 2),
        )
        for lessons in chosen
    ]


def _the_first_to_show(courses):
    key = CoursePage.objects.filter(slug=FIRST_COURSE).values_list("key", flat=True).first()
    return next((lessons for lessons in courses if lessons[0].course == key), courses[0])


def _visit(learner, lesson, moment, numbers, chance, stops_here):
    """A lesson from its first line to its last, or half of it."""

    def event(verb, seconds=0, **what):
        nonlocal moment
        moment += timedelta(seconds=seconds)
        return Event(
            id=_uuid7(moment, f"{learner.pk} {next(numbers)}"),
            learner=learner.pk,
            lesson=lesson.pk,
            verb=verb,
            occurred_at=moment,
            seconds=seconds,
            **what,
        )

    yield event("started")
    activities = list(lesson.activities.items())
    for activity, definition in activities[: len(activities) // 2] if stops_here else activities:
        wrong = wrong_answer(definition)
        if wrong is not None and chance.random() < 0.3:
            yield event("answered", chance.randint(30, 90), activity=UUID(activity), answer=wrong)
        yield event("answered", chance.randint(30, 120), activity=UUID(activity), answer=right_answer(definition))
    if not stops_here:
        yield event("finished", chance.randint(60, 300))


def _uuid7(moment, seed):
    """A version 7 UUID of that moment which the same seed makes again."""
    milliseconds = int(moment.timestamp() * 1000)
    noise = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:10], "big")
    number = (milliseconds << 80) | noise
    number = number & ~(0xF << 76) | (0x7 << 76)
    return UUID(int=number & ~(0x3 << 62) | (0x2 << 62))


def right_answer(activity):
    """An answer in its wire form that is right, or one that will do where nothing is."""
    match activity["kind"]:
        case "single_choice":
            return [choice["correct"] for choice in activity["choices"]].index(True)
        case "multiple_choice":
            return [place for place, choice in enumerate(activity["choices"]) if choice["correct"]]
        case "true_false" | "number":
            return activity["answer"]
        case "ordering":
            return list(range(len(activity["items"])))
        case "matching":
            return list(range(len(activity["pairs"])))
        case "fill_in":
            return activity["answers"][0]
        case "task":
            return list(range(len(activity["checklist"])))
        case "reflection":
            return REFLECTION


def wrong_answer(activity):
    """A likely first try that is not right; None for kinds where few go wrong."""
    match activity["kind"]:
        case "single_choice":
            return [choice["correct"] for choice in activity["choices"]].index(False)
        case "true_false":
            return not activity["answer"]
        case "ordering":
            return list(reversed(range(len(activity["items"]))))
    return None
