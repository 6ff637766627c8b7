"""The whole API on one screen."""

from django.conf import settings
from django.urls import path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from courses.api.courses import CourseDetail, CourseList
from courses.api.events import Events
from courses.api.learners import LearnerDetail, LearnerList
from courses.api.needs import NeedList
from courses.api.progress import ProgressList
from courses.api.statistics import Completions
from courses.api.tasks import TaskList
from courses.api.xapi import Statements
from lms.accounts.lists import Question
from lms.accounts.replicas import reads_a_replica
from lms.centres.api import CentreDetail, CentreList
from lms.network.desk.api import Today

# The page that tries the API out draws with styles of its own; everything else on it is ours.
DOCS_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
INDEX = ["courses", "centres", "learners", "progress", "needs", "tasks", "today", "events", "statements"]
INDEX += ["completions", "schema", "docs"]


class Index(APIView):
    permission_classes = [AllowAny]

    @extend_schema(exclude=True)
    def get(self, request):
        return Response({name: reverse(f"api:{name}", request=request) for name in INDEX})


def only_these(endpoints):
    """Leave Wagtail's own API of the studio out of the schema."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


class SchemaQuestion(Question):
    lang = serializers.ChoiceField([code for code, _name in settings.LANGUAGES], required=False)


class Schema(SpectacularAPIView):
    @extend_schema(exclude=True)
    def get(self, request, *args, **kwargs):
        SchemaQuestion.of(request)  # a `version` with a line break in it would break a header
        return super().get(request, *args, **kwargs)


class Docs(SpectacularSwaggerSplitView):
    @extend_schema(exclude=True)
    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        response["Content-Security-Policy"] = DOCS_POLICY
        return response


app_name = "api"
urlpatterns = [
    path("", Index.as_view(), name="index"),
    path("courses/", CourseList.as_view(), name="courses"),
    path("courses/<uuid:key>/", CourseDetail.as_view(), name="course"),
    path("centres/", CentreList.as_view(), name="centres"),
    path("centres/<slug:code>/", CentreDetail.as_view(), name="centre"),
    path("learners/", LearnerList.as_view(), name="learners"),
    path("learners/<uuid:pk>/", LearnerDetail.as_view(), name="learner"),
    path("progress/", ProgressList.as_view(), name="progress"),
    path("needs/", NeedList.as_view(), name="needs"),
    path("tasks/", TaskList.as_view(), name="tasks"),
    path("today/", Today.as_view(), name="today"),
    path("events/", Events.as_view(), name="events"),
    path("xapi/statements", Statements.as_view(), name="statements"),  # without a slash, as xAPI has it
    path("statistics/completions/", reads_a_replica(Completions.as_view()), name="completions"),
    path("schema/", Schema.as_view(), name="schema"),
    path("docs/", Docs.as_view(url_name="api:schema"), name="docs"),
]
