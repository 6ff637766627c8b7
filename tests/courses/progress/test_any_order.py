"""Whatever order events come in, in whatever batches, however often: the same state and the same counts."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from courses.models import CourseCount, Enrolment, GroupMember, GroupSession, LessonOutline, LessonProgress
from courses.progress import Event, rebuild, record
from lms.accounts.ids import uuid7
from tests.courses.progress.conftest import NOON, activity_of, left_behind

DAY = 24 * 60
OF_GROUPS = {"other_lesson", "not_present", "session_over"}
PROPERTY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def world(somsri, thongbai, fah, nok, ban_nong_bua, ban_pua, write_course, hands_on):
    """Three learners of two centres, a course of two lessons, one of a lesson with a task, and a caretaker of both."""
    ban_pua.appoint_caretaker(nok)
    course = write_course("วิชาหนึ่ง")
    lessons = list(LessonOutline.objects.filter(course=course.key).order_by("position"))
    lessons.append(LessonOutline.objects.get(lesson=hands_on.key))
    group = GroupSession.objects.create(
        centre=ban_nong_bua,
        facilitator=nok,
        course=lessons[0].course,
        lesson=lessons[0].lesson,
        started_at=NOON,
        touched_at=NOON + timedelta(minutes=20),
        ended_at=NOON + timedelta(minutes=20),
    )
    for person, came, left in ((somsri, 0, None), (thongbai, 5, 15), (fah, -20, -10)):
        moments = {"joined_at": NOON + timedelta(minutes=came), "left_at": left and NOON + timedelta(minutes=left)}
        GroupMember.objects.create(session=group, learner_id=person.pk, **moments)
    return SimpleNamespace(
        people=[somsri, thongbai, fah],
        lessons=lessons,
        centres=[ban_nong_bua.code, ban_pua.code, None],
        sender=nok,
        group=group,
    )


@st.composite
def stories(draw):
    """What happened, as plain numbers: (person, lesson, verb, minutes from noon, answer, centre, seconds,
    clock offset, whether in a group).

    In a group only `answered` and `finished`: who starts in it, and had left, is there again.
    """
    moment = st.integers(-70 * DAY, 60) | st.integers(-20, 20) | st.sampled_from([0, 5, 20_000 * DAY, -20_000 * DAY])
    verb = st.sampled_from(["started", "answered", "answered", "finished", "finished", "number", "task", "checked"])
    few = st.integers(0, 2)
    offset = st.sampled_from([None, None, 0, 59, 3600, -3600, 20_000 * 86_400, -20_000 * 86_400])
    one = st.tuples(few, few, verb, moment, few, few, st.integers(0, 3000), offset, st.booleans())
    return draw(st.lists(one, min_size=1, max_size=25))


def told(world, story):
    return [_event(world, *part) for part in story]


def _event(world, person, lesson, verb, minutes, answer, centre, seconds, offset=None, in_group=False):
    outline, more = world.lessons[lesson], {}
    session = world.group.pk if in_group and verb in {"answered", "finished"} else None
    if verb in {"task", "checked"}:  # of the lesson that has a task; everything ticked, something, or nonsense
        outline, done = world.lessons[-1], [[0, 1, 2], [1], [7]][answer]
        more = {"activity": activity_of(outline, "task"), "answer": {"done": done} if verb == "checked" else done}
        verb = "checked" if verb == "checked" else "answered"
    elif verb == "number" and lesson == len(world.lessons) - 1:
        verb = "started"
    elif verb in {"answered", "number"}:
        kind = "number" if verb == "number" else "single_choice"
        # The choice numbered 2 does not exist, and "ถุง" is no number: such events are refused.
        more = {
            "activity": activity_of(outline, kind),
            "answer": ["๓๐", 31, "ถุง"][answer] if kind == "number" else answer,
        }
        verb = "answered"
    return Event(
        id=uuid7(),
        learner=world.people[person].pk,
        lesson=outline.lesson,
        verb=verb,
        occurred_at=NOON + timedelta(minutes=minutes),
        centre=world.centres[centre],
        seconds=seconds,
        clock_offset=offset,
        session=session,
        **more,
    )


def sent(world, batches):
    """What is left behind by sending these batches; the database forgets it afterwards."""
    with transaction.atomic():
        verdicts = [record(batch, by=world.sender) for batch in batches]
        kept, differences = left_behind(), rebuild(check=True)
        transaction.set_rollback(True)
    return kept, differences, [verdict for batch in verdicts for verdict in batch]


@PROPERTY
@given(story=stories(), data=st.data())
def test_any_order_any_batches_any_repeats_reach_the_same(world, story, data):
    events = told(world, story)
    once, differences, _verdicts = sent(world, [events])
    assert differences == []
    again = data.draw(st.lists(st.sampled_from(events), max_size=10), label="repeats")
    mixed = data.draw(st.permutations(events + again), label="order")
    cuts = sorted(data.draw(st.sets(st.integers(0, len(mixed)), max_size=6), label="cuts"))
    batches = [mixed[a:b] for a, b in zip([0, *cuts], [*cuts, len(mixed)], strict=True)]
    otherwise, differences, verdicts = sent(world, batches)
    assert otherwise == once
    assert differences == []
    assert len(verdicts) == len(mixed)
    assert {verdict.reason for verdict in verdicts} <= {"", "malformed_answer", *OF_GROUPS}


@PROPERTY
@given(story=stories())
def test_counts_add_up_to_the_state(world, story):
    with transaction.atomic():
        record(told(world, story), by=world.sender)
        counts = CourseCount.objects.values_list("starters", "lessons_finished", "finishers")
        sums = [sum(column) for column in zip(*counts, strict=True)] or [0, 0, 0]
        assert sums == [
            Enrolment.objects.count(),
            LessonProgress.objects.exclude(finished_at=None).count(),
            Enrolment.objects.completed().count(),
        ]
        transaction.set_rollback(True)


@PROPERTY
@given(story=stories())
def test_being_stuck_and_waiting_follow_from_the_answers(world, story):
    """What the two moments say, worked out anew from all answers and looks in the order of their times."""
    with transaction.atomic():
        record(told(world, story), by=world.sender)
        for progress in LessonProgress.objects.all():
            events = list(progress.learner.learning_events.filter(lesson=progress.lesson, activity__isnull=False))
            stuck, waiting = [], []
            for activity in {event.activity for event in events}:
                own = sorted((e for e in events if e.activity == activity), key=lambda e: (e.occurred_at, e.id.hex))
                answers = [event for event in own if event.verb == "answered"]
                looks = [event for event in own if event.verb == "checked"]
                if len(answers) >= 3 and not any(e.correct for e in answers) and answers[-1].correct is False:
                    stuck.append(answers[-1].occurred_at)
                is_task = activity == activity_of(world.lessons[-1], "task")
                is_done = is_task and answers and answers[-1].answer == [0, 1, 2]
                if is_done and not (looks and looks[-1].occurred_at >= answers[-1].occurred_at):
                    waiting.append(answers[-1].occurred_at)
            assert progress.stuck_since == min(stuck, default=None)
            assert progress.unchecked_since == min(waiting, default=None)
        transaction.set_rollback(True)
