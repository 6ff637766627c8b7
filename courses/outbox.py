"""Sealed answers of learners who have left a machine, handed in by the machine itself."""

from base64 import urlsafe_b64decode
from typing import Annotated
from uuid import UUID

import msgspec

from courses.api.events import storable, understood
from courses.progress import Verdict, record
from lms.accounts.models import User
from lms.centres.models import Device
from lms.centres.outbox import key_of

MOST_BOXES = 500
LARGEST_BODY = 2 * 1024 * 1024
LONGEST_BOX = 32_000  # letters; a reflection of 2,000 Thai letters makes 9,000
NONCE = 12


class Box(msgspec.Struct, frozen=True):
    """What one learner did once, as the browser sealed it: nonce and ciphertext in base64 for URLs."""

    id: UUID
    learner: UUID  # whose key sealed it
    place: UUID  # the device as which it was sealed
    box: Annotated[str, msgspec.Meta(max_length=LONGEST_BOX)]


class Boxes(msgspec.Struct):
    boxes: Annotated[list[Box], msgspec.Meta(max_length=MOST_BOXES)]


def hand_in(boxes, device):
    """Record what the boxes hold, as their own learners would; a verdict for each box, in their order.

    A refusal never says why: who asks is a machine, and is not told who is a learner and who is not.
    """
    opened = _opened(boxes, device)
    people = User.objects.filter(pk__in={boxes[place].learner for place in opened}, is_active=True)
    verdicts = {}
    for person in people:
        places = [place for place in opened if boxes[place].learner == person.pk]
        found = record([opened[place] for place in places], by=person, centre=device.centre_id)
        verdicts |= dict(zip(places, found, strict=True))
    statuses = [verdicts[place].status if place in verdicts else "rejected" for place in range(len(boxes))]
    return [Verdict(id=box.id, status=status) for box, status in zip(boxes, statuses, strict=True)]


def _opened(boxes, device):
    """{place in the list: event} of the boxes that were sealed at this device, or at one of its centre before it."""
    named = {box.place for box in boxes}
    known = set(Device.objects.filter(pk__in=named, centre=device.centre_id).values_list("pk", flat=True))
    events = {place: opened(box) for place, box in enumerate(boxes) if box.place in known}
    return {place: event for place, event in events.items() if event}


def opened(box):
    """The event in a box, or None where it was not sealed by that learner's key or holds something else."""
    from cryptography.exceptions import InvalidTag  # large, and seldom asked for
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    try:
        sealed = urlsafe_b64decode(box.box + "=" * (-len(box.box) % 4))
        cipher = ChaCha20Poly1305(key_of(box.learner, box.place))
        text = cipher.decrypt(sealed[:NONCE], sealed[NONCE:], str(box.id).encode())
    except (ValueError, InvalidTag):
        return None
    event = understood(storable(text))
    return event if event and event.id == box.id else None
