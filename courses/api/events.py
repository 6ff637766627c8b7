"""What happened, handed in by the batch. Thin on purpose: a whole class can be waiting in one request."""

import re
import zlib
from contextlib import nullcontext

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError, PermissionDenied, Throttled, UnsupportedMediaType

from courses.api.feed import FeedView
from courses.overload import turns
from courses.progress import Event, Verdict, record, set_aside
from courses.progress.events import LARGEST_OFFSET
from courses.signals import events_judged
from lms.accounts.lists import answers, problem_example
from lms.accounts.models.token import READ_PROGRESS, WRITE_EVENTS

LARGEST_BATCH = 500
LARGEST_BODY = 5 * 1024 * 1024  # unpacked; 500 events with long reflections are under 2 MB
FEW = 700  # bytes of a request: one event or two
DEEPEST = 16  # no answer of any activity goes deeper than 3

# NUL and half a surrogate pair (a text cut inside an emoji) are JSON, but no database stores them.
# An escaped backslash and a whole pair match first and are left alone.
_UNSTORABLE = re.compile(
    rb"\\(?:(?P<fine>\\|u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|u0000|u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


class TooLarge(APIException):
    status_code = 413
    default_detail = _("Too much at once. Send up to 500 events and 5 MB in a request.")
    default_code = "too_large"


class Batch(msgspec.Struct):
    events: list[msgspec.Raw]


class Verdicts(msgspec.Struct):
    verdicts: list[Verdict]


def unpacked(request):
    """The body as it was before gzip, if that is not too large.

    Read here and not as `request.body`, whose limit is that of a page's forms.
    """
    body = request.read(LARGEST_BODY + 1)
    if len(body) > LARGEST_BODY:
        raise TooLarge
    coding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if coding == "gzip":
        body = gunzip(body)
    elif coding != "identity":
        raise UnsupportedMediaType(coding, _("Send it as it is, or packed by gzip."))
    return body


def gunzip(body):
    """Unpack, and stop at the limit: a small file can hold gigabytes of nothing."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(body, LARGEST_BODY + 1)
    except zlib.error:
        raise ParseError(_("The body is not gzip, though its header says so.")) from None
    if len(found) > LARGEST_BODY:
        raise TooLarge
    if not unpacker.eof:
        raise ParseError(_("The gzip ends too early."))
    return found


def events_in(body):
    """The events of a body, each still as it was written."""
    try:
        batch = msgspec.json.decode(storable(body), type=Batch)
    except (ValueError, RecursionError):
        raise ParseError(_('This is not JSON of the form {"events": [...]}.')) from None
    if len(batch.events) > LARGEST_BATCH:
        raise TooLarge
    return batch.events


def storable(body):
    """The JSON with a mark in place of what no database stores."""
    return _UNSTORABLE.sub(_storable, body)


def _storable(match):
    return match.group() if match["fine"] else rb"\ufffd"


_event = msgspec.json.Decoder(Event)


def understood(raw):
    """The event, or None."""
    try:
        event = _event.decode(raw)
    except (ValueError, RecursionError):
        return None
    return event if depth(event.answer) <= DEEPEST else None


def depth(value):
    """How deep lists and objects lie in each other."""
    if not isinstance(value, list | dict):
        return 0
    levels, inner = 0, [value]
    while inner := [item for item in inner if isinstance(item, list | dict)]:
        levels += 1
        inner = [part for item in inner for part in (item.values() if isinstance(item, dict) else item)]
    return levels


def judged(raws, user):
    """A verdict for each event, in their order. What cannot be read is kept aside and holds nothing up."""
    events = [understood(raw) for raw in raws]
    verdicts = iter(record([event for event in events if event], by=user))
    unread = [bytes(raw).decode("utf-8", "replace") for raw, event in zip(raws, events, strict=True) if not event]
    set_aside([({"raw": text}, "malformed") for text in unread], user)
    malformed = [Verdict(id=own_id(text), status="rejected", reason="malformed") for text in unread]
    events_judged.send(Verdict, verdicts=malformed)
    malformed = iter(malformed)
    return [next(verdicts if event else malformed) for event in events]


def _is_batch(request):
    """Whether it takes long enough to wait for one's turn: one answer does not."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > FEW


class _Named(msgspec.Struct):
    id: object = None


def own_id(text):
    """The id of an event that is otherwise unreadable, so that its sender can tell which one it was."""
    try:
        return msgspec.convert(msgspec.json.decode(text, type=_Named).id, Event.__annotations__["id"])
    except (ValueError, RecursionError):
        return None


class EventSerializer(serializers.Serializer):
    """What a learner did, as the device that saw it tells it."""

    id = serializers.UUIDField(help_text="UUIDv7 made where it happened; sending it again changes nothing.")
    learner = serializers.UUIDField()
    lesson = serializers.UUIDField(help_text="The lesson's key.")
    verb = serializers.ChoiceField(["started", "answered", "finished", "checked"])
    occurred_at = serializers.DateTimeField(help_text="With its offset from UTC.")
    activity = serializers.UUIDField(required=False, allow_null=True, help_text="For `answered` and `checked`.")
    answer = serializers.JSONField(
        required=False,
        allow_null=True,
        help_text="For `answered`, graded here; for `checked` what was seen: done, note, reason.",
    )
    centre = serializers.CharField(
        required=False, allow_null=True, max_length=20, help_text="Its code; else the learner's home."
    )
    seconds = serializers.IntegerField(required=False, min_value=0, max_value=86_400)
    session = serializers.UUIDField(required=False, allow_null=True)
    clock_offset = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=-LARGEST_OFFSET,
        max_value=LARGEST_OFFSET,
        help_text="Seconds that this server's clock is ahead of the one that made `occurred_at`, where that is known.",
    )
    claimed_correct = serializers.BooleanField(
        required=False, allow_null=True, help_text="What the learner was told without a line; the verdict here stands."
    )


class BatchSerializer(serializers.Serializer):
    events = serializers.ListField(child=EventSerializer(), max_length=LARGEST_BATCH)


class VerdictSerializer(serializers.Serializer):
    id = serializers.UUIDField(allow_null=True)
    status = serializers.ChoiceField(["accepted", "duplicate", "rejected"])
    reason = serializers.CharField(required=False, help_text="Of a rejected event, which is kept aside.")
    correct = serializers.BooleanField(required=False, allow_null=True)
    score = serializers.FloatField(required=False, allow_null=True)


class VerdictsSerializer(serializers.Serializer):
    verdicts = VerdictSerializer(many=True)


EVENT = {
    "id": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a55",
    "learner": "019aa7c5-1b3e-7c3a-9d52-6f2b7d3c0a11",
    "lesson": "7d9d6f2a-0b5f-5e0e-8a57-6b8a3f6b9a01",
    "verb": "started",
    "occurred_at": "2026-11-22T10:12:45+07:00",
}


class Events(FeedView):
    scope = {"GET": READ_PROGRESS, "POST": WRITE_EVENTS}

    def initial(self, request, *args, **kwargs):
        if request.method == "POST":
            self._look_for_a_place(request)
        super().initial(request, *args, **kwargs)

    def _look_for_a_place(self, request):
        if not _is_batch(request):
            return
        try:
            turns.look()
        except Throttled:
            request.auth = None  # whoever it is: to find out would cost more than to refuse
            request.read(LARGEST_BODY)  # what is left unread would cut the line before the answer is heard
            raise

    @extend_schema(
        operation_id="hand_in_events",
        tags=["events"],
        request={"application/json": BatchSerializer},
        parameters=[OpenApiParameter("Content-Encoding", OpenApiTypes.STR, "header", enum=["identity", "gzip"])],
        responses=answers(VerdictsSerializer, 400, 413, 415),
        examples=[
            OpenApiExample("One event", {"events": [EVENT]}, request_only=True),
            OpenApiExample(
                "Its verdict",
                {"verdicts": [{"id": EVENT["id"], "status": "accepted"}]},
                response_only=True,
                status_codes=["200"],
                media_type="application/json",
            ),
            problem_example(413, "Too much at once", TooLarge.default_detail),
        ],
    )
    def post(self, request):
        """Hand in up to 500 events; each gets its verdict, in their order.

        Every event that is accepted or duplicate is stored: forget it. A rejected one is kept aside on the
        server with its reason and will not be counted by sending it again. Only an answer of 200 says so;
        after anything else send the same batch again: after 429 not before `Retry-After`.
        """
        if request.headers.get("X-Learner", str(request.user.pk)) != str(request.user.pk):
            raise PermissionDenied  # a page of somebody who has left: the browser is signed in as another by now
        if request.content_type.partition(";")[0].strip().lower() != "application/json":
            raise UnsupportedMediaType(request.content_type)
        raws = events_in(unpacked(request))
        with turns.turn() if _is_batch(request) else nullcontext():
            body = msgspec.json.encode(Verdicts(judged(raws, request.user)))
        return HttpResponse(body, content_type="application/json")
