"""Lists of the API: a page by cursor, or all of it as CSV or XLSX."""

from django.core import signing
from django.db.models import Q
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample
from rest_framework import generics, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from lms.accounts import problems
from lms.accounts.asked import misnamed
from lms.accounts.etags import Tagged
from lms.accounts.sheets import CSV, TYPES, XLSX, sheet
from lms.accounts.tokens import READ_PROGRESS

PAGE, LARGEST_PAGE, CHUNK = 50, 200, 500
CURSORS = signing.Signer(salt="cursor")  # without the time of day: the same page has the same links


class ProblemSerializer(serializers.Serializer):
    """What went wrong and what to do (RFC 9457). `errors` names the fields that are to be mended."""

    type = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    detail = serializers.CharField()
    errors = serializers.DictField(required=False)


def answers(good, *refusals, sheets=False):
    """The schema's list of answers: the good one, and the problems by their status."""
    found = {(200, "application/json"): good}
    if sheets:
        found |= {(200, TYPES[CSV]): OpenApiTypes.STR, (200, TYPES[XLSX]): OpenApiTypes.BINARY}
    refusals = {401, 403, 406, *refusals}
    return found | {(status, problems.TYPE): ProblemSerializer for status in sorted(refusals)}


def problem_example(status, title, detail):
    body = problems.problem(status, title, detail)
    return OpenApiExample(title, body, response_only=True, status_codes=[str(status)], media_type=problems.TYPE)


class CSVRenderer(JSONRenderer):
    """Lets a client ask for text/csv. The rows are written by `sheet`; a problem stays JSON."""

    media_type = TYPES[CSV]
    format = CSV


class XLSXRenderer(CSVRenderer):
    media_type = TYPES[XLSX]
    format = XLSX


RENDERERS = [JSONRenderer, CSVRenderer, XLSXRenderer]


def format_field():
    """How to ask for a sheet in an address."""
    return serializers.ChoiceField(
        ["json", CSV, XLSX], required=False, help_text="csv, xlsx: all rows, in one sheet; json unless told."
    )


def format_asked(request, asked):
    """By the address, or by the header Accept."""
    return asked.get("format", request.accepted_renderer.format)


class Question(serializers.Serializer):
    """What may be asked in an address. A misspelt name is refused: it would quietly widen the answer."""

    @classmethod
    def of(cls, request):
        question = cls(data=request.query_params)
        if wrong := misnamed(request.query_params, question.fields):
            raise ValidationError({wrong[0]: [wrong[1]]})
        question.tell_what_is_allowed()
        question.is_valid(raise_exception=True)
        return question.validated_data

    def tell_what_is_allowed(self):
        for field in self.fields.values():
            if isinstance(field, serializers.ChoiceField):
                allowed = _("Allowed: %(values)s.") % {"values": ", ".join(field.choices)}
                field.error_messages["invalid_choice"] = f"{field.error_messages['invalid_choice']} {allowed}"


class ListQuestion(Question):
    format = format_field()
    limit = serializers.IntegerField(
        min_value=1, max_value=LARGEST_PAGE, required=False, help_text=f"Rows on a page; {PAGE} unless told."
    )
    cursor = serializers.CharField(required=False, help_text="From the links `next` and `previous`.")


class CursorPages(BasePagination):
    """Pages by the place of their last row, so that rows that come or go never shift a page.

    The cursor is signed: what comes back is what was given out.
    """

    def paginate_queryset(self, queryset, request, view=None):
        self.address = request.build_absolute_uri()
        self.order, limit = view.order, view.asked.get("limit", PAGE)
        back, place = self._read(view.asked.get("cursor"))
        signs = [f"-{name}" for name in self.order] if back else self.order
        if place:
            queryset = queryset.filter(beyond(self.order, place, back))
        rows = list(queryset.order_by(*signs)[: limit + 1])
        more, rows = len(rows) > limit, rows[:limit]
        if back:
            rows.reverse()
        self.next = self._link(False, rows) if rows and (more or back) else None
        self.previous = self._link(True, rows) if rows and place and (more or not back) else None
        return rows

    def get_paginated_response(self, data):
        return Response({"next": self.next, "previous": self.previous, "results": data})

    def get_paginated_response_schema(self, schema):
        link = {"type": ["string", "null"], "format": "uri", "example": None}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def _read(self, cursor):
        if not cursor:
            return False, None
        try:
            back, order, *place = CURSORS.unsign_object(cursor)
        except signing.BadSignature:
            back, order, place = None, None, None
        if order != ",".join(self.order):
            raise ValidationError({"cursor": [_("This is no page of this list. Begin again without it.")]})
        return back, place

    def _link(self, back, rows):
        row = rows[0 if back else -1]
        place = [back, ",".join(self.order), *(str(row[name]) for name in self.order)]
        address = remove_query_param(self.address, "cursor")
        return replace_query_param(address, "cursor", CURSORS.sign_object(place))


def beyond(order, place, back=False):
    """The rows after `place` (before it, when going back) in an order of one or more fields."""
    sign = "lt" if back else "gt"
    found = Q()
    for name, value in reversed(list(zip(order, place, strict=True))):
        found = Q(**{f"{name}__{sign}": value}) | (Q(**{name: value}) & found if found else Q())
    return Q(**{f"{order[0]}__{sign}e": place[0]}) & found


def in_chunks(queryset, order, size=CHUNK):
    """All rows of a `values()` queryset in lists of `size`, each read by its own short query."""
    rows = list(queryset.order_by(*order)[:size])
    while rows:
        yield rows
        if len(rows) < size:
            return
        place = [rows[-1][name] for name in order]
        rows = list(queryset.filter(beyond(order, place)).order_by(*order)[:size])


class ListView(Tagged, generics.GenericAPIView):
    """A list of the API.

    A subclass says what may be asked (`question`), which rows there are (`found`, a `values()` queryset),
    their unique `order`, and how rows are told in JSON (`told`) and in a sheet (`columns`, `in_sheet`).
    """

    renderer_classes = RENDERERS
    scope = READ_PROGRESS  # a list is of people unless it says otherwise
    pagination_class = CursorPages
    question = ListQuestion
    sheet_name = "sala"

    def get(self, request):
        self.asked = self.question.of(request)
        found = self.found()
        kind = format_asked(request, self.asked)
        self.note(kind)
        if kind in TYPES:
            return sheet(self.sheet_name, self.columns, self._sheet_rows(found), kind)
        return self.get_paginated_response(self.told(self.paginate_queryset(found)))

    def note(self, kind):
        """A list of people writes down in the audit log who had it, and in which form."""

    def sheet_rows(self, rows):
        for row in self.told(rows):
            yield from self.in_sheet(row)

    def _sheet_rows(self, found):
        for chunk in in_chunks(found, self.order):
            yield from self.sheet_rows(chunk)
