"""Learners, and how far each got in each course."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.models import CourseEdition, Enrolment
from lms.accounts.etags import Tagged
from lms.accounts.lists import ListQuestion, answers
from lms.accounts.sheets import iso
from lms.accounts.tokens import READ_PROGRESS
from lms.centres.audit import Action, note_look
from lms.centres.lists import PeopleListView
from lms.centres.models import Centre, Learner

ACTIVE_WITHIN = timedelta(days=30)
FIELDS = ["sort_key", "id", "name", "family_name", "home__centre__code"]


class CourseProgressSerializer(serializers.Serializer):
    course = serializers.UUIDField()
    lessons_finished = serializers.IntegerField()
    lessons_total = serializers.IntegerField(help_text="Lessons of the course as it is today.")
    completed_at = serializers.DateTimeField(allow_null=True)


class LearnerSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    family_name = serializers.CharField(allow_blank=True)
    centre = serializers.CharField(help_text="The home centre's code.")
    last_active = serializers.DateTimeField(allow_null=True)
    progress = CourseProgressSerializer(many=True)


@extend_schema_field(OpenApiTypes.STR)
class SinceField(serializers.Field):
    """A day (from its first minute in Thai time) or a moment, in ISO 8601."""

    def to_internal_value(self, text):
        # In an address a + is a blank, so 07:00+07:00 arrives as "07:00 07:00".
        text = str(text).strip().replace(" ", "+")
        try:
            if len(text) == 10:
                moment = datetime.combine(datetime.fromisoformat(text).date(), time.min)
            else:
                moment = datetime.fromisoformat(text)
            if not 1990 <= moment.year <= 2300:
                raise ValueError
        except ValueError:
            raise ValidationError(
                _("Write a day as 2026-11-22 or a moment as 2026-11-22T07:00:00Z, with the Gregorian year.")
            ) from None
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)

    def to_representation(self, moment):
        return iso(moment)


class PeopleQuestion(ListQuestion):
    centre = serializers.CharField(max_length=20, required=False, help_text="A centre's code.")
    since = SinceField(required=False, help_text="Those who learned something since that day (2026-11-22) or moment.")


class LearnerQuestion(PeopleQuestion):
    q = serializers.CharField(max_length=60, required=False, help_text="Any part of the name.")
    state = serializers.ChoiceField(
        ["active", "silent"],
        required=False,
        help_text=f"active: learned something in the last {ACTIVE_WITHIN.days} days; silent: did not.",
    )


EXAMPLE = OpenApiExample(
    "A learner",
    {
        "id": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a11",
        "name": "ป้าสมศรี",
        "family_name": "",
        "centre": "TH-32-0001",
        "last_active": "2026-11-22T03:12:45Z",
        "progress": [
            {
                "course": "5f0c5d3e-6a51-5d0c-9f39-0c1d6c1c8b11",
                "lessons_finished": 2,
                "lessons_total": 6,
                "completed_at": None,
            }
        ],
    },
    response_only=True,
    status_codes=["200"],
    media_type="application/json",
)


def centre_called(code, user):
    """The pk of the centre that has or had that code; None where none is asked for.

    A centre you may not see is told like one that does not exist.
    """
    if not code:
        return None
    centre = Centre.objects.order_by().visible_to(user).of_code(code).values_list("pk", flat=True).first()
    if centre is None:
        raise ValidationError({"centre": [_("There is no such centre among those you may see.")]})
    return centre


def at_centre(people, user, code, prefix=""):
    """Those whose home is that centre."""
    centre = centre_called(code, user)
    return people if centre is None else people.filter(**{f"{prefix}home__centre": centre})


def lesson_totals(courses):
    """How many lessons each of these courses has today."""
    editions = CourseEdition.objects.filter(course__in=courses, until=None)
    return {course: len(lessons) for course, lessons in editions.values_list("course", "lessons")}


def told(rows):
    """Learners with their courses, by two queries however many they are."""
    found = Enrolment.objects.filter(learner_id__in=[row["id"] for row in rows]).order_by("started_at", "course")
    enrolments = defaultdict(list)
    for learner, *enrolment in found.values_list("learner_id", "course", "lessons_finished", "completed_at", "last_at"):
        enrolments[learner].append(enrolment)
    totals = lesson_totals({course for own in enrolments.values() for course, *_rest in own})
    return [_told(row, enrolments[row["id"]], totals) for row in rows]


def _told(row, enrolments, totals):
    progress = [
        {
            "course": course,
            "lessons_finished": finished,
            "lessons_total": totals.get(course, 0),
            "completed_at": iso(completed_at),
        }
        for course, finished, completed_at, _last_at in enrolments
    ]
    return {
        "id": row["id"],
        "name": row["name"],
        "family_name": row["family_name"],
        "centre": row["home__centre__code"],
        "last_active": iso(max((last_at for *_rest, last_at in enrolments), default=None)),
        "progress": progress,
    }


class LearnerList(PeopleListView):
    question = LearnerQuestion
    order = ("sort_key", "id")
    sheet_name = "learners"
    columns = [
        *["id", "name", "family_name", "centre", "last_active"],
        *["course", "lessons_finished", "lessons_total", "completed_at"],
    ]

    @extend_schema(
        operation_id="learners",
        tags=["learners"],
        parameters=[LearnerQuestion],
        responses=answers(LearnerSerializer(many=True), 400, sheets=True),
        examples=[EXAMPLE],
    )
    def get(self, request):
        """The learners you may see, in the order of their names; in a sheet, a row for each of their courses."""
        return super().get(request)

    def found(self):
        asked, user = self.asked, self.request.user
        learners = at_centre(Learner.objects.visible_to(user).active(), user, asked.get("centre"))
        if words := asked.get("q"):
            learners = learners.named(words)
        if since := asked.get("since"):
            learners = learners.filter(learned_since(since))
        if state := asked.get("state"):
            lately = learned_since(timezone.now() - ACTIVE_WITHIN)
            learners = learners.filter(lately if state == "active" else ~lately)
        return learners.values(*FIELDS)

    def told(self, rows):
        return told(rows)

    def in_sheet(self, row):
        person = [row[name] for name in self.columns[:5]]
        for course in row["progress"] or [{}]:
            yield [*person, *(course.get(name) for name in self.columns[5:])]


def learned_since(moment):
    return Exists(Enrolment.objects.filter(learner=OuterRef("pk"), last_at__gte=moment))


class LearnerDetail(Tagged, APIView):
    scope = READ_PROGRESS

    @extend_schema(
        operation_id="learner", tags=["learners"], responses=answers(LearnerSerializer, 404), examples=[EXAMPLE]
    )
    def get(self, request, pk):
        """One learner."""
        rows = Learner.objects.visible_to(request.user).active().filter(pk=pk).values(*FIELDS)
        if not rows:
            raise Http404
        if pk != request.user.pk:
            note_look(request.user, Action.LOOKED, pk)
        return Response(told(rows)[0])
