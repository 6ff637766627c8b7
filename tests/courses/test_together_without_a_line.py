"""What a group's screen brings when the line is back: answers from its outbox, who left, who was back, and the end."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from courses.groups import admit, leave, own_id, start
from courses.models import GroupMember, GroupSession, LearningEvent
from courses.progress import Event, record
from lms.accounts.ids import uuid7
from lms.centres.outbox import NO_DEVICE
from lms.centres.signing_in import DEVICE_COOKIE
from tests.courses.boxes import box_of


@pytest.fixture
def lesson(course):
    return course.lessons()[0]


@pytest.fixture
def group(somsri, thongbai, course, lesson, ban_nong_bua):
    """Somsri leads, ทองใบ is there, since twenty minutes."""
    group = start(somsri, ban_nong_bua, course, lesson, "all")
    admit(group, thongbai)
    GroupSession.objects.update(started_at=ago(20), touched_at=ago(1))
    GroupMember.objects.update(joined_at=ago(20))
    group.refresh_from_db()
    return group


@pytest.fixture
def leader(client, somsri):
    client.force_login(somsri, backend="lms.centres.backends.PeopleBackend")
    return client


def ago(minutes):
    return timezone.now() - timedelta(minutes=minutes)


def tell(browser, group, *moves):
    """What the screen has noted, (move, learner, moment, more facts), handed in by the outbox; their statuses."""
    boxes = [box_of(group.facilitator, NO_DEVICE, moved(group, *move)) for move in moves]
    answer = browser.post("/outbox/", {"boxes": boxes}, content_type="application/json")
    return [verdict["status"] for verdict in answer.json()["verdicts"]]


def moved(group, move, learner, moment, **more):
    facts = {"id": str(uuid7()), "session": str(group.pk), "learner": str(learner.pk), "move": move}
    return facts | {"occurred_at": moment.isoformat()} | more


def spans_of(learner):
    found = GroupMember.objects.filter(learner=learner.pk).order_by("joined_at").values_list("joined_at", "left_at")
    return [
        tuple(moment and round((timezone.now() - moment).total_seconds() / 60) for moment in span) for span in found
    ]


def test_who_left_and_was_back_is_told_afterwards_and_twice_changes_nothing(leader, group, thongbai):
    moves = [("left", thongbai, ago(15)), ("back", thongbai, ago(10)), ("left", thongbai, ago(5))]
    for _twice in range(2):
        assert tell(leader, group, *moves) == ["accepted"] * 3
        assert spans_of(thongbai) == [(20, 15), (10, 5)]
    for move in [("back", thongbai, ago(2)), *moves]:
        assert tell(leader, group, move) == ["accepted"]
        assert spans_of(thongbai) == [(20, 15), (10, 5), (2, None)]


def test_nobody_comes_in_that_way_who_was_not_let_in(leader, group, learner_at, ban_nong_bua):
    other = learner_at(ban_nong_bua, "ป้าบัวลอย")
    assert tell(leader, group, ("back", other, ago(5))) == ["accepted"]
    assert spans_of(other) == []


def test_nothing_is_told_of_a_time_before_or_after_the_session(leader, group, somsri, thongbai):
    leave(group, thongbai.pk)
    group.end(at=ago(10))
    tell(leader, group, ("back", thongbai, ago(60)), ("back", thongbai, ago(5)), ("left", somsri, ago(5)))
    assert len(spans_of(thongbai)) == 1
    assert spans_of(somsri) == [(20, None)]


def test_a_session_of_which_nothing_was_heard_went_on_as_long_as_somebody_moved(leader, group, thongbai, settings):
    settings.SALA_GROUP_IDLE_SECONDS = 600
    GroupSession.objects.update(touched_at=ago(18))
    GroupSession.objects.close_forgotten()
    tell(leader, group, ("left", thongbai, ago(9)), ("back", thongbai, ago(1)), ("left", thongbai, ago(12)))
    assert spans_of(thongbai) == [(20, 12), (1, None)]
    group.refresh_from_db()
    assert round((timezone.now() - group.ended_at).total_seconds() / 60) == 1


def test_the_end_is_told_afterwards(leader, group, somsri):
    assert tell(leader, group, ("ended", somsri, ago(1))) == ["accepted"]
    group.refresh_from_db()
    assert group.ended_at
    assert not group.is_forgotten


def test_the_machine_tells_it_where_whoever_led_has_left(client, group, somsri, thongbai, device):
    client.cookies[DEVICE_COOKIE] = device.cookie
    boxes = [box_of(somsri, device.pk, moved(group, "left", thongbai, ago(3)))]
    assert client.post("/outbox/", {"boxes": boxes}, "application/json").json()["verdicts"][0]["status"] == "accepted"
    assert spans_of(thongbai) == [(20, 3)]


def test_only_who_leads_and_still_may_tells_it(client, leader, group, somsri, thongbai, ban_pua):
    told = [box_of(thongbai, NO_DEVICE, moved(group, "left", somsri, ago(3)))]
    answer = leader.post("/outbox/", {"boxes": told}, "application/json")
    assert answer.json()["verdicts"][0]["status"] == "rejected"  # sealed by somebody else than who is signed in
    client.force_login(thongbai, backend="lms.centres.backends.PeopleBackend")
    assert client.post("/outbox/", {"boxes": told}, "application/json").json()["verdicts"][0]["status"] == "rejected"
    ban_pua.welcome(somsri)
    client.force_login(somsri, backend="lms.centres.backends.PeopleBackend")
    assert tell(client, group, ("left", thongbai, ago(3))) == ["rejected"]
    assert spans_of(thongbai) == [(20, None)]


@pytest.mark.parametrize("odd", [{"move": "in"}, {"session": "x"}, {"occurred_at": "now"}, {"learner": 7}, {"more": 1}])
def test_nonsense_is_refused(odd, leader, group, somsri, thongbai):
    facts = moved(group, "left", thongbai, ago(3)) | odd
    answer = leader.post("/outbox/", {"boxes": [box_of(somsri, NO_DEVICE, facts)]}, content_type="application/json")
    assert answer.json()["verdicts"][0]["status"] == "rejected"
    assert spans_of(thongbai) == [(20, None)]


def test_the_screen_says_of_each_event_what_became_of_it(leader, group, somsri, thongbai, lesson):
    base = uuid7()
    answer = leader.post(
        f"/together/{group.pk}/activities/{lesson.body[1].id}/",
        {"event": str(base), "answer": "1"},
        headers={"X-Fragment": "outbox"},
    )
    wanted = {f"{own_id(base, person.pk)}=accepted:" for person in (somsri, thongbai)}
    assert set(answer["X-Verdicts"].split(",")) == wanted
    assert "data-activity" in answer.content.decode()
    late = [  # the reply was lost, and the outbox sends them once more
        Event(
            id=own_id(base, person.pk),
            learner=person.pk,
            lesson=lesson.key,
            verb="answered",
            activity=UUID(lesson.body[1].id),
            answer=1,
            occurred_at=timezone.now(),
            session=group.pk,
        )
        for person in (somsri, thongbai)
    ]
    assert {verdict.status for verdict in record(late, by=somsri)} == {"duplicate"}
    assert LearningEvent.objects.filter(verb="answered").count() == 2


def test_all_that_is_needed_to_go_on_comes_after_the_page(leader, group, lesson, thongbai):
    told = leader.get(f"/together/{group.pk}/steps/").json()
    assert told["steps"].count("data-step=") == 5  # opening, text, two questions, close
    assert set(told["definitions"]) == {lesson.body[1].id, lesson.body[2].id}
    assert set(told["spans"]) >= {str(thongbai.pk)}
    assert told["moments"] == {}
