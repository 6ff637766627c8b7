"""The courses on offer."""

from django.db.models import Q
from django.db.models.functions import Left, Length
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from courses.models import CoursePage, LessonPage, Topic
from lms.accounts.etags import Tagged
from lms.accounts.lists import ListQuestion, ListView, answers
from lms.centres.models import Centre

SHARED = ["key", "slug", "title", "title_en", "minutes"]
FIELDS = {name: name for name in SHARED} | {"topic": "topic_id", "level": "level", "centre": "centre__code"}


class LessonSerializer(serializers.Serializer):
    key = serializers.UUIDField(help_text="The same in every installation; events name lessons by it.")
    slug = serializers.CharField()
    title = serializers.CharField()
    title_en = serializers.CharField(allow_blank=True)
    minutes = serializers.IntegerField()


class CourseSerializer(LessonSerializer):
    key = serializers.UUIDField(help_text="The same in every installation.")
    topic = serializers.CharField()
    level = serializers.ChoiceField(CoursePage.Level.values)
    centre = serializers.CharField(allow_null=True, help_text="Null for a national course.")
    lessons = LessonSerializer(many=True)


class CourseQuestion(ListQuestion):
    topic = serializers.SlugField(required=False)


EXAMPLE = OpenApiExample(
    "A course",
    {
        "key": "5f0c5d3e-6a51-5d0c-9f39-0c1d6c1c8b11",
        "slug": "community-enterprise",
        "title": "จากของดีบ้านเรา สู่กิจการของชุมชน",
        "title_en": "From what we are good at to a community enterprise",
        "minutes": 90,
        "topic": "entrepreneurship",
        "level": "beginner",
        "centre": None,
        "lessons": [
            {
                "key": "7d9d6f2a-0b5f-5e0e-8a57-6b8a3f6b9a01",
                "slug": "count-every-cost",
                "title": "คิดทุนให้ครบ",
                "title_en": "Count every cost",
                "minutes": 15,
            }
        ],
    },
    response_only=True,
    status_codes=["200"],
    media_type="application/json",
)


def offered_to(user):
    """Live courses: the nation's, and those of the centres that this person may see."""
    centres = Centre.objects.order_by().visible_to(user).values("pk")
    courses = CoursePage.objects.live().filter(Q(centre=None) | Q(centre__in=centres))
    return courses.order_by("path").values("path", *FIELDS.values())


def told(rows):
    """Courses with their live lessons, which one query finds: a lesson's path begins with its course's."""
    lessons = {row["path"]: [] for row in rows}
    parent = Left("path", Length("path") - LessonPage.steplen)
    found = LessonPage.objects.live().order_by("path").annotate(parent=parent).filter(parent__in=list(lessons))
    for lesson in found.values("parent", *SHARED):
        lessons[lesson.pop("parent")].append(lesson)
    return [{name: row[field] for name, field in FIELDS.items()} | {"lessons": lessons[row["path"]]} for row in rows]


class CourseList(ListView):
    scope = None
    question = CourseQuestion
    order = ("path",)
    columns = [*FIELDS, "lessons"]
    sheet_name = "courses"

    @extend_schema(
        operation_id="courses",
        tags=["courses"],
        parameters=[CourseQuestion],
        responses=answers(CourseSerializer(many=True), 400, sheets=True),
        examples=[EXAMPLE],
    )
    def get(self, request):
        """The courses on offer to you, in the catalogue's order. In a sheet, `lessons` is how many there are."""
        return super().get(request)

    def found(self):
        courses = offered_to(self.request.user)
        if topic := self.asked.get("topic"):
            if not Topic.objects.filter(pk=topic).exists():
                return courses.none()
            courses = courses.filter(topic=topic)
        return courses

    def told(self, rows):
        return told(rows)

    def in_sheet(self, row):
        yield (*[row[name] for name in FIELDS], len(row["lessons"]))


class CourseDetail(Tagged, APIView):
    scope = None

    @extend_schema(
        operation_id="course", tags=["courses"], responses=answers(CourseSerializer, 404), examples=[EXAMPLE]
    )
    def get(self, request, key):
        """One course."""
        return Response(told([get_object_or_404(offered_to(request.user), key=key)])[0])
