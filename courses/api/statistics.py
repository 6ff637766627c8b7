"""The ministry's figures, as its page and its CSV have them."""

from django.http import Http404
from drf_spectacular.utils import OpenApiExample, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from courses import groupings, lesson_report
from courses.definitions import DEFINITIONS, VERSION
from courses.filters import BadFilter
from courses.statistics import completions
from lms.accounts.etags import Tagged
from lms.accounts.lists import RENDERERS, Question, answers, format_asked, format_field
from lms.accounts.models.token import READ_COUNTS
from lms.accounts.sheets import TYPES, iso
from lms.centres.models import Centre

PERIOD = "A month as 2026-11, or a Thai fiscal year as FY2570 (October 2026 to September 2027)."
COLUMNS = [*groupings.COLUMNS, *lesson_report.COLUMNS]
SORTS = [*COLUMNS, *(f"-{name}" for name in COLUMNS)]
NAMES = {"start": "from", "end": "to"}  # `from` is a word of Python's own


class RowSerializer(serializers.Serializer):
    code = serializers.CharField(allow_blank=True, help_text="Of a course its key, of a month 2026-11.")
    label = serializers.CharField(help_text="In your language.")
    starters = serializers.IntegerField(allow_null=True, help_text="This and other figures are null where not known.")
    finishers = serializers.IntegerField(allow_null=True)
    rate = serializers.FloatField(allow_null=True, help_text="Finishers by starters; null without starters.")
    lessons_finished = serializers.IntegerField(allow_null=True)
    learner_months = serializers.IntegerField(allow_null=True)
    people_joined = serializers.IntegerField(allow_null=True, help_text="Here and below each person counts once.")
    people_starters = serializers.IntegerField(allow_null=True)
    people_active = serializers.IntegerField(allow_null=True)
    people_finishers = serializers.IntegerField(allow_null=True)
    people_certified = serializers.IntegerField(allow_null=True)
    last_heard = serializers.DateTimeField(allow_null=True)
    centres_heard = serializers.IntegerField()
    centres_total = serializers.IntegerField()
    centres_counted = serializers.IntegerField(
        allow_null=True, help_text="Of how many something was counted in the time; null in rows that are not of places."
    )


class SilentCentreSerializer(serializers.Serializer):
    code = serializers.CharField()
    label = serializers.CharField()
    last_heard = serializers.DateTimeField(allow_null=True)


class ReportSerializer(serializers.Serializer):
    by = serializers.ChoiceField(list(groupings.BY))
    made_at = serializers.DateTimeField()
    rows = RowSerializer(many=True)
    total = RowSerializer()
    silent = SilentCentreSerializer(many=True, help_text="Open centres from which nothing came for 30 days.")
    definitions_version = serializers.CharField()
    definitions = serializers.DictField(
        child=serializers.CharField(), help_text="What each figure counts, in your language."
    )


class LessonRowSerializer(serializers.Serializer):
    code = serializers.CharField(allow_blank=True, help_text="Of a month 2026-11.")
    label = serializers.CharField(help_text="In your language.")
    reached = serializers.IntegerField(allow_null=True)
    finished = serializers.IntegerField(allow_null=True)
    lesson_rate = serializers.FloatField(allow_null=True, help_text="Of those who reached it; null where nobody did.")
    last_heard = serializers.DateTimeField(allow_null=True)
    centres_heard = serializers.IntegerField()
    centres_total = serializers.IntegerField()


class LessonReportSerializer(ReportSerializer):
    """With `lesson`: who reached it and who finished it."""

    rows = LessonRowSerializer(many=True)
    total = LessonRowSerializer()


class ReportQuestion(Question):
    by = serializers.ChoiceField(list(groupings.BY), help_text="What a row is.")
    start = serializers.CharField(max_length=10, required=False, help_text=PERIOD)
    end = serializers.CharField(max_length=10, required=False, help_text=f"{PERIOD} It is included.")
    region = serializers.CharField(max_length=4, required=False, help_text="N, NE, C or S.")
    province = serializers.CharField(max_length=2, required=False, help_text="Two digits, as 32 for Surin.")
    district = serializers.CharField(max_length=4, required=False, help_text="Four digits, as 3201.")
    host_kind = serializers.ChoiceField(Centre.HostKind.values, required=False, help_text="Whose house it is in.")
    centre = serializers.CharField(max_length=20, required=False, help_text="A centre's code, one that it had too.")
    course = serializers.UUIDField(required=False, help_text="A course's key.")
    lesson = serializers.UUIDField(
        required=False,
        help_text="A lesson's key: who reached and finished it. Lessons are counted by province: `by` is region, "
        "province, month or fiscal_year; without district, host_kind and centre; for officers.",
    )
    sort = serializers.ChoiceField(
        SORTS, required=False, help_text='A column, with a "-" from the most; left out, the order of the grouping.'
    )
    format = format_field()

    def get_fields(self):
        return {NAMES.get(name, name): field for name, field in super().get_fields().items()}


def may_read_reports(user):
    """Those who plan for centres or look after them; a learner's matter is their own learning."""
    ministry = user.is_superuser or user.ministry_posts.in_force().exists()
    return ministry or Centre.objects.order_by().cared_for_by(user).exists()


EITHER = PolymorphicProxySerializer(
    component_name="CompletionsOrLesson",
    serializers=[ReportSerializer, LessonReportSerializer],
    resource_type_field_name=None,
)


class Completions(Tagged, APIView):
    renderer_classes = RENDERERS
    scope = READ_COUNTS
    untagged = ("made_at",)

    @extend_schema(
        operation_id="completions",
        tags=["statistics"],
        parameters=[ReportQuestion],
        responses=answers(EITHER, 400, 404, sheets=True),
        examples=[
            OpenApiExample(
                "By region",
                {
                    "by": "region",
                    "made_at": "2026-11-22T00:00:00Z",
                    "rows": [
                        {
                            "code": "NE",
                            "label": "ภาคตะวันออกเฉียงเหนือ",
                            "starters": 10,
                            "finishers": 4,
                            "rate": 0.4,
                            "lessons_finished": 20,
                            "learner_months": 15,
                            "people_joined": 12,
                            "people_starters": 9,
                            "people_active": 11,
                            "people_finishers": 4,
                            "people_certified": 3,
                            "last_heard": "2026-11-21T22:00:00Z",
                            "centres_heard": 33,
                            "centres_total": 34,
                            "centres_counted": 33,
                        }
                    ],
                    "total": {
                        "code": "total",
                        "label": "รวม",
                        "starters": 10,
                        "finishers": 4,
                        "rate": 0.4,
                        "lessons_finished": 20,
                        "learner_months": 15,
                        "people_joined": 12,
                        "people_starters": 9,
                        "people_active": 11,
                        "people_finishers": 4,
                        "people_certified": 3,
                        "last_heard": "2026-11-21T22:00:00Z",
                        "centres_heard": 33,
                        "centres_total": 34,
                        "centres_counted": 33,
                    },
                    "silent": [{"code": "TH-32-0009", "label": "ศูนย์วัดทุ่งสว่าง", "last_heard": None}],
                    "definitions_version": VERSION,
                    "definitions": {"starters": "A starter is a learner's first event in a course."},
                },
                response_only=True,
                status_codes=["200"],
                media_type="application/json",
            )
        ],
    )
    def get(self, request):
        """Who began and who finished, by region, province, district, centre, host, course, month or Thai fiscal year.

        Counts only, of the centres you may see. The same figures as on the ministry's page and in its CSV. With
        `lesson`, who reached and who finished that lesson.
        """
        asked = ReportQuestion.of(request)
        if not may_read_reports(request.user):
            raise Http404
        kind = format_asked(request, asked)
        asked.pop("format", None)
        try:
            report = _report(request.user, **asked)
        except BadFilter as bad:
            raise ValidationError({bad.field: [bad.message]}) from bad
        return report.sheet(kind) if kind in TYPES else Response(told(report))


def _report(user, **asked):
    """Raises BadFilter."""
    asked |= {name: asked.pop(public, "") for name, public in NAMES.items()}
    return lesson_report.of_a_lesson(user, **asked) if asked.get("lesson") else completions(user, **asked)


def told(report):
    return {
        "by": report.by,
        "made_at": iso(report.made_at),
        "rows": [row_told(report, row) for row in report.rows],
        "total": row_told(report, report.total),
        "silent": [
            {"code": place.code, "label": place.label, "last_heard": iso(place.last_heard)} for place in report.silent
        ],
        "definitions_version": report.version,
        "definitions": {name: str(definition.full) for name, definition in DEFINITIONS.items()},
    }


def row_told(report, row):
    return report.told(row) | {"last_heard": iso(row.last_heard)}
