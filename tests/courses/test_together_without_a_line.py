"""What a group's screen brings when the line is back: answers from its outbox, who left, who was back, and the end."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from courses.groups import admit, leave, own_id, start
from courses.models import GroupMember, GroupSession, LearningEvent
from courses.progress import Event, record
from lms.accounts.ids import uuid7


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


def tell(browser, group, spans=(), **more):
    told = [
        {"learner": str(learner.pk), "joined_at": joined.isoformat(), "left_at": left and left.isoformat()}
        for learner, joined, left in spans
    ]
    body = json.dumps({"spans": told} | more)
    return browser.post(f"/together/{group.pk}/moves/", body, content_type="application/json").status_code


def spans_of(learner):
    found = GroupMember.objects.filter(learner=learner.pk).order_by("joined_at").values_list("joined_at", "left_at")
    return [
        tuple(moment and round((timezone.now() - moment).total_seconds() / 60) for moment in span) for span in found
    ]


def test_who_left_and_was_back_is_told_afterwards_and_twice_changes_nothing(leader, group, thongbai):
    moves = [(thongbai, ago(15), ago(10)), (thongbai, ago(5), None)]
    for _twice in range(2):
        assert tell(leader, group, moves) == 204
        assert spans_of(thongbai) == [(20, 10), (5, None)]
    assert tell(leader, group, [(thongbai, ago(4), ago(2))]) == 204
    assert spans_of(thongbai) == [(20, 10), (5, 2)]


def test_nobody_comes_in_that_way_who_was_not_let_in(leader, group, learner_at, ban_nong_bua):
    other = learner_at(ban_nong_bua, "ป้าบัวลอย")
    assert tell(leader, group, [(other, ago(5), None)]) == 204
    assert spans_of(other) == []


def test_nothing_is_told_of_a_time_before_or_after_the_session(leader, group, thongbai):
    leave(group, thongbai.pk)
    assert tell(leader, group, [(thongbai, ago(60), None), (thongbai, ago(-60), None)]) == 204
    assert len(spans_of(thongbai)) == 1


def test_the_end_is_told_afterwards(leader, group):
    assert tell(leader, group, ended_at=ago(1).isoformat()) == 204
    group.refresh_from_db()
    assert group.ended_at
    assert not group.is_forgotten


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"spans": [{}]}', b'{"ended_at": "now"}', b"\xff", b"[" * 5000])
def test_nonsense_is_refused(body, leader, group):
    answer = leader.post(f"/together/{group.pk}/moves/", body, content_type="application/json")
    assert answer.status_code == 400


def test_only_who_leads_tells_it(client, group, thongbai):
    client.force_login(thongbai, backend="lms.centres.backends.PeopleBackend")
    assert tell(client, group) == 404


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
