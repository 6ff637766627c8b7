"""What may be recorded in a group session: by whom, for whom, and when.

Whoever leads a session hands in what its members did, though they may have no other right over them. A member was
let in by their own code, card or phone; from then until they leave, or the session ends, and for its own lesson
only, the one who leads answers for them.
"""

from collections import defaultdict
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from courses.models import GroupMember, GroupSession
from lms.centres.models import HomeCentre

TOLERANCE = timedelta(minutes=2)  # between a phone's clock and the server's


class Groups:
    """The sessions that a batch of (event, moment) names, read with a few queries; none where it names none."""

    def __init__(self, told, by):
        named = {event.session for event, _moment in told if event.session}
        self.by, self.homes = by, HomeCentre.objects.none()  # of the members of sessions that `by` leads
        self.known, self.led, self.sessions, self.intervals = set(), set(), {}, defaultdict(list)
        self.until, self.came_back = {}, {}
        if named:
            self._read(named)
            self._follow(sorted(((moment, event) for event, moment in told if event.session), key=_by_time))

    def _read(self, named):
        sessions = GroupSession.objects.filter(pk__in=named)
        self.known = set(sessions.values_list("pk", flat=True))
        self.sessions = {session.pk: session for session in sessions.visible_to(self.by)}
        for member in GroupMember.objects.filter(session__in=self.sessions).order_by("joined_at"):
            self.intervals[member.session_id, member.learner_id].append((member.joined_at, member.left_at))
        led = {pk for pk, session in self.sessions.items() if session.facilitator_id == self.by.pk}
        self.led = {key for key in self.intervals if key[0] in led}
        self.homes = HomeCentre.objects.filter(learner_id__in={learner for _session, learner in self.led})

    def _follow(self, told):
        """Where the sessions go on while the line is cut: each event is a touch, and `started` says who came back."""
        idle = timedelta(seconds=settings.SALA_GROUP_IDLE_SECONDS)
        for moment, event in told:
            session = self.sessions.get(event.session)
            if session is None or session.facilitator_id != self.by.pk:
                continue
            if session.ended_at is None or session.is_forgotten:
                last = self.until.get(session.pk, session.touched_at)
                if last < moment <= last + idle:
                    self.until[session.pk] = moment
            key = session.pk, event.learner
            if event.verb == "started" and key in self.led and self._is_back(session, key, moment):
                self.intervals[key].append((moment, None))
                self.came_back[event.learner, event.id] = session.pk, moment

    def _is_back(self, session, key, moment):
        """Whether somebody who was let in once, and had left, is there again."""
        was_let_in = self.intervals[key][0][0] <= moment <= self._end(session)
        return was_let_in and not self._was_there(key, moment, timedelta())

    def may_record(self, event):
        """Whether it is the member of a session that `by` leads, for whom `by` may have no other right."""
        return event.verb != "checked" and (event.session, event.learner) in self.led

    def problem(self, event, moment):
        """The code of what stands against an event that names a session; "" for nothing."""
        if event.session not in self.known:
            return ""  # of another installation: a mark, and nothing more
        session = self.sessions.get(event.session)
        if session is None:
            return "unknown_session"
        if session.lesson != event.lesson:
            return "other_lesson"
        if moment > self._end(session) + TOLERANCE:
            return "session_over"
        return "" if self._was_there((session.pk, event.learner), moment) else "not_present"

    def _end(self, session):
        if session.ended_at and not session.is_forgotten:
            return session.ended_at
        if session.is_open:
            return timezone.now()
        return self.until.get(session.pk, session.touched_at)

    def _was_there(self, key, moment, tolerance=TOLERANCE):
        return any(
            joined - tolerance <= moment and (left is None or moment <= left + tolerance)
            for joined, left in self.intervals.get(key, ())
        )

    def centre_of(self, event):
        """Where it happened: at the session's centre, if the session is one of ours."""
        session = self.sessions.get(event.session)
        return session and session.centre_id

    def keep(self, new):
        """Keep how long the sessions went on and who came back, after these (learner, id) were stored."""
        for session, moment in self.until.items():
            GroupSession.objects.filter(pk=session, touched_at__lt=moment).update(touched_at=moment)
            forgotten = GroupSession.objects.filter(pk=session, is_forgotten=True, ended_at__lt=moment)
            forgotten.update(ended_at=moment)
        for (learner, event), (session, moment) in self.came_back.items():
            if (learner.hex, event.hex) in new:
                GroupMember.objects.get_or_create(
                    learner_id=learner, session_id=session, left_at=None, defaults={"joined_at": moment}
                )


def _by_time(pair):
    return pair[0], pair[1].id
