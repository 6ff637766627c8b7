"""One course: how far each learner got in each lesson."""

from collections import defaultdict

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from courses.api.learners import PeopleQuestion, at_centre
from courses.models import CourseEdition, Enrolment, LessonProgress
from lms.accounts.lists import ListView, answers
from lms.accounts.sheets import iso

FIELDS = {
    "learner": "learner_id",
    "name": "learner__name",
    "family_name": "learner__family_name",
    "centre": "learner__home__centre__code",
    "lessons_finished": "lessons_finished",
}
MOMENTS = ["started_at", "last_at", "completed_at"]


class LessonStateSerializer(serializers.Serializer):
    lesson = serializers.UUIDField()
    state = serializers.ChoiceField(["started", "finished"])
    finished_at = serializers.DateTimeField(allow_null=True)


class ProgressSerializer(serializers.Serializer):
    learner = serializers.UUIDField()
    name = serializers.CharField()
    family_name = serializers.CharField(allow_blank=True)
    centre = serializers.CharField(help_text="The home centre's code.")
    lessons_finished = serializers.IntegerField()
    started_at = serializers.DateTimeField()
    last_at = serializers.DateTimeField()
    completed_at = serializers.DateTimeField(allow_null=True)
    lessons = LessonStateSerializer(many=True, help_text="The lessons begun; of the others there is nothing to say.")


class ProgressQuestion(PeopleQuestion):
    course = serializers.UUIDField(help_text="The course's key.")
    state = serializers.ChoiceField(
        ["started", "finished"],
        required=False,
        help_text="finished: the whole course; started: begun and not finished.",
    )


EXAMPLE = OpenApiExample(
    "A learner's progress",
    {
        "learner": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a11",
        "name": "ป้าสมศรี",
        "family_name": "",
        "centre": "TH-32-0001",
        "lessons_finished": 1,
        "started_at": "2026-11-20T03:00:00Z",
        "last_at": "2026-11-22T03:12:45Z",
        "completed_at": None,
        "lessons": [
            {
                "lesson": "7d9d6f2a-0b5f-5e0e-8a57-6b8a3f6b9a01",
                "state": "finished",
                "finished_at": "2026-11-22T03:12:45Z",
            }
        ],
    },
    response_only=True,
    status_codes=["200"],
    media_type="application/json",
)


class ProgressList(ListView):
    question = ProgressQuestion
    order = ("learner__sort_key", "learner_id")
    sheet_name = "progress"

    @extend_schema(
        operation_id="progress",
        tags=["learners"],
        parameters=[ProgressQuestion],
        responses=answers(ProgressSerializer(many=True), 400, csv=True),
        examples=[EXAMPLE],
    )
    def get(self, request):
        """Learners who began the course, in the order of their names.

        In a sheet `lesson_1`, `lesson_2` and so on are the lessons of the course as it is today, in order.
        """
        return super().get(request)

    @property
    def columns(self):
        return [*FIELDS, *MOMENTS, *(f"lesson_{place + 1}" for place in range(len(self.lessons)))]

    def found(self):
        asked, user = self.asked, self.request.user
        edition = CourseEdition.objects.filter(course=asked["course"]).order_by("-since", "-pk").first()
        if edition is None:
            raise ValidationError({"course": [_("There is no course with this key.")]})
        self.lessons = edition.lessons
        enrolments = Enrolment.objects.visible_to(user).filter(course=asked["course"], learner__is_active=True)
        enrolments = at_centre(enrolments, user, asked.get("centre"), "learner__")
        if since := asked.get("since"):
            enrolments = enrolments.filter(last_at__gte=since)
        if state := asked.get("state"):
            enrolments = enrolments.filter(completed_at__isnull=state == "started")
        return enrolments.values("learner__sort_key", *FIELDS.values(), *MOMENTS)

    def told(self, rows):
        """Rows with their lessons, which one query finds however many they are."""
        place = {key: number for number, key in enumerate(self.lessons)}
        found = LessonProgress.objects.filter(
            learner_id__in=[row["learner_id"] for row in rows], course=self.asked["course"]
        )
        lessons = defaultdict(list)
        for learner, lesson, finished_at in found.values_list("learner_id", "lesson", "finished_at"):
            lessons[learner].append((place.get(str(lesson), len(place)), str(lesson), iso(finished_at)))
        return [self._told(row, sorted(lessons[row["learner_id"]], key=lambda own: own[:2])) for row in rows]

    def _told(self, row, lessons):
        told = {name: row[field] for name, field in FIELDS.items()}
        told |= {name: iso(row[name]) for name in MOMENTS}
        told["lessons"] = [
            {"lesson": lesson, "state": "finished" if finished_at else "started", "finished_at": finished_at}
            for _place, lesson, finished_at in lessons
        ]
        return told

    def in_sheet(self, row):
        states = {lesson["lesson"]: lesson["state"] for lesson in row["lessons"]}
        yield [*(row[name] for name in (*FIELDS, *MOMENTS)), *(states.get(key) for key in self.lessons)]
