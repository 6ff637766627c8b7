"""The invented country holds together: what it keeps is what its events say."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from courses import event_months
from courses.models import ActiveMonth, CourseCount, Enrolment, LearningEvent, LessonProgress
from courses.progress.rebuilding import rebuild
from lms.centres.models import Centre, Learner
from lms.network.sample.copying import Json, _read, as_text


@pytest.fixture
def sample(write_course, ban_nong_bua, ban_pua, settings):
    settings.SALA_DEMO = True
    write_course(lessons=4)
    words = StringIO()
    call_command("make_sample", "--learners", "60", "--centres", "5", "--events", "900", stdout=words)
    return words.getvalue()


def test_everything_it_keeps_is_what_its_events_say(sample):
    assert LearningEvent.objects.count() > 500
    assert rebuild(check=True) == []


def test_it_makes_what_it_was_asked_for(sample):
    centres = Centre.objects.filter(code__startswith="SAMPLE-")
    assert (centres.count(), Learner.objects.filter(home__centre__in=centres).count()) == (5, 60)
    assert "60 people at 5 centres" in sample
    assert LearningEvent.objects.filter(occurred_at__gt=timezone.now()).count() == 0


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite keeps all events in one table")
def test_each_month_of_it_has_a_table(sample):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {event_months.OTHERS}")
        assert cursor.fetchone() == (0,)
    assert len(event_months.attached()) >= 24


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite puts nothing aside meanwhile")
def test_each_month_of_it_has_every_index(sample):
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")
        assert cursor.fetchall() == []
        cursor.execute(
            "SELECT DISTINCT (SELECT count(*) FROM pg_index WHERE indrelid = inhrelid) FROM pg_inherits"
            " WHERE inhparent = 'courses_learningevent'::regclass"
        )
        assert cursor.fetchall() == [(3,)]


def test_people_learn_some_lessons_and_finish_some_courses(sample):
    told = CourseCount.objects.aggregate(starters=Sum("starters"), finishers=Sum("finishers"))
    assert told["starters"] == Enrolment.objects.count() == 60
    assert 0 < told["finishers"] < told["starters"]
    assert LessonProgress.objects.exclude(finished_at=None).count() > 60
    assert ActiveMonth.objects.count() >= 60


def test_it_can_be_made_twice(sample, settings):
    call_command("make_sample", "--learners", "20", "--centres", "2", "--events", "200", stdout=StringIO())
    assert Centre.objects.filter(code__startswith="SAMPLE-").count() == 7
    assert rebuild(check=True) == []


@pytest.mark.django_db
def test_it_is_never_made_where_real_people_learn():
    with pytest.raises(CommandError, match="lms.settings.demo"):
        call_command("make_sample", stdout=StringIO())


def test_lines_are_read_back_as_they_were(db):
    odd = "a\\b\tc\nd\\te"
    line = as_text([[odd, None, True, 3, Json({"t": odd})]])
    cells = [_read(cell) for cell in line.rstrip("\n").split("\t")]
    assert cells[:4] == [odd, None, "1", "3"]
    assert cells[4] == '{"t":"a\\\\b\\tc\\nd\\\\te"}'
