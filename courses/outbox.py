"""Sealed answers of learners who have left a machine, handed in by the machine itself; and the moves of groups."""

from typing import Annotated
from uuid import UUID

import msgspec

from courses.api.events import storable, understood
from courses.group_moves import keep_moves, move_in
from courses.progress import Event, Verdict, record
from lms.accounts.models import User
from lms.centres.models import Device
from lms.centres.outbox import NO_DEVICE, key_of, unsealed

MOST_BOXES = 500
LARGEST_BODY = 2 * 1024 * 1024
LONGEST_BOX = 32_000  # letters; a reflection of 2,000 Thai letters makes 9,000


class Box(msgspec.Struct, frozen=True):
    """What one learner did once, as the browser sealed it: nonce and ciphertext in base64 for URLs."""

    id: UUID
    learner: UUID  # whose key sealed it
    place: UUID  # the device as which it was sealed
    box: Annotated[str, msgspec.Meta(max_length=LONGEST_BOX)]


class Boxes(msgspec.Struct):
    boxes: Annotated[list[Box], msgspec.Meta(max_length=MOST_BOXES)]


def hand_in(boxes, device, user):
    """Record what the boxes hold, as their own learners would; a verdict for each box, in their order.

    A refusal never says why: who asks is a machine, and is not told who is a learner and who is not. One without a
    verdict is to be handed in again.
    """
    opened = _opened(boxes, device, user)
    people = User.objects.filter(pk__in={boxes[place].learner for place in opened}, is_active=True)
    statuses = dict.fromkeys(range(len(boxes)), "rejected")
    for person in people:
        mine = {place: found for place, found in opened.items() if boxes[place].learner == person.pk}
        events = {place: found for place, found in mine.items() if isinstance(found, Event)}
        verdicts = record(events.values(), by=person, centre=device and device.centre_id)
        statuses |= {place: verdict.status for place, verdict in zip(events, verdicts, strict=True)}
        moves = {place: (found, boxes[place].place) for place, found in mine.items() if place not in events}
        statuses |= dict(zip(moves, keep_moves(moves.values(), person), strict=True))
    return [Verdict(id=box.id, status=statuses[place]) for place, box in enumerate(boxes) if statuses[place]]


def _opened(boxes, device, user):
    """{place in the list: event or move} of the boxes that were sealed at this device, at one of its centre before it,
    or by this user in a browser that is no device.
    """
    named = {box.place for box in boxes}
    centre = device and device.centre_id
    known = set(Device.objects.filter(pk__in=named, centre=centre).values_list("pk", flat=True))
    mine = (box.place == NO_DEVICE and box.learner == user.pk for box in boxes)
    may_open = [own or box.place in known for box, own in zip(boxes, mine, strict=True)]
    found = {place: opened(box) for place, box in enumerate(boxes) if may_open[place]}
    return {place: each for place, each in found.items() if each}


def opened(box):
    """The event or move in a box, or None where it was not sealed by that learner's key or holds something else."""
    text = unsealed(key_of(box.learner, box.place), box.id, box.box)
    found = text and (understood(storable(text)) or move_in(storable(text)))
    return found if found and found.id == box.id else None
