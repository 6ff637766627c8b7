"""A group that began without a line, on the leader's own phone or on a page that they had open: the session comes after
it, under the id made there.

Who may begin it is asked as with a line, and which lessons there are as of all that comes late: a lesson that was taken
back meanwhile loses nobody what they learned.
"""

from django.db import transaction

from courses.group_arrivals import come_in
from courses.groups import centres_to_lead_at
from courses.models import CourseEdition, CoursePage, GroupSession, LessonOutline
from lms.centres.consents import may_learn
from lms.centres.models import Device, HomeCentre
from lms.centres.signing_in import people_with_codes


@transaction.atomic
def begin(move, leader, moment, place):
    """The status. Telling it twice changes nothing; an id that is another's, or of something else, is refused."""
    session = GroupSession.objects.filter(pk=move.session).first()
    if session is None and (facts := _facts(move, leader, place)):
        _end_those_before(leader, moment)
        facts |= {"facilitator": leader, "started_at": moment, "touched_at": moment}
        session, is_new = GroupSession.objects.get_or_create(pk=move.session, defaults=facts)
        if is_new:
            _let_in_who_leads(session, leader, move, moment)
            return "accepted"
    is_same = session and session.facilitator_id == leader.pk and session.lesson == move.lesson
    return "duplicate" if is_same and move.course in (None, session.course) else "rejected"


def _facts(move, leader, place):
    """Where and about what it is; None where this person may not lead there, or not this."""
    centre, course = _centre(move, leader), _course(move)
    if centre is None or course is None or move.session.version != 7:
        return None
    if CoursePage.objects.filter(key=course).exclude(centre=None).exclude(centre=centre).exists():
        return None
    device = Device.objects.filter(pk=place, centre=centre).first()
    return {"centre": centre, "device": device, "course": course, "lesson": move.lesson, "mode": move.mode}


def _centre(move, leader):
    """The one that was named, or their home: if they lead there."""
    mine = centres_to_lead_at(leader)
    if move.led_at:
        return mine.by_code(move.led_at)
    return mine.filter(pk__in=HomeCentre.objects.filter(learner=leader.pk).values("centre")).first()


def _course(move):
    """Of the lesson; or itself, where its group activity began."""
    if move.lesson:
        return LessonOutline.objects.filter(lesson=move.lesson).values_list("course", flat=True).first()
    was_offered = CoursePage.objects.filter(key=move.course).exclude(first_published_at=None).exists()
    return move.course if was_offered or CourseEdition.objects.filter(course=move.course).exists() else None


def _let_in_who_leads(session, leader, move, moment):
    learner = people_with_codes(session.centre_id).filter(pk=leader.pk).first()
    if learner and may_learn(learner):
        come_in(session, learner.pk, move.id, moment)


def _end_those_before(leader, moment):
    for session in GroupSession.objects.led_by(leader).filter(ended_at=None, started_at__lte=moment):
        session.end(at=max(moment, session.touched_at))
