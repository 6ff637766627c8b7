from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.grading import grade
from courses.models import Enrolment, LearningEvent, LessonOutline, RejectedEvent
from courses.progress import rebuild
from lms.accounts.models import User
from lms.centres.models import Centre, Learner, Province
from lms.centres.places import load_places
from lms.network.demo.learning import right_answer, wrong_answer


@pytest.fixture
def demo(settings, db):
    """The demo's places and settings; nobody in it yet."""
    settings.SALA_DEMO = True
    load_places()


@pytest.fixture
def told(demo, write_course, capsys):
    """The demo with a course of four lessons, and what was printed."""
    write_course(lessons=4)
    call_command("load_demo")
    return capsys.readouterr().out


def test_the_demo_has_a_centre_in_every_region_and_people_at_each(told):
    assert Centre.objects.count() == 8
    regions = Centre.objects.filter(subdistrict__district__province__regions__region_set__is_current=True).values_list(
        "subdistrict__district__province__regions__code", flat=True
    )
    assert set(regions) == {"N", "NE", "C", "S"}
    assert all(centre.learners.exists() for centre in Centre.objects.all())
    for centre in Centre.objects.all():
        centre.full_clean()


def test_everybody_who_is_named_can_sign_in(told, client):
    for username in ("nok", "ek", "wipha", "admin"):
        assert f"sala-demo-{username}" in told
        assert client.login(username=username, password=f"sala-demo-{username}")
    somsri = Learner.objects.get(name="ป้าสมศรี")
    assert somsri.code.matches("fish-lotus-mango")
    assert "ป้าสมศรี" in told and "fish lotus mango" in told


def test_each_of_them_sees_what_their_role_allows(told):
    nok, ek, wipha = (User.objects.get(username=name) for name in ("nok", "ek", "wipha"))
    assert Centre.objects.cared_for_by(nok).get().name_en == "Ban Nong Bua"
    assert Learner.objects.visible_to(nok).count() == 13
    assert {centre.name_en for centre in Centre.objects.visible_to(ek)} == {"Ban Nong Bua", "Ban Khok Sung"}
    assert Centre.objects.visible_to(wipha).count() == 8
    assert User.objects.get(username="admin").is_superuser


def test_learning_is_plausible_and_was_recorded_like_any_other(told):
    assert Enrolment.objects.filter(completed_at__isnull=False).exists()
    assert Enrolment.objects.filter(completed_at=None).exists()
    assert LearningEvent.objects.filter(correct=False).exists()
    assert not RejectedEvent.objects.exists()
    assert Enrolment.objects.get(learner__name="ป้าสมศรี").lessons_finished == 2
    times = LearningEvent.objects.values_list("occurred_at", flat=True)
    assert timezone.now() - timedelta(days=200) < min(times) and max(times) <= timezone.now()
    assert {timezone.localtime(moment).hour for moment in times} <= set(range(9, 18))
    assert rebuild(check=True) == []


def test_the_second_run_adds_nothing_and_asks_little(told, capsys, django_assert_max_num_queries):
    counts = [model.objects.count() for model in (Centre, User, LearningEvent)]
    with django_assert_max_num_queries(10):
        call_command("load_demo")
    assert [model.objects.count() for model in (Centre, User, LearningEvent)] == counts
    assert capsys.readouterr().out == told


def test_without_courses_there_are_people_and_later_learning(demo, write_course):
    call_command("load_demo")
    assert not LearningEvent.objects.exists()
    write_course()
    call_command("load_demo")
    assert LearningEvent.objects.exists()


@pytest.mark.parametrize("command", ["load_demo", "prepare_demo"])
def test_real_settings_refuse_the_demo(command, db):
    with pytest.raises(CommandError, match="demo"):
        call_command(command)
    assert not Province.objects.exists()
    assert not User.objects.exists()


def test_the_demo_asks_for_places_first(db, settings):
    settings.SALA_DEMO = True
    with pytest.raises(CommandError, match="load_places"):
        call_command("load_demo")


def test_answers_of_the_demo_are_right_and_wrong_as_meant(course):
    for outline in LessonOutline.objects.all():
        for definition in outline.activities.values():
            assert grade(definition, right_answer(definition)).correct in (True, None)
            wrong = wrong_answer(definition)
            assert wrong is None or grade(definition, wrong).correct is False
