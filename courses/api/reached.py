"""How far learners got: each lesson of one course, or of every course. One row is one learner."""

from collections import defaultdict

from django.db.models import Exists, Max, Min, OuterRef, Sum
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from courses.api.learners import at_centre
from courses.models import CourseEdition, CoursePage, Enrolment, LessonProgress
from lms.accounts.sheets import iso
from lms.centres.models import Centre, Learner

MOMENTS = ["started_at", "last_at", "completed_at"]
OF_ENROLMENT = ["lessons_finished", *MOMENTS]
NAMES = ["learner", "name", "family_name", "centre"]
NOTHING = [0, None, None, None]  # of OF_ENROLMENT
STATES = ["started", "finished", "stuck", "none", "all"]
WITH_OTHERS = ("none", "all")  # the states of those who may have begun nothing


def kind_of(asked):
    """How to read what is asked for."""
    if "course" not in asked:
        return EveryCourse
    return AnybodyInOneCourse if asked.get("state") in WITH_OTHERS else OneCourse


class OneCourse:
    """Those who began the course. In a sheet `lesson_1` and so on are its lessons of today."""

    order = ("learner__sort_key", "learner_id")
    fields = ["learner_id", "learner__name", "learner__family_name", "learner__home__centre__code"]

    def __init__(self, user, asked):
        self.user, self.asked = user, asked
        self.columns = columns_of_one_course(asked["course"])

    def found(self):
        begun = Enrolment.objects.visible_to(self.user).filter(course=self.asked["course"], learner__is_active=True)
        begun = as_asked(at_centre(begun, self.user, self.asked.get("centre"), "learner__"), self.asked)
        if words := self.asked.get("q"):
            begun = begun.filter(learner__in=Learner.objects.named(words).values("pk"))
        return begun.values("learner__sort_key", *self.fields, *OF_ENROLMENT)

    def people(self, rows):
        """(learner's id, name, family name, centre; what is told of them) of each row."""
        return [([row[name] for name in self.fields], [row[name] for name in OF_ENROLMENT]) for row in rows]

    def lessons(self):
        return LessonProgress.objects.filter(course=self.asked["course"])


class EveryCourse:
    """Those who began any course. In a sheet `<course>_1` and so on are the lessons of the courses on offer."""

    order = ("sort_key", "id")
    fields = ["id", "name", "family_name", "home__centre__code"]

    def __init__(self, user, asked):
        self.user, self.asked = user, asked
        self.columns = columns_of_every_course(user)

    def found(self):
        people = Learner.objects.visible_to(self.user).active().named(self.asked.get("q", ""))
        people = people.filter(*self.wanted(self.begun().filter(learner=OuterRef("pk"))))
        return at_centre(people, self.user, self.asked.get("centre")).values("sort_key", *self.fields)

    def begun(self):
        return Enrolment.objects.all()

    def wanted(self, own):
        """The conditions on a learner with these enrolments. Who began nothing has learned at no moment either."""
        state = self.asked.get("state")
        if state == "none":
            yield ~Exists(own)
        if state not in WITH_OTHERS or "since" in self.asked:
            yield Exists(as_asked(own, self.asked))

    def people(self, rows):
        figures = self.figures(self.begun().filter(learner_id__in=[row["id"] for row in rows]).order_by())
        return [([row[name] for name in self.fields], figures.get(row["id"], NOTHING)) for row in rows]

    def figures(self, enrolments):
        """As of one course: lessons of all of them, the first and the last moment, and no day of completion."""
        summed = enrolments.values_list("learner_id").annotate(
            Sum("lessons_finished"), Min("started_at"), Max("last_at")
        )
        return {learner: [*figures, None] for learner, *figures in summed}

    def lessons(self):
        return LessonProgress.objects.all()


class AnybodyInOneCourse(EveryCourse):
    """Learners whether they began the course or not, with its lessons as `OneCourse` has them."""

    def __init__(self, user, asked):
        self.user, self.asked = user, asked
        self.columns = columns_of_one_course(asked["course"])

    def begun(self):
        return Enrolment.objects.filter(course=self.asked["course"])

    def figures(self, enrolments):
        return {learner: figures for learner, *figures in enrolments.values_list("learner_id", *OF_ENROLMENT)}

    def lessons(self):
        return LessonProgress.objects.filter(course=self.asked["course"])


def as_asked(enrolments, asked):
    if since := asked.get("since"):
        enrolments = enrolments.filter(last_at__gte=since)
    state = asked.get("state")
    if state in ("started", "finished"):
        enrolments = enrolments.filter(completed_at__isnull=state == "started")
    if state == "stuck":
        lessons = LessonProgress.objects.filter(learner=OuterRef("learner_id"), course=OuterRef("course"))
        enrolments = enrolments.filter(Exists(lessons.exclude(stuck_since=None)))
    return enrolments


def columns_of_one_course(course):
    """{lesson's key: column} of a course's lessons of today."""
    edition = CourseEdition.objects.filter(course=course).order_by("-since", "-pk").first()
    if edition is None:
        raise ValidationError({"course": [_("There is no course with this key.")]})
    return {lesson: f"lesson_{place}" for place, lesson in enumerate(edition.lessons, 1)}


def columns_of_every_course(user):
    """{lesson's key: column} of the courses that this person may see, in the catalogue's order."""
    centres = Centre.objects.order_by().visible_to(user).values("pk")
    courses = CoursePage.objects.live().filter(centre=None) | CoursePage.objects.live().filter(centre__in=centres)
    slugs = dict(courses.order_by("path").values_list("key", "slug"))
    editions = CourseEdition.objects.filter(course__in=slugs, until=None)
    lessons = dict(editions.values_list("course", "lessons"))
    return {
        lesson: f"{slug}_{place}"
        for course, slug in slugs.items()
        for place, lesson in enumerate(lessons.get(course, []), 1)
    }


def told(rows, how):
    """Rows as JSON has them, with their lessons in the order of the courses: two or three queries in all."""
    place = {lesson: number for number, lesson in enumerate(how.columns)}
    lessons = defaultdict(list)
    found = how.lessons().filter(learner_id__in=[row[how.order[-1]] for row in rows])
    for learner, course, lesson, finished_at in found.values_list("learner_id", "course", "lesson", "finished_at"):
        state = "finished" if finished_at else "started"
        lessons[learner].append(
            {"course": course, "lesson": str(lesson), "state": state, "finished_at": iso(finished_at)}
        )
    for own in lessons.values():
        own.sort(key=lambda lesson: (place.get(lesson["lesson"], len(place)), lesson["lesson"]))
    return [_told(person, figures, lessons[person[0]]) for person, figures in how.people(rows)]


def _told(person, figures, lessons):
    finished, *moments = figures
    told = dict(zip(NAMES, person, strict=True)) | {"lessons_finished": finished}
    return told | dict(zip(MOMENTS, map(iso, moments), strict=True)) | {"lessons": lessons}


def in_sheet(rows, how):
    """The same rows as a sheet has them. Only states are read: there are many of them."""
    states = defaultdict(dict)
    found = how.lessons().filter(learner_id__in=[row[how.order[-1]] for row in rows])
    for learner, lesson, is_finished in found.values_list("learner_id", "lesson", "finished_at"):
        states[learner][str(lesson)] = "finished" if is_finished else "started"
    for person, figures in how.people(rows):
        own = states[person[0]]
        yield [*person, *figures, *(own.get(lesson) for lesson in how.columns)]
