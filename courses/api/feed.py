"""Events read out again, page by page, in the order in which they were recorded."""

from django.core import signing
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from courses import feed
from courses.api.learners import SinceField, centre_called
from courses.models import LearningEvent
from lms.accounts.etags import Tagged
from lms.accounts.lists import Question, answers
from lms.accounts.sheets import iso
from lms.centres.audit import note_read_of

PAGE, LARGEST_PAGE = 200, 500


class FeedQuestion(Question):
    since = SinceField(required=False, help_text="What was recorded since that day (2026-11-22) or moment.")
    centre = serializers.CharField(max_length=20, required=False, help_text="The code of the learners' home centre.")
    course = serializers.UUIDField(required=False, help_text="The course's key.")
    verb = serializers.ChoiceField(LearningEvent.Verb.values, required=False)
    limit = serializers.IntegerField(min_value=1, max_value=LARGEST_PAGE, required=False, help_text=f"{PAGE}.")
    cursor = serializers.CharField(required=False, help_text="From the link `next`.")


@extend_schema_field(OpenApiTypes.ANY)
class AnyField(serializers.Field):
    """An answer in the form of its kind, or nothing."""


class RecordedSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    learner = serializers.UUIDField()
    course = serializers.UUIDField()
    lesson = serializers.UUIDField()
    activity = serializers.UUIDField(allow_null=True)
    verb = serializers.ChoiceField(LearningEvent.Verb.values)
    answer = AnyField()
    correct = serializers.BooleanField(allow_null=True)
    score = serializers.FloatField(allow_null=True)
    seconds = serializers.IntegerField()
    centre = serializers.CharField(help_text="Where it happened.")
    session = serializers.UUIDField(allow_null=True)
    recorder = serializers.UUIDField(allow_null=True, help_text="Who handed it in, if not the learner.")
    occurred_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField()


class FeedSerializer(serializers.Serializer):
    """`next` is always there: keep it and ask it again later; while `more` is true there is more at once."""

    next = serializers.URLField()
    more = serializers.BooleanField()
    settled_until = serializers.DateTimeField(help_text="What was recorded later than this comes with a later read.")
    results = RecordedSerializer(many=True)


RECORDED = {
    "id": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a55",
    "learner": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a11",
    "course": "5f0c5d3e-6a51-5d0c-9f39-0c1d6c1c8b11",
    "lesson": "7d9d6f2a-0b5f-5e0e-8a57-6b8a3f6b9a01",
    "activity": None,
    "verb": "started",
    "answer": None,
    "correct": None,
    "score": None,
    "seconds": 0,
    "centre": "TH-32-0001",
    "session": None,
    "recorder": None,
    "occurred_at": "2026-11-22T03:12:45Z",
    "recorded_at": "2026-11-22T03:12:46Z",
}
EXAMPLE = OpenApiExample(
    "One event",
    {
        "next": "http://127.0.0.1:8000/api/v1/events/?cursor=...",
        "more": False,
        "settled_until": "2026-11-22T03:15:00Z",
        "results": [RECORDED],
    },
    response_only=True,
    status_codes=["200"],
    media_type="application/json",
)


class FeedView(Tagged, APIView):
    untagged = ("settled_until",)

    @extend_schema(
        operation_id="recorded_events",
        tags=["events"],
        parameters=[FeedQuestion],
        responses=answers(FeedSerializer, 400),
        examples=[EXAMPLE],
    )
    def get(self, request):
        """What was recorded, the earliest first: begin with `since` or with nothing, then follow `next` for ever.

        Each event comes once. What an erased learner did is no longer there: ask `learners/<id>/` for 404.
        """
        asked = FeedQuestion.of(request)
        page = read(request, asked, **filters(request.user, asked))
        address = replace_query_param(request.build_absolute_uri(), "cursor", page.cursor)
        return Response(
            {
                "next": remove_query_param(address, "since"),
                "more": page.more,
                "settled_until": iso(page.settled),
                "results": [told(event) for event in page.events],
            }
        )


def filters(user, asked):
    """The conditions on events that a question holds."""
    found = {name: asked[name] for name in ("course", "verb") if name in asked}
    if centre := centre_called(asked.get("centre"), user):
        found["learner__home__centre"] = centre
    return found


def read(request, asked, **conditions):
    """A page of the feed, and a line in the audit log for who reads other people's learning."""
    try:
        page = feed.page(
            request.user,
            asked.get("limit", PAGE),
            asked.get("cursor", ""),
            asked.get("since"),
            **conditions,
        )
    except signing.BadSignature:
        raise ValidationError({"cursor": [_("This is no page of this list. Begin again without it.")]}) from None
    note_read_of(request.user, {event.learner_id for event in page.events}, "events")
    return page


def told(event):
    return {
        "id": event.id,
        "learner": event.learner_id,
        "course": event.course,
        "lesson": event.lesson,
        "activity": event.activity,
        "verb": event.verb,
        "answer": event.answer,
        "correct": event.correct,
        "score": event.score,
        "seconds": event.seconds,
        "centre": event.centre.code,
        "session": event.session,
        "recorder": event.recorder_id,
        "occurred_at": iso(event.occurred_at),
        "recorded_at": iso(event.recorded_at),
    }
