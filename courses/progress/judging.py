"""What must hold of an event before it counts, and what it is worth: the server's own judgement of a batch."""

from django.db.models import Q
from django.utils import timezone

from courses.grading import Malformed, grade
from courses.models import LessonOutline
from courses.progress import sql
from courses.progress.checks import all_to_be_seen, seen
from courses.progress.events import LONGEST, Row, believable, in_utc, is_version_7
from courses.progress.holding import lock_learners
from courses.progress.places import Called
from courses.progress.sessions import Groups
from lms.accounts.models import User
from lms.centres.models import Centre, HomeCentre, Learner

OF_ACTIVITY = ("answered", "checked")


class Refused(Exception):
    """An event that cannot be counted; the argument is the reason's code."""


class World:
    """What must be known to judge a batch, read with a few queries however large it is.

    People, lessons and questions go by their ids' hex text: it hashes in C, where UUID objects do not.
    """

    def __init__(self, events, by, centre):
        self.now, self.by, self.centre = timezone.now(), by, centre
        self.recorder = by.pk.hex
        learners = {event.learner for event in events}
        lock_learners(learners)
        homes = HomeCentre.objects.visible_to(by).filter(learner_id__in=learners)
        self.homes, children = _of_learners(homes)
        self.helped, others = _helped(events, by)
        self.groups = Groups([(event, self._moment(event)[0]) for event in events if event.session], by)
        self.led, more = _of_learners(self.groups.homes) if self.groups.led else ({}, set())
        self.not_allowed = _waiting_for_guardian(children | others | more)
        lessons = {event.lesson.hex for event in events}
        known = sql.select(LessonOutline, ["lesson", "course", "activities"], lesson=lessons)
        self.lessons = {
            lesson: (course, {key.replace("-", ""): definition for key, definition in activities.items()})
            for lesson, course, activities in known
        }
        self.activities = [activities for _lesson, _course, activities in known]
        self.centres = Called({event.centre for event in events if event.centre}, by)

    def row(self, event):
        """The event as it is to be stored. Raises Refused."""
        id, learner, lesson = event.id.hex, event.learner.hex, event.lesson.hex
        if not is_version_7(id):
            raise Refused("id_not_uuid7")
        homes = self._homes(event)
        if learner not in homes:
            raise Refused("unknown_learner")
        if learner in self.not_allowed:
            raise Refused("guardian_missing")
        if lesson not in self.lessons:
            raise Refused("unknown_lesson")
        course, activities = self.lessons[lesson]
        answered = event.verb in OF_ACTIVITY
        activity = event.activity.hex if answered and event.activity else None
        grade = self._grade(event, activities.get(activity)) if answered else None
        occurred_at, claimed_at = self._moment(event)
        if event.session and (problem := self.groups.problem(event, occurred_at)):
            raise Refused(problem)
        return Row(
            learner=learner,
            id=id,
            course=course,
            lesson=lesson,
            activity=activity,
            verb=event.verb,
            answer=event.answer if answered else None,
            correct=grade and grade.correct,
            score=grade and grade.score,
            seconds=min(event.seconds, LONGEST),
            occurred_at=occurred_at,
            claimed_at=claimed_at,
            recorded_at=self.now,
            centre=self._centre(event, occurred_at, homes[learner]),
            session=event.session and event.session.hex,
            recorder=self.recorder if self.recorder != learner else None,
            claimed_correct=_claimed_otherwise(event, grade),
        )

    def tasks(self):
        """The tasks of the batch's lessons that a caretaker is to see, as fold takes them."""
        return all_to_be_seen(self.activities)

    def _moment(self, event):
        return believable(in_utc(event.occurred_at), self.now, event.clock_offset)

    def _homes(self, event):
        """The homes of those for whom `by` may hand in such an event."""
        if event.session and self.groups.may_record(event):
            return self.led
        return self.helped if event.verb == "checked" else self.homes

    def _grade(self, event, definition):
        """The server's own judgement of an answer, whatever the device thought; or what somebody saw of a task."""
        if definition is None:
            raise Refused("unknown_activity")
        try:
            return seen(definition, event.answer) if event.verb == "checked" else grade(definition, event.answer)
        except Malformed as problem:
            raise Refused("malformed_answer") from problem

    def _centre(self, event, moment, home):
        if event.centre is None:
            return (event.session and self.groups.centre_of(event)) or self.centre or home
        if event.centre not in self.centres:
            raise Refused("unknown_centre")
        return self.centres.at(event.centre, moment)


def _claimed_otherwise(event, grade):
    """What the device told the learner of the answer, if that is not what we say; else None."""
    claimed = event.claimed_correct if grade else None
    return claimed if claimed is not None and claimed != grade.correct else None


def _of_learners(homes):
    """{learner: centre}, and who of them is a child of ten or under."""
    rows = list(homes.values_list("learner_id", "centre_id", "learner__age_band"))
    centres = {learner.hex: centre for learner, centre, _age in rows}
    return centres, {learner.hex for learner, _centre, age in rows if age == User.AgeBand.CHILD}


def _waiting_for_guardian(children):
    """Those among some children whom no guardian has allowed to learn; asked only where there are children."""
    if not children:
        return set()
    waiting = Learner.objects.filter(pk__in=children).waiting_for_guardian()
    return {learner.hex for learner in waiting.values_list("pk", flat=True)}


def _helped(events, by):
    """The homes of those whose tasks `by` may check: the people they look after or help, and never themselves."""
    learners = {event.learner for event in events if event.verb == "checked"} - {by.pk}
    if not learners:
        return {}, set()
    homes = HomeCentre.objects.filter(learner_id__in=learners)
    helped = Q(centre__in=Centre.objects.order_by().helped_at_by(by).values("pk"))
    mine = homes.filter(Q(pk__in=homes.visible_to(by).values("pk")) | helped)
    return _of_learners(mine)
