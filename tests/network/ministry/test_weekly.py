"""The week's summary says what the counts know, and a week that was written stays as it was."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses.models import ANY_COURSE, LastHeard, LateCount, PeopleCount
from lms.network.ministry.weekly import Week


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
