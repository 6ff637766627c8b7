"""วันนี้ for other programs: the figures of a centre's day and who sits where, as the caretaker's first page has them."""

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from lms.accounts.etags import Tagged
from lms.accounts.lists import Question, answers
from lms.accounts.models.token import READ_PROGRESS
from lms.accounts.sheets import iso
from lms.centres.audit import note_listed
from lms.centres.models import Centre
from lms.centres.seats import seats_at
from lms.network.desk.day import day_at

FIGURES = {
    "came": "People who signed in at a machine of the centre today.",
    "lessons": "Lessons finished today.",
    "tasks": "Practical tasks that wait to be checked.",
    "locked": "People whose code is locked.",
    "no_code": "People without a code.",
    "guardians": "Children who wait for a guardian's permission.",
    "papers": "Guardians' papers to be looked at again.",
    "requests": "Open requests about data.",
    "reviews": "Lessons of the centre that wait for their reviewer.",
    "review_days": "For how many days the oldest of them has waited.",
}


class SeatSerializer(serializers.Serializer):
    device = serializers.CharField(help_text="The machine's name.")
    learner = serializers.UUIDField(allow_null=True, help_text="Null where nobody sits.")
    name = serializers.CharField(allow_blank=True)
    since = serializers.DateTimeField(allow_null=True)


class TodaySerializer(serializers.Serializer):
    centre = serializers.CharField()
    at = serializers.DateTimeField()
    seats = SeatSerializer(many=True)

    def get_fields(self):
        figures = {name: serializers.IntegerField(min_value=0, help_text=text) for name, text in FIGURES.items()}
        return super().get_fields() | figures


class TodayQuestion(Question):
    centre = serializers.CharField(required=False, help_text="Its code; the one that you look after unless told.")


EXAMPLE = OpenApiExample(
    "A morning",
    {
        "centre": "TH-32-0001",
        "at": "2026-11-22T03:12:45Z",
        "seats": [
            {
                "device": "เครื่อง 8",
                "learner": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a11",
                "name": "ตาบุญมี",
                "since": "2026-11-22T02:40:00Z",
            },
            {"device": "เครื่อง 9", "learner": None, "name": "", "since": None},
        ],
        **dict.fromkeys(FIGURES, 0),
        "came": 9,
        "lessons": 4,
        "tasks": 2,
    },
    response_only=True,
    status_codes=["200"],
    media_type="application/json",
)


class Today(Tagged, APIView):
    scope = READ_PROGRESS
    untagged = ("at",)

    @extend_schema(
        operation_id="today",
        tags=["learners"],
        parameters=[TodayQuestion],
        responses=answers(TodaySerializer, 400),
        examples=[EXAMPLE],
    )
    def get(self, request):
        """A centre now: the figures of its day, what is left to do, and who sits at which machine."""
        centre = _centre(request.user, TodayQuestion.of(request).get("centre"))
        note_listed(request.user, centre, "today")
        seats = [
            {"device": seat.name, "learner": seat.learner, "name": seat.learner_name or "", "since": iso(seat.since)}
            for seat in seats_at([centre])
        ]
        told = {"centre": centre.code, "at": iso(timezone.now()), "seats": seats}
        return Response(told | day_at(request.user, centre))


def _centre(user, code):
    """One that this person looks after, by a code that it has or had; a token for one centre looks after no other."""
    centre = Centre.objects.order_by().cared_for_by(user).the_one(code)
    if centre is None:
        raise ValidationError({"centre": [_("Name one of the centres that you look after.")]})
    return centre
