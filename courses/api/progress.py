"""How far each learner got in each lesson, of one course or of all."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers

from courses.api import reached
from courses.api.learners import PeopleQuestion
from lms.accounts.lists import answers
from lms.centres.lists import PeopleListView


class LessonStateSerializer(serializers.Serializer):
    course = serializers.UUIDField()
    lesson = serializers.UUIDField()
    state = serializers.ChoiceField(["started", "finished"])
    finished_at = serializers.DateTimeField(allow_null=True)


class ProgressSerializer(serializers.Serializer):
    learner = serializers.UUIDField()
    name = serializers.CharField()
    family_name = serializers.CharField(allow_blank=True)
    centre = serializers.CharField(help_text="The home centre's code.")
    lessons_finished = serializers.IntegerField(help_text="Of the course, or of all together.")
    started_at = serializers.DateTimeField(allow_null=True, help_text="Null where nothing is begun, as is last_at.")
    last_at = serializers.DateTimeField(allow_null=True)
    completed_at = serializers.DateTimeField(allow_null=True, help_text="Null where no course is asked for.")
    lessons = LessonStateSerializer(many=True, help_text="The lessons begun; of the others there is nothing to say.")


class ProgressQuestion(PeopleQuestion):
    course = serializers.UUIDField(required=False, help_text="A course's key; without it, of every course.")
    q = serializers.CharField(max_length=60, required=False, help_text="Any part of the name.")
    state = serializers.ChoiceField(
        reached.STATES,
        required=False,
        help_text="finished: the course, or any; started: begun and not finished; "
        "stuck: missed the same question three times; none: begun nothing; all: everybody, begun or not. "
        "Those who began unless told.",
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
                "course": "5f0c5d3e-6a51-5d0c-9f39-0c1d6c1c8b11",
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

NOT_BEGUN = OpenApiExample(
    "With state=none: a learner who has not begun",
    {
        "learner": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a12",
        "name": "ป้าทองใบ",
        "family_name": "",
        "centre": "TH-32-0001",
        "lessons_finished": 0,
        "started_at": None,
        "last_at": None,
        "completed_at": None,
        "lessons": [],
    },
    response_only=True,
    status_codes=["200"],
    media_type="application/json",
)


class ProgressList(PeopleListView):
    question = ProgressQuestion
    sheet_name = "progress"

    @extend_schema(
        operation_id="progress",
        tags=["learners"],
        parameters=[ProgressQuestion],
        responses=answers(ProgressSerializer(many=True), 400, sheets=True),
        examples=[EXAMPLE, NOT_BEGUN],
    )
    def get(self, request):
        """Learners who began the course (or any, where none is asked for), in the order of their names.

        Others are there with the state `none` or `all`.

        In a sheet `lesson_1`, `lesson_2` and so on are the lessons of the course as it is today, in order. Of every
        course they are `<course's slug>_1` and so on, in the order of the catalogue.
        """
        return super().get(request)

    @property
    def order(self):
        return self.how.order

    @property
    def columns(self):
        return [*reached.NAMES, *reached.OF_ENROLMENT, *self.how.columns.values()]

    def found(self):
        self.how = reached.kind_of(self.asked)(self.request.user, self.asked)
        return self.how.found()

    def told(self, rows):
        return reached.told(rows, self.how)

    def sheet_rows(self, rows):
        return reached.in_sheet(rows, self.how)
