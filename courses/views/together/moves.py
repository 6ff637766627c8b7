"""What happened while the line was cut: who left, who was back, and that the group ended."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses.groups import keep_moves
from courses.progress.events import in_utc
from courses.views.together.access import session_led

LARGEST_BODY = 100_000
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Span(msgspec.Struct):
    """That somebody who had been let in before was there."""

    learner: UUID
    joined_at: Moment
    left_at: Moment | None = None


class Moves(msgspec.Struct):
    spans: Annotated[list[Span], msgspec.Meta(max_length=200)] = []
    ended_at: Moment | None = None


@require_POST
@never_cache
def moves(request, session):
    """Also of a session that has been closed meanwhile, as nothing was heard of it."""
    group = session_led(request, session)
    try:
        told = msgspec.json.decode(request.read(LARGEST_BODY), type=Moves)
    except (ValueError, RecursionError):
        return HttpResponse(status=400)
    now = timezone.now()
    spans = [(each.learner, in_utc(each.joined_at), each.left_at and in_utc(each.left_at)) for each in told.spans]
    keep_moves(group, spans, told.ended_at and min(in_utc(told.ended_at), now))
    return HttpResponse(status=204)
