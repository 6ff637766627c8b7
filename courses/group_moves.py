"""What a group's screen saw while the line was cut, told afterwards: that it began, who left, was back or came,
and that it ended.

Each is a move, noted by the screen in the outbox of whoever leads. Moves come after what was answered, by the batch or
one by one, and telling one twice changes nothing.
"""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from courses.api.events import DEEPEST, depth
from courses.group_arrivals import arrive, known_as, learned
from courses.group_beginnings import begin
from courses.groups import centres_to_lead_at
from courses.models import GroupMember, GroupSession
from courses.progress.events import LARGEST_OFFSET, believable, in_utc


class Move(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That a member left or was back, somebody new came and what they did then, or (of whoever leads) begin and end."""

    id: UUID
    session: UUID
    learner: UUID
    move: Literal["begun", "left", "back", "ended", "came", "learned"]
    occurred_at: Annotated[datetime, msgspec.Meta(tz=True)]
    clock_offset: Annotated[int, msgspec.Meta(ge=-LARGEST_OFFSET, le=LARGEST_OFFSET)] | None = None
    code: Annotated[str, msgspec.Meta(max_length=400)] = ""  # of who came, sealed by courses.group_arrivals.door_key
    called: Annotated[str, msgspec.Meta(max_length=200)] = ""  # who typed their name: see courses.group_lock
    family: Annotated[str, msgspec.Meta(max_length=60)] = ""
    lesson: UUID | None = None  # of what was learned, as courses.progress.Event has it, or began
    course: UUID | None = None  # whose group activity began
    led_at: Annotated[str, msgspec.Meta(max_length=20)] = ""  # the code of the centre where it began; else at home
    mode: Literal["all", "one_by_one"] = "all"  # in which it began
    verb: Literal["answered", "finished"] | None = None
    activity: UUID | None = None
    answer: Any = None
    seconds: Annotated[int, msgspec.Meta(ge=0, le=86_400)] = 0
    claimed_correct: bool | None = None


def move_in(text):
    """The move that a box holds, or None."""
    try:
        move = msgspec.json.decode(text, type=Move)
    except (ValueError, RecursionError):
        return None
    is_whole = move.move != "learned" or (move.lesson and move.verb)
    return move if is_whole and depth(move.answer) <= DEEPEST else None


def keep_moves(told, leader):
    """Keep these (move, id of the device), in the order of their moments; the status of each, in the given order.

    None where the door of that place has to wait: it is to be told once more.
    """
    now, statuses, waiting = timezone.now(), {}, set()
    centres = set(centres_to_lead_at(leader).values_list("pk", flat=True))
    moments = [(believable(in_utc(move.occurred_at), now, move.clock_offset)[0], move, at) for move, at in told]
    for moment, move, at in sorted(moments, key=lambda each: (each[0], each[1].id)):
        who = move.session, move.learner
        with transaction.atomic():
            led = GroupSession.objects.select_for_update().led_by(leader).filter(pk=move.session, centre__in=centres)
            session = led.first()
            if move.move == "begun":
                statuses[move.id] = begin(move, leader, moment, at)
            elif session is None:
                statuses[move.id] = "accepted" if move.move == "came" else "rejected"  # nobody keeps a code for nothing
            else:
                statuses[move.id] = None if who in waiting else _keep(session, move, moment, at)
        if statuses[move.id] is None:
            waiting.add(who)
    return [statuses[move.id] for move, _at in told]


def _keep(session, move, moment, at):
    """The status; None while it cannot be settled whether they may come in."""
    _go_on(session, moment)
    is_within = session.started_at <= moment <= _end(session)
    if move.move == "came":
        return "accepted" if arrive(session, move, moment, at, not is_within) else None
    move = msgspec.structs.replace(move, learner=known_as(session, move))
    if move.move == "learned":
        return learned(session, move)
    if is_within:
        KEEPING[move.move](session, move, moment)
    return "accepted"


def _go_on(session, moment):
    """A move is a touch, as courses.progress.sessions has it for events."""
    idle = timedelta(seconds=settings.SALA_GROUP_IDLE_SECONDS)
    is_going_on = session.ended_at is None or session.is_forgotten
    if is_going_on and session.touched_at < moment <= session.touched_at + idle:
        session.touched_at = moment
        session.ended_at = moment if session.is_forgotten else None
        session.save(update_fields=["touched_at", "ended_at"])


def _end(session):
    return timezone.now() if session.is_open else session.over_at


def _left(session, move, moment):
    """Theirs that is open comes to its end; one that began later is of when they were back."""
    GroupMember.objects.filter(session=session, learner=move.learner, joined_at__lte=moment).present().update(
        left_at=moment
    )


def _back(session, move, moment):
    """Only of those who had been let in before."""
    mine = GroupMember.objects.filter(session=session, learner=move.learner)
    was_there = mine.filter(joined_at__lte=moment, left_at__gte=moment)
    if mine.filter(joined_at__lte=moment).exists() and not mine.present().exists() and not was_there.exists():
        GroupMember.objects.create(session=session, learner_id=move.learner, joined_at=moment)


def _ended(session, move, moment):
    if session.is_open:
        session.end(at=max(moment, session.touched_at))


KEEPING = {"left": _left, "back": _back, "ended": _ended}
