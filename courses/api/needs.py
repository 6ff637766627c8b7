"""Who needs help, and why: what the caretaker's first page says, for other programs."""

from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers

from courses.api.learners import centre_called
from courses.needs import BY_NAME, BY_URGENCY, REASONS, needs, told
from lms.accounts.lists import ListQuestion, answers
from lms.accounts.sheets import iso
from lms.centres.lists import PeopleListView
from lms.centres.models import Centre
from lms.centres.seats import seats_at

WHY = (
    "stuck: missed the same question three times. waiting: sits at a machine of the centre and has been silent for "
    "15 minutes in a lesson. unchecked: a practical task waits to be checked. away: began a course, has not finished "
    "it, and has not been seen for 14 days."
)


class NeedSerializer(serializers.Serializer):
    learner = serializers.UUIDField()
    name = serializers.CharField()
    family_name = serializers.CharField(allow_blank=True)
    centre = serializers.CharField(help_text="The home centre's code.")
    why = serializers.ChoiceField(REASONS, help_text=WHY)
    since = serializers.DateTimeField()
    course = serializers.UUIDField()
    lesson = serializers.UUIDField()
    activity = serializers.UUIDField(allow_null=True, help_text="The question or task that it is about.")
    question = serializers.CharField(allow_blank=True, help_text="What it asks, as it is written today.")
    tries = serializers.IntegerField(help_text="How often the question was answered; 0 where no question is meant.")
    device = serializers.CharField(allow_blank=True, help_text="The machine of the centre where they sit now.")


class NeedQuestion(ListQuestion):
    centre = serializers.CharField(required=False, help_text="The home centre's code.")
    why = serializers.ChoiceField(REASONS, required=False, help_text=WHY)
    sort = serializers.ChoiceField(["urgency", "name"], required=False, help_text="urgency unless told.")


EXAMPLE = OpenApiExample(
    "Somebody who is stuck",
    {
        "learner": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a11",
        "name": "ตาบุญมี",
        "family_name": "",
        "centre": "TH-32-0001",
        "why": "stuck",
        "since": "2026-11-22T03:12:45Z",
        "course": "5f0c5d3e-6a51-5d0c-9f39-0c1d6c1c8b11",
        "lesson": "7d9d6f2a-0b5f-5e0e-8a57-6b8a3f6b9a01",
        "activity": "0d9d6f2a-0b5f-5e0e-8a57-6b8a3f6b9a02",
        "question": "ข้อใดเป็นทุนที่เรามักลืม",
        "tries": 4,
        "device": "เครื่อง 8",
    },
    response_only=True,
    status_codes=["200"],
    media_type="application/json",
)


class NeedList(PeopleListView):
    question = NeedQuestion
    sheet_name = "needs"
    columns = list(NeedSerializer().fields)

    @extend_schema(
        operation_id="needs",
        tags=["learners"],
        parameters=[NeedQuestion],
        responses=answers(NeedSerializer(many=True), 400, sheets=True),
        examples=[EXAMPLE],
    )
    def get(self, request):
        """The learners you look after who need help, and why: the most urgent first, the longest waiting before others.

        One learner may be there for several reasons.
        """
        return super().get(request)

    @property
    def order(self):
        return BY_NAME if self.asked.get("sort") == "name" else BY_URGENCY

    @cached_property
    def centre(self):
        return centre_called(self.asked.get("centre"), self.request.user)

    @cached_property
    def seats(self):
        """Who sits where, at the centres that are asked about."""
        cared_for = Centre.objects.order_by().cared_for_by(self.request.user).values("pk")
        return seats_at([self.centre] if self.centre else cared_for)

    def found(self):
        found = needs(self.request.user, self.seats, self.asked.get("why"))
        return found.at(self.centre) if self.centre else found

    def told(self, rows):
        return [_told(need) for need in told(rows, self.seats)]

    def in_sheet(self, row):
        yield row.values()


def _told(need):
    return {
        "learner": need.learner,
        "name": need.name,
        "family_name": need.family_name,
        "centre": need.centre,
        "why": need.why,
        "since": iso(need.since),
        "course": need.course,
        "lesson": need.lesson,
        "activity": need.activity,
        "question": need.question,
        "tries": need.tries if need.why == "stuck" else 0,
        "device": need.device,
    }
