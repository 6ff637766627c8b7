"""Somebody new comes to a group while the line is cut: their code is checked afterwards, and only then they were there.

The screen takes their name and their code, seals the code for the server, and notes what is answered meanwhile apart
from the others' answers. A code that does not fit is a wrong try, as at any other door.

On a learner's own phone nobody's name is shown: it is typed (`called`). Who came has an id there that the phone made;
once their code was checked the session's `let_in` says whose it is.
"""

import hmac
from enum import Enum
from uuid import UUID

from django.conf import settings

from courses.group_lock import unlocked
from courses.group_names import hold, the_one_named
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
    NOBODY = "no such name with such a code"


def door_key(session):
    """Seals the codes of those who come to this session; only the memory of its open page has it."""
    return hmac.digest(settings.SALA_CODE_KEY.encode(), PURPOSE + session.pk.bytes, "sha256")


def arrive(session, move, moment, place, is_over):
    """Whether it is settled whether they may come in: not while this place has to wait for the next code.

    The session is locked meanwhile, and who was turned away stays so: telling it twice is one try.
    """
    members = GroupMember.objects.filter(session=session)
    there = members.filter(joined_at__lte=moment).exclude(left_at__lt=moment)
    is_known = str(move.learner) in session.let_in or there.filter(learner=move.learner).exists()
    if is_known or str(move.id) in session.turned_away:
        return True
    full = Why.FULL if there.count() >= MOST else None
    learner, answer = move.learner, Why.OVER if is_over else full
    if answer is None:
        learner, answer = _tried(session, move, place)
    if answer is Answer.WAIT:
        return False
    if answer is Answer.COME_IN:
        _let_in(session, move, learner, moment, there)
    else:
        session.turned_away[str(move.id)] = answer.name
        session.save(update_fields=["turned_away"])
    return True


def _tried(session, move, place):
    """Whose code it is, and what is said to it."""
    subject = f"group:{session.facilitator_id}" if place == NO_DEVICE else place_of(Device(pk=place))
    code = _code_in(session, move)
    if move.called:
        hold(place, session.facilitator_id)
        found, answer = the_one_named(session.centre_id, move, code and (pin_code(code) or code), subject)
        return found, Why.NOBODY if answer is Answer.AGAIN else answer
    learner = people_with_codes(session.centre_id).filter(pk=move.learner).first()
    if learner is None or code is None:
        return None, Answer.AGAIN
    return learner.pk, try_code(subject, learner, pin_code(code) or code)


def _code_in(session, move):
    text = unlocked(move) if move.called else unsealed(door_key(session), move.id, move.code)
    return text and text.decode("utf-8", "replace")


def _let_in(session, move, learner, moment, there):
    """Who types their name a second time is there already, and counts once."""
    if there.filter(learner=learner).exists():
        return
    if move.called:
        session.let_in[str(move.learner)] = str(learner)
        session.save(update_fields=["let_in"])
    come_in(session, learner, move.id, moment)


def come_in(session, learner, arrival, moment):
    """One who was let in meanwhile, with a line, has been there from this moment on."""
    GroupMember.objects.filter(session=session, learner=learner).present().delete()
    GroupMember.objects.create(session=session, learner_id=learner, joined_at=moment)
    if session.lesson:
        facts = {"learner": learner, "lesson": session.lesson, "session": session.pk, "occurred_at": moment}
        record([Event(id=own_id(arrival, learner), verb="started", **facts)], by=session.facilitator)


def known_as(session, move):
    """The learner whom a move is about, where the phone that told it did not know them."""
    return UUID(session.let_in.get(str(move.learner), str(move.learner)))


def learned(session, move):
    """What was answered meanwhile, if they were let in; else it is nobody's, and is dropped. The status."""
    if not GroupMember.objects.filter(session=session, learner=move.learner).exists():
        return "accepted"
    facts = {name: getattr(move, name) for name in Event.__struct_fields__ if hasattr(move, name)}
    return record([Event(**facts)], by=session.facilitator)[0].status
