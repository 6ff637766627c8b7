"""The week's summary says what the counts know, and a week that was written stays as it was."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from courses.models import ANY_COURSE, LastHeard, LateCount, MovedAway, Oddity, PeopleCount
from lms.network.ministry import weekly
from lms.network.ministry.weekly import Summary, Week


@pytest.fixture
def week(ban_nong_bua, ban_pua, regions):
    """The last week. Ban Pua was heard from 33 days before it ended; a month changed in it at Ban Nong Bua."""
    week = Week.last()
    start, end = week.ends
    LastHeard.objects.create(centre=ban_nong_bua, at=end)
    LastHeard.objects.create(centre=ban_pua, at=end - timedelta(days=33))
    PeopleCount.objects.create(
        course=ANY_COURSE, month=week.month, centre=ban_nong_bua, joined=12, active=1234, starters=5
    )
    LateCount.objects.create(month=202001, centre=ban_nong_bua, events=7, last_at=start + timedelta(hours=3))
    LateCount.objects.create(month=202002, centre=ban_pua, events=7, last_at=end)
    return week


def written(tmp_path, **options):
    """{ending: text} of the files."""
    call_command("weekly_summary", folder=tmp_path, language="en", stdout=io.StringIO(), **options)
    return {path.suffix: path.read_text(encoding="utf-8-sig") for path in tmp_path.iterdir()}


def test_it_tells_people_of_the_month_newly_silent_centres_and_changed_months(week, tmp_path):
    files = written(tmp_path)
    assert files.keys() == {".html", ".txt", ".csv"}
    for text in (files[".html"], files[".txt"]):
        assert "1,234" in text
        assert "TH-55-0001" in text and "TH-32-0001" not in text
        assert "Jan\u00a02020: learning came in late (centres: 1)" in text
        assert "Feb\u00a02020" not in text
    rows = [tuple(row.values()) for row in csv.DictReader(io.StringIO(files[".csv"]))]
    assert ("newly_silent", "TH-55-0001") in [row[:2] for row in rows]
    assert "1234" in [row[3] for row in rows if row[0] == "people_active"]
    assert "src=" not in files[".html"] and "<link" not in files[".html"], "nothing is fetched from elsewhere"


def test_months_that_others_left_count_among_the_changed_ones_and_each_centre_once(
    week, ban_nong_bua, ban_pua, tmp_path
):
    for month, centre in ((202001, ban_nong_bua), (202001, ban_pua), (202003, ban_pua)):
        MovedAway.objects.create(month=month, centre=centre, at=week.ends[0])
    MovedAway.objects.create(month=202004, centre=ban_pua, at=week.ends[1])
    text = written(tmp_path)[".txt"]
    assert "Jan\u00a02020: learning came in late (centres: 2)" in text
    assert "Mar\u00a02020: learning came in late (centres: 1)" in text and "Apr\u00a02020" not in text


def test_a_region_and_a_province_tell_their_own(week, tmp_path):
    assert "TH-55-0001" not in written(tmp_path / "ne", place="NE")[".txt"]
    assert "1,234" not in written(tmp_path / "n", place="55")[".txt"]


def test_the_same_week_again_is_the_same_file(week, tmp_path):
    first = written(tmp_path)
    PeopleCount.objects.update(active=9)
    assert written(tmp_path) == first


def test_of_an_earlier_week_it_does_not_say_who_was_heard_from(week, tmp_path):
    earlier = Week(week.monday - timedelta(days=7))
    text = written(tmp_path, week=earlier.code)[".txt"]
    assert "can only be said right after it" in text
    assert "TH-55-0001" not in text


@pytest.fixture
def ask(week):
    """ask(centre, day=3): a question found on that day of the week, 0 to 6; answered on another, or not."""

    def make(centre, day=3, answered=None, **more):
        start = week.ends[0]
        answered_at = None if answered is None else start + timedelta(days=answered)
        day_seen = week.monday - timedelta(days=Oddity.objects.count())  # each a question of its own
        return Oddity.objects.create(
            kind="closed",
            evidence={"status": "paused", "people": 3, "events": 20},
            centre=centre,
            day=day_seen,
            found_at=start + timedelta(days=day),
            answered_at=answered_at,
            **more,
        )

    return make


def test_it_tells_at_which_centres_questions_waited_when_the_week_ended_and_where_to_read_them(
    ask, ban_nong_bua, ban_pua, somsri, tmp_path, settings
):
    settings.SALA_ADDRESS = "https://sala.example"
    ask(ban_pua, day=-300, learner=somsri)
    ask(ban_nong_bua, answered=5)
    ask(ban_nong_bua, answered=8)
    ask(ban_nong_bua)
    ask(ban_nong_bua, day=7)
    files = written(tmp_path / "nation")
    for text in (files[".html"], files[".txt"]):
        assert "Waiting for the centre" in text and "answer: 3 (centres: 2)" in text
        assert text.index("(TH-32-0001): 2") < text.index("(TH-55-0001): 1")
        assert "https://sala.example/en/desk/oddities/" in text and "ป้าสมศรี" not in text
    rows = [tuple(row.values()) for row in csv.DictReader(io.StringIO(files[".csv"]))]
    assert [(row[1], row[3]) for row in rows if row[0] == "questions_waiting"] == [
        ("TH-32-0001", "2"),
        ("TH-55-0001", "1"),
    ]
    north = written(tmp_path / "n", place="N")[".txt"]
    assert "answer: 1 (centres: 1)" in north
    assert "https://sala.example/en/ministry/oddities/?state=waiting&region=N\n" in north


def test_its_link_opens_the_same_questions_to_the_ministry_and_those_of_a_core_member(
    ask, ban_nong_bua, ban_pua, week, wipha, ek, settings
):
    settings.SALA_ADDRESS = "http://testserver"
    ask(ban_nong_bua)
    ask(ban_pua)
    for user, place, address, number in [(wipha, "", 0, 2), (wipha, "NE", 0, 1), (ek, "NE", 1, 1)]:
        browser = Client()
        browser.force_login(user)
        page = browser.get(Summary(week, place).questions_at[address])
        assert page.status_code == 200 and len(page.context["oddities"]) == number == len(
            Summary(week, place).questions
        )


def test_many_centres_with_questions_are_named_up_to_a_number_and_cost_one_query(
    ask, ban_nong_bua, ban_pua, week, tmp_path, monkeypatch, django_assert_num_queries
):
    ask(ban_nong_bua)
    ask(ban_pua)
    monkeypatch.setattr(weekly, "NAMED", 1)
    summary = Summary(week)
    assert len(summary.scope.places) == 2
    with django_assert_num_queries(1):
        assert (len(summary.questions_named), summary.more_with_questions) == (1, 1)
    assert "And 1 more, in the CSV" in written(tmp_path)[".txt"]


def test_without_questions_it_says_that_there_are_none(week, tmp_path):
    assert "Questions about figures\n  None." in written(tmp_path)[".txt"]


@pytest.mark.parametrize(
    ("options", "hint"),
    [
        ({"week": "2026-47"}, "2026-W47"),
        ({"week": "2999-W01"}, "not over"),
        ({"place": "99"}, "province"),
        ({"place": "XX"}, "N, NE"),
    ],
)
def test_what_makes_no_sense_is_explained(week, options, hint):
    with pytest.raises(CommandError, match=hint):
        call_command("weekly_summary", language="en", **options)


def test_weeks_begin_on_monday_in_thai_time():
    week = Week.read("2026-W01")
    assert (week.monday, week.sunday) == (date(2025, 12, 29), date(2026, 1, 4))
    assert week.month == 202601
    assert timezone.localtime(week.ends[0]).replace(tzinfo=None) == datetime(2025, 12, 29)
