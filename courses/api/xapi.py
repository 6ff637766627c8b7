"""The statements resource of xAPI 1.0.3, for reading."""

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from courses.api.feed import LARGEST_PAGE, RECORDED, read
from courses.api.learners import SinceField
from courses.xapi import VERSION, statements
from lms.accounts.etags import Tagged
from lms.accounts.lists import Question, answers
from lms.accounts.sheets import iso
from lms.accounts.tokens import READ_PROGRESS

PAGE = 200


class StatementsQuestion(Question):
    since = SinceField(required=False, help_text="What was stored since that day or moment.")
    until = SinceField(required=False, help_text="What was stored before that day or moment.")
    ascending = serializers.BooleanField(required=False, help_text="The earliest first; the latest unless told.")
    limit = serializers.IntegerField(
        min_value=0, max_value=LARGEST_PAGE, required=False, help_text=f"0 and no limit mean {PAGE}."
    )
    cursor = serializers.CharField(required=False, help_text="In the link `more`.")


class StatementResultSerializer(serializers.Serializer):
    statements = serializers.ListField(child=serializers.DictField())
    more = serializers.CharField(allow_blank=True, help_text="Where the next page is, or nothing.")


ID, LEARNER, LESSON = RECORDED["id"], RECORDED["learner"], RECORDED["lesson"]
STATEMENT = {
    "id": ID,
    "actor": {"objectType": "Agent", "account": {"homePage": "http://127.0.0.1:8000/", "name": LEARNER}},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/initialized", "display": {"en": "initialized", "th": "เริ่มเรียน"}},
    "object": {
        "objectType": "Activity",
        "id": f"urn:uuid:{LESSON}",
        "definition": {"type": "http://adlnet.gov/expapi/activities/lesson"},
    },
    "timestamp": "2026-11-22T03:12:45.000Z",
    "stored": "2026-11-22T03:12:46.000Z",
    "version": VERSION,
}


class Statements(Tagged, APIView):
    scope = READ_PROGRESS

    @extend_schema(
        operation_id="xapi_statements",
        tags=["events"],
        parameters=[StatementsQuestion],
        responses=answers(StatementResultSerializer, 400),
        examples=[
            OpenApiExample(
                "One statement",
                {"statements": [STATEMENT], "more": ""},
                response_only=True,
                status_codes=["200"],
                media_type="application/json",
            )
        ],
    )
    def get(self, request):
        """What was learned, as xAPI statements. Read on from `since` with `ascending=true`.

        The header X-Experience-API-Consistent-Through says up to which moment nothing will be added.
        """
        asked = StatementsQuestion.of(request)
        asked = asked | {"limit": asked.get("limit") or PAGE}
        page = read(request, asked, until=asked.get("until"), newest_first=not asked.get("ascending", False))
        more = ""
        if page.more:
            address = replace_query_param(request.get_full_path(), "cursor", page.cursor)
            more = address if not asked.get("ascending") else remove_query_param(address, "since")
        home_page = reverse("home", request=request)
        return Response(
            {"statements": statements(page.events, home_page), "more": more},
            headers={"X-Experience-API-Version": VERSION, "X-Experience-API-Consistent-Through": iso(page.settled)},
        )
