"""Who needs help, and why: the four reasons, their order, and what they cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import Enrolment, LessonProgress
from courses.needs import BY_NAME, BY_URGENCY, needs, told
from lms.accounts.models import User
from lms.centres.models import HomeCentre, SignIn
from lms.centres.seats import seats_at

DAY = 24 * 60


@pytest.fixture
def found(nok, ban_nong_bua):
    """The needs that ครูนก is told: found() or found("stuck")."""

    def make(why=None, user=nok, order=BY_URGENCY):
        seats = seats_at([ban_nong_bua])
        return told(needs(user, seats, why).order_by(*order), seats)

    return make


def reasons(found):
    return [(need.name, need.why) for need in found]


def sat_down(learner, minutes):
    SignIn.objects.filter(learner=learner).update(started_at=timezone.now() - timedelta(minutes=minutes))


def test_three_wrong_answers_to_the_same_question_are_being_stuck(found, somsri, hands_on, did):
    for _ in range(2):
        did(somsri, hands_on, "single_choice", 0)
    assert found() == []
    did(somsri, hands_on, "single_choice", 0)
    need = found()[0]
    assert (need.why, need.learner, need.tries, need.question) == ("stuck", somsri.pk, 3, "อะไรเป็นทุน")
    assert need.words.heading == "ทุนของเรา"
    did(somsri, hands_on, "single_choice", 1)
    assert found() == []


def test_three_wrong_answers_to_different_questions_are_not(found, somsri, course, did):
    lesson = course.lessons()[0]
    did(somsri, lesson, "single_choice", 0)
    did(somsri, lesson, "single_choice", 0)
    did(somsri, lesson, "number", 1)
    assert found() == []


def test_the_question_that_was_missed_most_is_named(found, somsri, course, did):
    lesson = course.lessons()[0]
    for _ in range(3):
        did(somsri, lesson, "single_choice", 0)
    for _ in range(4):
        did(somsri, lesson, "number", 1)
    assert [(need.question, need.tries) for need in found()] == [("ถุงละกี่บาท", 4)]


def test_who_sits_here_silent_for_fifteen_minutes_waits(found, somsri, course, did, device, sits_at):
    did(somsri, course.lessons()[0], "started", ago=30)
    assert found() == []  # not here
    sits_at(somsri, device)
    assert found() == []  # sat down just now
    sat_down(somsri, 20)
    need = found()[0]
    assert (need.why, need.device) == ("waiting", device.name)
    assert timedelta(minutes=19) < timezone.now() - need.since < timedelta(minutes=21)  # since sitting down
    did(somsri, course.lessons()[0], "single_choice", 0, ago=14)
    assert found() == []


def test_who_has_finished_their_latest_lesson_does_not_wait(found, somsri, course, did, device, sits_at):
    first, second = course.lessons()
    did(somsri, first, "started", ago=40)
    did(somsri, second, "finished", ago=30)
    sits_at(somsri, device)
    sat_down(somsri, 60)
    assert found() == []


@pytest.mark.parametrize("gone", ["left", "idle"])
def test_who_has_gone_or_was_left_idle_does_not_wait(found, somsri, course, did, device, sits_at, gone):
    did(somsri, course.lessons()[0], "started", ago=30)
    browser = sits_at(somsri, device)
    sat_down(somsri, 30)
    assert len(found()) == 1
    if gone == "left":
        browser.post("/sign-out/")
    else:
        session = browser.session
        session["seen"] -= 700
        session.save()
    assert found() == []


def test_who_began_and_was_not_seen_for_fourteen_days_is_away(found, somsri, course, did):
    did(somsri, course.lessons()[0], "finished", ago=14 * DAY + 1)
    need = found()[0]
    assert (need.why, need.words.heading) == ("away", course.lessons()[0].title)


def test_who_learned_or_signed_in_since_is_not_away(found, somsri, course, hands_on, did, device):
    did(somsri, course.lessons()[0], "started", ago=30 * DAY)
    assert reasons(found()) == [("ป้าสมศรี", "away")]
    visit = somsri.sign_ins.create(device=device, session_key="x", ended_at=timezone.now())
    assert found() == []
    visit.delete()
    did(somsri, hands_on, "started", ago=13 * DAY)
    assert found() == []


def test_who_has_finished_all_they_began_or_began_nothing_is_not_away(found, somsri, thongbai, course, did):
    for lesson in course.lessons():
        did(somsri, lesson, "finished", ago=30 * DAY)
    assert found() == []


def test_one_is_away_once_however_many_courses_one_began(found, somsri, write_course, did):
    for days in (40, 30, 20):
        did(somsri, write_course(f"วิชา {days}").lessons()[0], "started", ago=days * DAY)
    need = found()[0]
    assert len(found()) == 1
    assert (timezone.now() - need.since).days == 20


def test_a_task_that_is_done_waits_until_somebody_looked(found, somsri, nok, hands_on, did):
    did(somsri, hands_on, "task", [0, 1], ago=5)
    assert found() == []
    did(somsri, hands_on, "task", [0, 1, 2], ago=4)
    assert [(need.why, need.question) for need in found()] == [("unchecked", "คิดทุนของเรา")]
    did(somsri, hands_on, "task", {"done": [0], "note": "ลองอีกที"}, ago=3, by=nok, verb="checked")
    assert found() == []
    did(somsri, hands_on, "task", [0, 1, 2], ago=2)
    assert len(found("unchecked")) == 1


def test_the_most_urgent_come_first_and_then_who_has_waited_longest(
    found, somsri, thongbai, ban_nong_bua, learner_at, hands_on, course, did, device, sits_at
):
    kaew, dam, chan = (learner_at(ban_nong_bua, name) for name in ("ป้าแก้ว", "ลุงดำ", "ยายจันทร์"))
    did(dam, course.lessons()[0], "started", ago=20 * DAY)
    did(kaew, hands_on, "task", [0, 1, 2])
    did(chan, course.lessons()[0], "started", ago=50)
    sits_at(chan, device)
    sat_down(chan, 50)
    for learner, ago in ((somsri, 10), (thongbai, 20)):
        for _ in range(3):
            did(learner, hands_on, "single_choice", 0, ago=ago)
    assert reasons(found()) == [
        ("ป้าทองใบ", "stuck"),
        ("ป้าสมศรี", "stuck"),
        ("ยายจันทร์", "waiting"),
        ("ป้าแก้ว", "unchecked"),
        ("ลุงดำ", "away"),
    ]
    assert [need.name for need in found(order=BY_NAME)] == ["ป้าแก้ว", "ป้าทองใบ", "ป้าสมศรี", "ยายจันทร์", "ลุงดำ"]


def test_other_centres_people_are_nobodys_business(found, fah, kham, wipha, hands_on, did):
    for _ in range(3):
        did(fah, hands_on, "single_choice", 0)
    did(fah, hands_on, "task", [0, 1, 2])
    assert found() == found(user=wipha) == []
    assert reasons(found(user=kham)) == [("น้องฟ้า", "stuck"), ("น้องฟ้า", "unchecked")]


def test_who_is_no_learner_any_more_needs_nothing(found, somsri, hands_on, did):
    for _ in range(3):
        did(somsri, hands_on, "single_choice", 0)
    User.objects.filter(pk=somsri.pk).update(is_active=False)
    assert found() == []


def test_a_lesson_that_is_gone_breaks_nothing(found, somsri, hands_on, did):
    for _ in range(3):
        did(somsri, hands_on, "single_choice", 0)
    did(somsri, hands_on, "task", [0, 1, 2])
    hands_on.get_parent().specific.delete()
    assert [(need.why, need.question, need.words.heading) for need in found()] == [
        ("stuck", "", ""),
        ("unchecked", "", ""),
    ]


def test_3000_learners_cost_the_same_queries_and_the_first_come_quickly(found, nok, ban_nong_bua, course, shelf):
    crowd(ban_nong_bua, course, 3000)
    seats = seats_at([ban_nong_bua])
    with CaptureQueriesContext(connection) as asked:
        rows = needs(nok, seats).at(ban_nong_bua).order_by(*BY_URGENCY)[:50]
        assert len(told(rows, seats)) == 50
    assert len(asked) == 3  # the rows, their lessons in words, and their answers


def crowd(centre, course, count):
    """Every one of them is stuck, has a task to check, and is away."""
    long_ago, lesson = timezone.now() - timedelta(days=30), course.lessons()[0]
    people = User.objects.bulk_create(User(name=f"คนที่ {n}", password="!") for n in range(count))
    HomeCentre.objects.bulk_create(HomeCentre(learner=person, centre=centre) for person in people)
    kept = {"course": course.key, "centre": centre, "started_at": long_ago, "last_at": long_ago}
    LessonProgress.objects.bulk_create(
        LessonProgress(learner=person, lesson=lesson.key, stuck_since=long_ago, unchecked_since=long_ago, **kept)
        for person in people
    )
    Enrolment.objects.bulk_create(Enrolment(learner=person, last_lesson=lesson.key, **kept) for person in people)
