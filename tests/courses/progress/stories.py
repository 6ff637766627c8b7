"""Stories for the property tests: what three learners of two centres may have done, in no order."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from courses.progress import Event
from lms.accounts.ids import uuid7
from tests.courses.progress.conftest import NOON, activity_of

DAY = 24 * 60
PROPERTY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
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
