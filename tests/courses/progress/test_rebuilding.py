"""`manage.py rebuild_progress`: it sees what is wrong, and mends it."""

import pytest
from django.core.management import CommandError, call_command

from courses.models import (
    ActiveMonth,
    AgeCount,
    CountedPerson,
    CourseCount,
    Enrolment,
    LastHeard,
    LateCount,
    LessonCount,
    LessonProgress,
    PeopleCount,
    QuestionCount,
)
from courses.progress import rebuild, record
from tests.courses.progress.conftest import left_behind


@pytest.fixture
def learned(somsri, thongbai, lessons, event, nok):
    """Two people's learning, recorded."""
    record([event(somsri, lesson, "finished", minutes=5) for lesson in lessons], by=somsri)
    record([event(somsri, lessons[0], minutes=-30 * 24 * 60)], by=somsri)
    record([event(thongbai, lessons[0], "answered", kind="number", answer="๓๐")], by=nok)


def test_nothing_differs_after_recording(learned, capsys):
    call_command("rebuild_progress", "--check")
    assert capsys.readouterr().out == "0 rows differ\n"


SPOILED = [
    lambda: LessonProgress.objects.update(seconds=99),
    lambda: LessonProgress.objects.filter(finished_at=None).delete(),
    lambda: Enrolment.objects.update(completed_at=None),
    lambda: Enrolment.objects.update(lessons_finished=7),
    lambda: ActiveMonth.objects.all().delete(),
    lambda: ActiveMonth.objects.create(**ActiveMonth.objects.values().first() | {"month": 202001}),
    lambda: CourseCount.objects.update(starters=5),
    lambda: CourseCount.objects.all().delete(),
    lambda: CourseCount.objects.create(**CourseCount.objects.values().first() | {"month": 202001}),
    lambda: LessonCount.objects.update(reached=0),
    lambda: LastHeard.objects.all().delete(),
    lambda: PeopleCount.objects.update(active=7),
    lambda: PeopleCount.objects.filter(joined__gt=0).update(joined=0),
    lambda: AgeCount.objects.all().delete(),
    lambda: CountedPerson.objects.update(month=202001),
    lambda: CountedPerson.objects.all().delete(),
    lambda: QuestionCount.objects.update(missed=9),
    lambda: LateCount.objects.all().delete(),
]


COUNTS = {
    CourseCount: "starters",
    LessonCount: "reached",
    PeopleCount: "active",
    AgeCount: "joined",
    QuestionCount: "missed",
    LateCount: "events",
}


@pytest.mark.parametrize("model", COUNTS)
def test_counts_that_were_lost_or_spoiled_are_counted_again_without_holding_anybody_up(learned, model, capsys):
    right = left_behind()
    for spoil in (model.objects.all().delete, lambda: model.objects.update(**{COUNTS[model]: 77})):
        spoil()
        assert left_behind() != right
        with pytest.raises(CommandError, match="differ"):
            call_command("rebuild_progress", "--counts", "--check")
        call_command("rebuild_progress", "--counts")
        assert left_behind() == right


def test_nothing_differs_from_the_sums_after_recording(learned, capsys):
    call_command("rebuild_progress", "--counts", "--check")
    assert capsys.readouterr().out == "0 rows differ\n"


@pytest.mark.parametrize("spoil", SPOILED, ids=range(len(SPOILED)))
def test_what_was_spoiled_is_reported_then_mended(learned, spoil, capsys):
    right = left_behind()
    spoil()
    with pytest.raises(CommandError, match="differ"):
        call_command("rebuild_progress", "--check")
    assert left_behind() != right
    call_command("rebuild_progress")
    assert rebuild(check=True) == []
    assert left_behind() == right


def test_a_long_list_of_differences_is_cut_with_its_length(
    learned, learner_at, ban_nong_bua, lessons, event, nok, capsys
):
    people = [learner_at(ban_nong_bua, f"คนที่ {n}") for n in range(60)]
    record([event(person, lessons[0]) for person in people], by=nok)
    LessonProgress.objects.update(seconds=99)
    with pytest.raises(CommandError):
        call_command("rebuild_progress", "--check")
    assert "... and 13 more" in capsys.readouterr().out
