"""Learning together: who may lead where, who comes and goes, and what each gets for what they were there for."""

from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.models import GroupMember, GroupSession, LessonProgress
from courses.models.group import MOST
from courses.progress import Event, record
from lms.accounts.ids import uuid7
from lms.centres.consents import may_learn
from lms.centres.models import Centre, Learner
from lms.centres.signing_in import people_with_codes

LONGEST_SECONDS = 900  # more for one answer means that the group did something else
LOW_BITS = (1 << 62) - 1  # of a UUIDv7: those that are random


class Joined(Enum):
    """What becomes of somebody who wants to join."""

    COME_IN = "come in"
    FULL = "eight are there"
    NO_GUARDIAN = "ten or younger, and no guardian has allowed it yet"
    OVER = "the session has ended"


def centres_to_lead_at(user):
    """Members lead at their own centre, helpers where they help, caretakers at the centres that they run."""
    if not user.is_authenticated:
        return Centre.objects.none()
    home = Centre.objects.order_by().filter(learners__learner_id=user.pk)
    places = [home, Centre.objects.helped_at_by(user).order_by(), Centre.objects.run_by(user).order_by()]
    found = Q()
    for centres in places:
        found |= Q(pk__in=centres.values("pk"))
    return Centre.objects.filter(found)


def may_lead(reader):
    """Whether to offer it; of learners the database need not be asked."""
    return reader.is_learner or centres_to_lead_at(reader.user).exists()


def knows_its_people(user, centre_id):
    """Whether it is a helper or caretaker there, who may see the members' names while leading."""
    helped, run = Centre.objects.helped_at_by(user).order_by(), Centre.objects.run_by(user).order_by()
    theirs = Q(pk__in=helped.values("pk")) | Q(pk__in=run.values("pk"))
    return Centre.objects.filter(theirs, pk=centre_id).exists()


def start(leader, centre, course, lesson, mode, device=None):
    """A new session, with the one who leads as its first member if they learn there. What they led before ends."""
    for before in GroupSession.objects.led_by(leader).filter(ended_at=None):
        before.end()
    session = GroupSession.objects.create(
        centre=centre, facilitator=leader, device=device, course=course.key, lesson=lesson and lesson.key, mode=mode
    )
    learner = people_with_codes(centre.pk).filter(pk=leader.pk).first()
    if learner:
        admit(session, learner)
    return session


@transaction.atomic
def admit(session, learner):
    """Let somebody in who has shown that it is them, or who was there before. Twice changes nothing."""
    now = GroupSession.objects.select_for_update().get(pk=session.pk)
    here = GroupMember.objects.filter(session=now).present()
    if not now.is_open:
        return Joined.OVER
    if not may_learn(learner):
        return Joined.NO_GUARDIAN
    if here.filter(learner_id=learner.pk).exists():
        return Joined.COME_IN
    if here.count() >= MOST:
        return Joined.FULL
    GroupMember.objects.create(session=now, learner_id=learner.pk)
    session.touch()
    note(session, [learner], "started")
    return Joined.COME_IN


def leave(session, learner_id):
    """They go, and keep what they were there for."""
    session.touch()
    GroupMember.objects.filter(session=session, learner_id=learner_id).present().update(left_at=timezone.now())


def present(session):
    """Who is there now, in the order in which they came; of two with the same name the family name is told as well."""
    return people_of(GroupMember.objects.filter(session=session).present().order_by("joined_at"))


def gone(session):
    """Who was there and has left: they come back by a touch."""
    everybody = GroupMember.objects.filter(session=session).order_by("joined_at")
    here = {person.pk for person in present(session)}
    return [person for person in people_of(everybody) if person.pk not in here]


def people_of(members):
    """Of these rows, in their order; each has `called`, the name that tells them apart."""
    order = list(dict.fromkeys(members.values_list("learner_id", flat=True)))
    people = Learner.objects.active().in_bulk(order)
    found = [people[pk] for pk in order if pk in people]
    names = [person.name for person in found]
    for person in found:
        person.called = person.get_full_name() if names.count(person.name) > 1 else person.name
    return found


def note(session, people, verb, base=None, **facts):
    """Record that these members did something here and now; the verdicts. Of a group activity nothing is recorded:
    to have been there is all.
    """
    if session.lesson is None or not people:
        return []
    base = base or uuid7()
    spent = _seconds(session, people) if verb == "answered" else {}
    events = [
        Event(
            id=own_id(base, person.pk),
            learner=person.pk,
            lesson=session.lesson,
            verb=verb,
            occurred_at=timezone.now(),
            session=session.pk,
            seconds=spent.get(person.pk, 0),
            **facts,
        )
        for person in people
    ]
    return record(events, by=session.facilitator)


def own_id(base, learner):
    """One answer is an event for each who was there: its id, from the answer's and the learner's.

    The time and the version stay, so it is a UUIDv7; a form that is sent twice gives the same ids. The device makes
    the same ones (together/noting.js).
    """
    return UUID(int=base.int ^ (learner.int & LOW_BITS))


def _seconds(session, people):
    """How long each has been at it: since what they last did in this lesson, but only as long as they were there."""
    now, pks = timezone.now(), [person.pk for person in people]
    last = dict(
        LessonProgress.objects.filter(learner__in=pks, lesson=session.lesson).values_list("learner_id", "last_at")
    )
    came = dict(
        GroupMember.objects.filter(learner__in=pks, session=session).present().values_list("learner_id", "joined_at")
    )
    since = {pk: max(last.get(pk, came[pk]), came[pk]) for pk in pks if pk in came}
    return {pk: min(int((now - moment).total_seconds()), LONGEST_SECONDS) for pk, moment in since.items()}
