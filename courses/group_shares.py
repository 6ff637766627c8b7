"""What each takes home from a group: what was answered while they were there, and the lesson if it came to its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from courses.groups import note, people_of, present
from courses.models import CoursePage, GroupMember, LearningEvent, LessonPage
from lms.centres.models import Learner


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
    everybody = people_of(GroupMember.objects.filter(session=session).order_by("joined_at"))
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
    end = session.over_at or timezone.now()
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
