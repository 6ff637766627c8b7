"""Somebody new comes to a group while the line is cut: their code is checked afterwards, and only then they were there.

The screen takes their name and their code, seals the code for the server, and notes what is answered meanwhile apart
from the others' answers. A code that does not fit is a wrong try, as at any other door.
"""

import hmac
from enum import Enum

from django.conf import settings

from courses.groups import own_id
from courses.models import GroupMember
from courses.models.group import MOST
from courses.progress import Event, record
from lms.accounts.codes import pin_code
from lms.centres.models import Device
from lms.centres.outbox import NO_DEVICE, unsealed
from lms.centres.signing_in import Answer, people_with_codes, place_of, try_code

PURPOSE = b"sala.group.1"


class Why(Enum):
    """What stood against somebody, where it is none of the answers to a code."""

    FULL = "eight were there"
    OVER = "the session had ended"


def door_key(session):
    """Seals the codes of those who come to this session; only the memory of its open page has it."""
    return hmac.digest(settings.SALA_CODE_KEY.encode(), PURPOSE + session.pk.bytes, "sha256")


def arrive(session, move, moment, place, is_over):
    """Whether it is settled whether they may come in: not while this place has to wait for the next code.

    The session is locked meanwhile, and who was turned away stays so: telling it twice is one try.
    """
    members = GroupMember.objects.filter(session=session)
    there = members.filter(joined_at__lte=moment).exclude(left_at__lt=moment)
    if str(move.id) in session.turned_away or there.filter(learner=move.learner).exists():
        return True
    full = Why.FULL if there.count() >= MOST else None
    answer = Why.OVER if is_over else full or _tried(session, move, place)
    if answer is Answer.WAIT:
        return False
    if answer is Answer.COME_IN:
        _come_in(session, move, moment)
    else:
        session.turned_away[str(move.id)] = answer.name
        session.save(update_fields=["turned_away"])
    return True


def _tried(session, move, place):
    learner = people_with_codes(session.centre_id).filter(pk=move.learner).first()
    code = _code_in(session, move)
    if learner is None or code is None:
        return Answer.AGAIN
    subject = f"group:{session.facilitator_id}" if place == NO_DEVICE else place_of(Device(pk=place))
    return try_code(subject, learner, pin_code(code) or code)


def _code_in(session, move):
    text = unsealed(door_key(session), move.id, move.code)
    return text and text.decode("utf-8", "replace")


def _come_in(session, move, moment):
    """One who was let in meanwhile, with a line, has been there from this moment on."""
    later = GroupMember.objects.filter(session=session, learner=move.learner).present()
    later.delete()
    GroupMember.objects.create(session=session, learner_id=move.learner, joined_at=moment)
    if session.lesson:
        facts = {"learner": move.learner, "lesson": session.lesson, "session": session.pk, "occurred_at": moment}
        record([Event(id=own_id(move.id, move.learner), verb="started", **facts)], by=session.facilitator)


def learned(session, move):
    """What was answered meanwhile, if they were let in; else it is nobody's, and is dropped. The status."""
    if not GroupMember.objects.filter(session=session, learner=move.learner).exists():
        return "accepted"
    facts = {name: getattr(move, name) for name in Event.__struct_fields__ if hasattr(move, name)}
    return record([Event(**facts)], by=session.facilitator)[0].status
