"""Whatever order events come in, in whatever batches, however often: the same state and the same counts."""

from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from courses.models import CourseCount, Enrolment, LessonProgress
from courses.progress import rebuild, record
from tests.courses.progress.conftest import activity_of, left_behind
from tests.courses.progress.stories import PROPERTY, stories, told

OF_GROUPS = {"other_lesson", "not_present", "session_over"}


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
