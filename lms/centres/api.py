"""The centres that a person may see."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from lms.accounts.etags import Tagged
from lms.accounts.lists import ListQuestion, ListView, answers
from lms.centres.models import Centre

FIELDS = {
    "code": "code",
    "name_th": "name_th",
    "name_en": "name_en",
    "province": "subdistrict__district__province_id",
    "province_th": "subdistrict__district__province__name_th",
    "province_en": "subdistrict__district__province__name_en",
    "subdistrict": "subdistrict_id",
    "host_kind": "host_kind",
    "status": "status",
    "status_reason": "status_reason",
    "opened_on": "opened_on",
    "line": "line",
    "seats": "seats",
    "merged_into": "merged_into__code",
}


class CentreSerializer(serializers.Serializer):
    code = serializers.CharField()
    name_th = serializers.CharField()
    name_en = serializers.CharField()
    province = serializers.CharField(help_text="The Interior Ministry's two digits.")
    province_th = serializers.CharField()
    province_en = serializers.CharField()
    subdistrict = serializers.CharField(help_text="The Interior Ministry's six digits.")
    host_kind = serializers.ChoiceField(Centre.HostKind.values)
    status = serializers.ChoiceField(Centre.Status.values)
    status_reason = serializers.CharField(allow_blank=True)
    opened_on = serializers.DateField(allow_null=True)
    line = serializers.ChoiceField(
        Centre.Line.values, allow_blank=True, help_text="To the internet; empty if not told."
    )
    seats = serializers.IntegerField(allow_null=True, help_text="How many PCs; null if not told.")
    merged_into = serializers.CharField(allow_null=True, help_text="Code of the centre that goes on in its place.")


class CentreQuestion(ListQuestion):
    province = serializers.RegexField("^[0-9]{2}$", required=False, help_text="Two digits, as 32 for Surin.")
    status = serializers.ChoiceField(Centre.Status.values, required=False)


EXAMPLE = OpenApiExample(
    "A centre",
    {
        "code": "TH-32-0001",
        "name_th": "ศูนย์ดิจิทัลชุมชนบ้านหนองบัว",
        "name_en": "Ban Nong Bua",
        "province": "32",
        "province_th": "สุรินทร์",
        "province_en": "Surin",
        "subdistrict": "320101",
        "host_kind": "temple",
        "status": "open",
        "status_reason": "",
        "opened_on": "2009-10-01",
        "line": "fibre",
        "seats": 12,
        "merged_into": None,
    },
    response_only=True,
    status_codes=["200"],
    media_type="application/json",
)


def told(row):
    return {name: row[field] for name, field in FIELDS.items()}


class CentreList(ListView):
    scope = None
    question = CentreQuestion
    order = ("code",)
    columns = list(FIELDS)
    sheet_name = "centres"

    @extend_schema(
        operation_id="centres",
        tags=["centres"],
        parameters=[CentreQuestion],
        responses=answers(CentreSerializer(many=True), 400, sheets=True),
        examples=[EXAMPLE],
    )
    def get(self, request):
        """The centres you may see: the ministry all, caretakers and core members theirs, learners their home."""
        return super().get(request)

    def found(self):
        centres = Centre.objects.order_by().visible_to(self.request.user)
        if province := self.asked.get("province"):
            centres = centres.filter(subdistrict__district__province=province)
        if status := self.asked.get("status"):
            centres = centres.filter(status=status)
        return centres.values(*FIELDS.values())

    def told(self, rows):
        return [told(row) for row in rows]

    def in_sheet(self, row):
        yield row.values()


class CentreDetail(Tagged, APIView):
    scope = None

    @extend_schema(
        operation_id="centre",
        tags=["centres"],
        responses=answers(CentreSerializer, 404),
        examples=[EXAMPLE],
    )
    def get(self, request, code):
        """One centre, by the code that it has or had."""
        centres = Centre.objects.visible_to(request.user).of_code(code)
        return Response(told(get_object_or_404(centres.values(*FIELDS.values()))))
