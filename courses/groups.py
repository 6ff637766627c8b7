"""Learning together: who may lead where, who comes and goes, and what each gets for what they were there for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from courses.models import CoursePage, GroupMember, GroupSession, LearningEvent, LessonPage, LessonProgress
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
    helped, run = Centre.objects.helped_at_by(user), Centre.objects.run_by(user)
    return helped.filter(pk=centre_id).exists() or run.filter(pk=centre_id).exists()


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


@transaction.atomic
def keep_moves(session, spans, ended_at=None):
    """Who left and who was back while the line was cut: (learner, joined_at, left_at or None), told afterwards.

    Only of those who had been let in before, and within the session as far as its events tell of it. Telling it twice
    changes nothing.
    """
    now = GroupSession.objects.select_for_update().get(pk=session.pk)
    latest = timezone.now() if now.is_open else now.ended_at or now.touched_at
    known = set(GroupMember.objects.filter(session=now).values_list("learner_id", flat=True))
    for learner, joined, left in spans:
        if learner in known and now.started_at <= joined <= latest:
            _keep_span(now, learner, joined, left and min(max(left, joined), latest))
    if ended_at and now.is_open:
        now.end(at=max(ended_at, now.touched_at))


def _keep_span(session, learner, joined, left):
    """Theirs that was open is the same one, come to its end; one that is known already stays."""
    mine = GroupMember.objects.filter(session=session, learner_id=learner)
    here = mine.present().filter(joined_at__lte=joined)
    if here.exists():
        here.update(left_at=left)
    elif not mine.filter(joined_at__lte=joined, left_at__gte=joined).exists() and not mine.present().exists():
        GroupMember.objects.create(session=session, learner_id=learner, joined_at=joined, left_at=left)


def present(session):
    """Who is there now, in the order in which they came; of two with the same name the family name is told as well."""
    return _people(GroupMember.objects.filter(session=session).present().order_by("joined_at"))


def gone(session):
    """Who was there and has left: they come back by a touch."""
    everybody = GroupMember.objects.filter(session=session).order_by("joined_at")
    here = {person.pk for person in present(session)}
    return [person for person in _people(everybody) if person.pk not in here]


def _people(members):
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
    the same ones (together.js).
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


@dataclass(frozen=True)
class Share:
    """What one member takes home."""

    person: Learner
    minutes: int
    answered: int
    right: int
    is_finished: bool


def finish(session):
    """The group has come to the end of its lesson: finished for each who is there and was there for half of it.

    Half of the moments at which the group answered something, whoever answered. Alone one may finish a lesson
    without answering all of it, so a group that skips a question loses nothing; but who came for the last question
    has not done the lesson, and goes on where they are, alone or with the next group.
    """
    moments = sorted(_answers(session).values())
    people = [person for person in present(session) if _was_there_for_half(session, person, moments)]
    note(session, people, "finished")


def _answers(session):
    """{activity: the moment at which the group answered it last}."""
    found = {}
    for event in _events(session).filter(verb="answered").order_by("occurred_at"):
        found[event.activity] = event.occurred_at
    return found


def _events(session):
    learners = GroupMember.objects.filter(session=session).values("learner_id")
    return LearningEvent.objects.filter(learner__in=learners, session=session.pk)


def _was_there_for_half(session, person, moments):
    spans = GroupMember.objects.filter(session=session, learner_id=person.pk).values_list("joined_at", "left_at")
    spans = [(joined, left or timezone.now()) for joined, left in spans]
    seen = sum(any(joined <= moment <= left for joined, left in spans) for moment in moments)
    return 2 * seen >= len(moments)


def latest_answer(session, activity):
    """What the group said last to an activity, and how it was judged: an event, or None."""
    return _events(session).filter(verb="answered", activity=activity).order_by("-occurred_at").first()


def who_answered(session, activity):
    """The ids of those for whom an answer to this activity is kept from this session."""
    return set(_events(session).filter(verb="answered", activity=activity).values_list("learner_id", flat=True))


def so_far(session):
    """What the screen must know to finish without a line: when each activity was answered, and who was there when."""
    moments = {str(activity): moment.isoformat() for activity, moment in _answers(session).items()}
    spans = {}
    for member in GroupMember.objects.filter(session=session).order_by("joined_at"):
        left = member.left_at and member.left_at.isoformat()
        spans.setdefault(str(member.learner_id), []).append([member.joined_at.isoformat(), left])
    return {"moments": moments, "spans": spans}


def shares(session):
    """What each who was there takes home, in the order in which they came."""
    spans, done = {}, {}
    for member in GroupMember.objects.filter(session=session).order_by("joined_at"):
        spans.setdefault(member.learner_id, []).append(member)
    for learner, verb, activity, correct in _events(session).values_list("learner_id", "verb", "activity", "correct"):
        done.setdefault(learner, []).append((verb, activity, correct))
    everybody = _people(GroupMember.objects.filter(session=session).order_by("joined_at"))
    return [_share(person, _minutes(session, spans[person.pk]), done.get(person.pk, ())) for person in everybody]


def _share(person, minutes, events):
    answered = {activity for verb, activity, _correct in events if verb == "answered"}
    right = {activity for verb, activity, correct in events if verb == "answered" and correct}
    finished = any(verb == "finished" for verb, _activity, _correct in events)
    return Share(person, minutes, len(answered), len(right), finished)


@dataclass(frozen=True)
class Time:
    """Once that somebody learned in a group."""

    about: str
    at: datetime
    minutes: int


def times_together(learner):
    """What a learner was there for, the latest first: for their learning book."""
    mine = GroupMember.objects.of(learner)
    GroupSession.objects.filter(pk__in=mine.values("session")).close_forgotten()
    spans = {}
    for member in mine.select_related("session").order_by("joined_at"):
        spans.setdefault(member.session, []).append(member)
    about = titles_of(spans)
    return [
        Time(about[session.pk], session.started_at, _minutes(session, members))
        for session, members in sorted(spans.items(), key=lambda item: item[0].started_at, reverse=True)
        if about.get(session.pk)
    ]


def _minutes(session, members):
    end = session.ended_at or timezone.now()
    return round(sum((_time(member, end) for member in members), timedelta()).total_seconds() / 60)


def _time(member, end):
    return max((member.left_at or end) - member.joined_at, timedelta())


def titles_of(sessions):
    """{session's id: what it was about}: the lesson's title, or that of the course's group activity."""
    lessons = LessonPage.objects.filter(key__in={each.lesson for each in sessions if each.lesson})
    lessons = {page.key: page.heading for page in lessons.only("key", "title", "title_en")}
    courses = CoursePage.objects.filter(key__in={each.course for each in sessions if not each.lesson})
    courses = {page.key: (page.group_activity or {}).get("title", page.heading) for page in courses}
    return {each.pk: lessons.get(each.lesson) if each.lesson else courses.get(each.course) for each in sessions}
