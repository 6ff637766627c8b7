"""What is learned counts where the centre was in that month, under whatever code it is sent."""

from datetime import timedelta

import pytest

from courses.models import LearningEvent, LessonCount
from courses.progress import rebuild, record
from lms.centres.merging import merge
from lms.centres.models import Centre, Learner
from lms.network.erasing import erase
from tests.courses.progress.conftest import NOON, NOW, left_behind

IN_DECEMBER = timedelta(days=20)


@pytest.fixture
def month_later(monkeypatch):
    """The clock goes on into December."""

    def go():
        monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + IN_DECEMBER)

    return go


def reached():
    return sorted(LessonCount.objects.filter(reached=1).values_list("month", "province_id"))


def test_a_late_event_counts_in_the_province_where_the_centre_was(
    ban_nong_bua, ban_pua, somsri, nok, lessons, event, month_later
):
    record([event(somsri, lessons[0])], by=somsri)
    Centre.objects.filter(pk=ban_nong_bua.pk).update(subdistrict=ban_pua.subdistrict)
    assert rebuild(check=True) == []
    month_later()
    late = event(somsri, lessons[1], minutes=5)
    assert reached() == [(202611, "32")]
    record([late], by=somsri)
    assert reached() == [(202611, "32")] + [(202611, "32")]
    december = event(somsri, lessons[0], "finished", occurred_at=NOON + IN_DECEMBER)
    record([december], by=somsri)
    assert list(LessonCount.objects.filter(finished=1).values_list("month", "province_id")) == [(202612, "55")]
    assert rebuild(check=True) == []
    erase(somsri, nok)
    assert rebuild(check=True) == []


def test_of_several_changes_in_a_month_the_first_past_counts(ban_nong_bua, ban_pua, somsri, lessons, event):
    home, other = ban_nong_bua.subdistrict, ban_pua.subdistrict
    record([event(somsri, lessons[0])], by=somsri)
    for place in (other, home, other):
        Centre.objects.filter(pk=ban_nong_bua.pk).update(subdistrict=place)
    record([event(somsri, lessons[1])], by=somsri)
    assert reached() == [(202611, "32"), (202611, "32")]
    assert rebuild(check=True) == []


def test_an_old_machine_sends_an_old_code(ban_nong_bua, somsri, nok, lessons, event):
    Centre.objects.filter(pk=ban_nong_bua.pk).update(code="TH-32-0901")
    events = [event(somsri, lessons[0], centre=code) for code in ("TH-32-0001", "TH-32-0901", "TH-55-0001")]
    verdicts = record(events, by=nok)
    assert [verdict.status for verdict in verdicts] == ["accepted", "accepted", "rejected"]
    assert verdicts[2].reason == "unknown_centre"
    assert set(LearningEvent.objects.values_list("centre", flat=True)) == {ban_nong_bua.pk}


def test_a_merged_centres_code_means_it_before_and_the_new_one_after(
    ban_nong_bua, ban_pua, somsri, kham, nok, lessons, event, month_later
):
    merge(ban_nong_bua, ban_pua)
    month_later()
    learner = Learner.objects.get(pk=somsri.pk)
    before = event(learner, lessons[0], centre="TH-32-0001")
    after = event(learner, lessons[0], centre="TH-32-0001", occurred_at=NOON + IN_DECEMBER)
    assert [verdict.status for verdict in record([before, after], by=kham)] == ["accepted", "accepted"]
    places = dict(LearningEvent.objects.values_list("id", "centre"))
    assert places == {before.id: ban_nong_bua.pk, after.id: ban_pua.pk}
    assert rebuild(check=True) == []


def test_a_centre_merged_twice_leads_to_the_last_one(ban_nong_bua, ban_pua, somsri, lessons, event, learner_at):
    first = Centre.objects.create(
        code="TH-32-0002", name_th="ศูนย์เดิม", subdistrict=ban_nong_bua.subdistrict, host_kind="school"
    )
    merge(first, ban_nong_bua)
    merge(ban_nong_bua, ban_pua)
    learner = Learner.objects.get(pk=somsri.pk)
    sent = event(learner, lessons[0], centre="TH-32-0002", occurred_at=NOW)
    assert record([sent], by=learner)[0].status == "accepted"
    assert LearningEvent.objects.get().centre == ban_pua


def test_changes_of_place_meanwhile_cost_nothing_more(
    ban_nong_bua, ban_pua, nok, somsri, lessons, event, django_assert_num_queries, django_assert_max_num_queries
):
    record([event(somsri, lessons[0])], by=nok)
    with django_assert_max_num_queries(40) as settled:
        record([event(somsri, lessons[0], centre="TH-32-0001")], by=nok)
    for number in range(20):
        place = (ban_pua if number % 2 else ban_nong_bua).subdistrict
        Centre.objects.filter(pk=ban_nong_bua.pk).update(subdistrict=place)
    with django_assert_num_queries(len(settled)):
        record([event(somsri, lessons[0], centre="TH-32-0001")], by=nok)
    assert left_behind()["LessonCount"]
