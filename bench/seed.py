"""What the figures are measured on: a centre of 3,000 learners who are half-way through one course."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from courses.models import CoursePage, LessonOutline
from courses.progress import Event, record
from lms.accounts.ids import uuid7
from lms.accounts.models import ApiToken, SecretCode, User
from lms.centres.models import Centre, Device, HomeCentre

LEARNERS, SMALL = 3000, 300
CODE = "fish-lotus-mango"


def seed():
    """Make it, and return what a client must know."""
    first = Centre.objects.order_by("code").first()
    centre = Centre.objects.create(
        code="BENCH", name_th="ศูนย์วัดความเร็ว", name_en="Bench", subdistrict=first.subdistrict, host_kind="school"
    )
    caretaker = User.objects.create_user("bench", "bench-password", name="คนดูแล")
    centre.appoint_caretaker(caretaker)
    people = User.objects.bulk_create(User(name=f"ป้าทองใบ {n}", age_band="60+", password="!") for n in range(LEARNERS))
    HomeCentre.objects.bulk_create(HomeCentre(learner=person, centre=centre) for person in people)
    course = CoursePage.objects.order_by("path").first()
    _learn(people, course, caretaker)
    learner = people[0]
    code = SecretCode(user_id=learner.pk, kind="pictures")
    code.keep(CODE)
    code.save()
    device = Device.objects.create(centre=centre, name="เครื่อง 1", bound_by=caretaker)
    small = _small_centre(first.subdistrict, caretaker, course)
    lesson = course.lessons().first()
    choice = next(block for block in lesson.body if block.block_type == "single_choice")
    return {
        **small,
        "caretaker": str(caretaker.pk),
        "token": ApiToken.objects.make(caretaker, "bench")[1],
        "learners": [str(person.pk) for person in people],
        "device": device.cookie,
        "course": course.slug,
        "course_key": str(course.key),
        "lesson": lesson.slug,
        "lesson_key": str(lesson.key),
        "choice": str(choice.id),
    }


def _small_centre(subdistrict, caretaker, course):
    """A centre of 300 with fifteen machines, where some are stuck and others were not seen for long."""
    centre = Centre.objects.create(
        code="BENCH-300", name_th="ศูนย์เล็ก", name_en="Small", subdistrict=subdistrict, host_kind="temple"
    )
    centre.appoint_caretaker(caretaker)
    people = User.objects.bulk_create(User(name=f"ลุงคำปัน {n}", age_band="60+", password="!") for n in range(SMALL))
    HomeCentre.objects.bulk_create(HomeCentre(learner=person, centre=centre) for person in people)
    _learn(people, course, caretaker)
    outlines = list(LessonOutline.objects.filter(course=course.key).order_by("position"))
    tried = [_wrong(person, outlines, n) for n, person in enumerate(people[:30]) for _try in range(3)]
    record(tried, by=caretaker)
    Device.objects.bulk_create(Device(centre=centre, name=f"เครื่อง {n}", bound_by=caretaker) for n in range(1, 16))
    return {"small": centre.code}


def _wrong(person, outlines, n):
    """A wrong answer to the first question with choices."""
    for outline in outlines:
        for id, activity in outline.activities.items():
            if activity["kind"] == "single_choice":
                wrong = next(place for place, choice in enumerate(activity["choices"]) if not choice["correct"])
                at = timezone.now() - timedelta(minutes=n)
                more = {"activity": UUID(id), "answer": wrong, "verb": "answered", "occurred_at": at}
                return Event(id=uuid7(), learner=person.pk, lesson=outline.lesson, **more)
    raise LookupError("no question with choices")


def _learn(people, course, caretaker):
    """Everybody starts the first lesson, every second one finishes it and starts the next."""
    lessons = list(LessonOutline.objects.filter(course=course.key).order_by("position"))
    now, events = timezone.now(), []
    for n, person in enumerate(people):
        for lesson in lessons[: 1 + n % len(lessons)]:
            at = now - timedelta(days=n % 90, minutes=10)
            events.append(_event(person, lesson, "started", at))
            if n % 2:
                events.append(_event(person, lesson, "finished", at + timedelta(minutes=9)))
    for start in range(0, len(events), 500):
        record(events[start : start + 500], by=caretaker)


def _event(person, lesson, verb, at):
    return Event(id=uuid7(), learner=person.pk, lesson=lesson.lesson, verb=verb, occurred_at=at)
