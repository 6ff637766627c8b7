"""Who needs help and which tasks wait, for other programs: the desk's own lists, as JSON and as a sheet."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from courses.models import LessonProgress
from courses.progress import rebuild
from tests.counting import queries_for_one_and_for_many

NEEDS, TASKS = "/api/v1/needs/", "/api/v1/tasks/"
DAY = 24 * 60


def results(client, address, **asked):
    answer = client.get(address, asked)
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


@pytest.fixture
def stuck(somsri, hands_on, did):
    """ป้าสมศรี missed a question four times, ten minutes ago."""
    for _ in range(4):
        did(somsri, hands_on, "single_choice", 0, ago=10)


@pytest.fixture
def handed_in(somsri, thongbai, hands_on, nok, did):
    """ป้าสมศรี's task waits, and ป้าทองใบ's was seen."""
    did(somsri, hands_on, "task", [0, 1, 2], ago=5)
    did(thongbai, hands_on, "task", [0, 1, 2], ago=9)
    did(thongbai, hands_on, "task", {"done": [0, 1], "note": "หารอีกที"}, ago=3, by=nok, verb="checked")


def test_a_need_says_who_why_since_when_and_which_question(stuck, api, nok, somsri, hands_on):
    row = results(api(nok), NEEDS)[0]
    assert (row["learner"], row["why"], row["tries"]) == (str(somsri.pk), "stuck", 4)
    assert (row["lesson"], row["question"]) == (str(hands_on.key), "อะไรเป็นทุน")
    assert row["activity"] == hands_on.body[0].id
    assert row["since"].endswith("Z")


def test_the_sheet_holds_the_same(stuck, handed_in, api, nok):
    listed = results(api(nok), NEEDS)
    sheet = rows_of(api(nok).get(NEEDS, {"format": "csv"}))
    assert [row["why"] for row in listed] == ["stuck", "unchecked"]
    assert [{name: "" if value is None else str(value) for name, value in row.items()} for row in listed] == sheet


def test_one_reason_can_be_asked_for(stuck, handed_in, api, nok):
    assert [row["why"] for row in results(api(nok), NEEDS, why="unchecked")] == ["unchecked"]
    assert results(api(nok), NEEDS, why="away") == []


def test_a_page_follows_the_other_across_the_reasons(stuck, handed_in, api, nok, ban_nong_bua, learner_at, course, did):
    for n in range(3):
        did(learner_at(ban_nong_bua, f"คน {n}"), course.lessons()[0], "started", ago=(20 + n) * DAY)
    client, seen, address = api(nok), [], f"{NEEDS}?limit=2"
    while address:
        answer = client.get(address).json()
        seen += [(row["name"], row["why"]) for row in answer["results"]]
        address = answer["next"]
    assert seen == [
        ("ป้าสมศรี", "stuck"),
        ("ป้าสมศรี", "unchecked"),
        ("คน 2", "away"),
        ("คน 1", "away"),
        ("คน 0", "away"),
    ]
    by_name = [row["name"] for row in results(client, NEEDS, sort="name")]
    assert by_name == ["คน 0", "คน 1", "คน 2", "ป้าสมศรี", "ป้าสมศรี"]


@pytest.mark.parametrize("address", [NEEDS, TASKS])
def test_everybody_sees_their_own_people_only(stuck, handed_in, address, api, nok, kham, ek, wipha):
    assert {row["name"] for row in results(api(nok), address)} >= {"ป้าสมศรี"}
    assert results(api(ek), address) == results(api(nok), address)
    assert results(api(kham), address) == results(api(wipha), address) == []


def test_a_helper_gets_no_list_of_tasks_from_the_api(handed_in, api, learner_at, ban_nong_bua):
    helper = learner_at(ban_nong_bua, "น้องต้น")
    helper.memberships.create(centre=ban_nong_bua, role="helper")
    assert results(api(helper), TASKS) == []


@pytest.mark.parametrize("address", [NEEDS, TASKS])
def test_a_centre_can_be_asked_for_but_not_one_of_others(stuck, handed_in, address, api, nok, kham):
    assert results(api(nok), address, centre="TH-32-0001") == results(api(nok), address)
    for code in ("TH-32-0001", "TH-99-9999"):
        assert api(kham).get(address, {"centre": code}).status_code == 400


@pytest.mark.parametrize(
    "asked", [{"why": "lazy"}, {"since": "2026-01-01"}, {"sort": "age"}, {"cursor": "x"}, {"centre": "\0"}]
)
def test_what_cannot_be_asked_is_told_so(api, nok, asked):
    assert api(nok).get(NEEDS, asked).status_code == 400


def test_a_task_says_how_it_stands(handed_in, api, nok):
    waiting, seen = results(api(nok), TASKS, state="waiting"), results(api(nok), TASKS, state="checked")
    assert [(row["name"], row["state"], row["ticked"], row["seen"]) for row in waiting] == [
        ("ป้าสมศรี", "waiting", 3, None)
    ]
    assert [(row["name"], row["state"], row["seen"], row["note"]) for row in seen] == [
        ("ป้าทองใบ", "again", 2, "หารอีกที")
    ]
    assert seen[0]["title"] == "คิดทุนของเรา"
    assert len(results(api(nok), TASKS)) == 2
    assert len(rows_of(api(nok).get(TASKS, {"format": "csv"}))) == 2


def test_a_passed_task_is_told_as_passed(somsri, nok, hands_on, did, api):
    did(somsri, hands_on, "task", [0, 1, 2], ago=5)
    did(somsri, hands_on, "task", {"done": [0, 1, 2]}, by=nok, verb="checked")
    assert [row["state"] for row in results(api(nok), TASKS)] == ["passed"]
    assert rebuild(check=True) == []


@pytest.mark.parametrize("address", [NEEDS, f"{NEEDS}?sort=name", TASKS, f"{TASKS}?state=waiting"])
def test_300_rows_cost_no_more_queries_than_one(address, api, nok, somsri, hands_on, crowd, did, ban_nong_bua):
    did(somsri, hands_on, "task", [0, 1, 2])
    client = api(nok)

    def ask():
        return len(results(client, address))

    def add(count):
        answers = LessonProgress.objects.get(learner=somsri).answers
        people = crowd(ban_nong_bua, count)
        kept = {"course": hands_on.get_parent().specific.key, "centre": ban_nong_bua, "last_at": timezone.now()}
        since = timezone.now() - timedelta(hours=1)
        LessonProgress.objects.bulk_create(
            LessonProgress(
                learner=person, lesson=hands_on.key, started_at=since, unchecked_since=since, answers=answers, **kept
            )
            for person in people
        )

    assert queries_for_one_and_for_many(ask, add, shown=50) <= 8
