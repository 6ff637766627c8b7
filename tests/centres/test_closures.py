"""From when until when a centre was not open is kept, whichever way its status is changed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lms.centres.merging import merge
from lms.centres.models import Centre, Closure
from tests.centres.test_past import WAYS, in_the_studio, save

TODAY = timezone.localdate()
DAY = timedelta(days=1)


def closures():
    return list(Closure.objects.order_by("started_on").values_list("status", "started_on", "ended_on"))


@pytest.fixture
def days_later(monkeypatch):
    """days_later(3): from now on it is three days later."""

    def go(days):
        monkeypatch.setattr(timezone, "localdate", lambda: TODAY + days * DAY)

    return go


@pytest.mark.parametrize("change", WAYS)
def test_a_closure_begins_the_day_after_and_ends_the_day_before(ban_nong_bua, change, days_later):
    change(ban_nong_bua, status="closed", status_reason="ซ่อมหลังคา")
    assert closures() == [("closed", TODAY + DAY, None)]
    days_later(9)
    (save if change is in_the_studio else change)(ban_nong_bua, status="open")  # whose superuser is there already
    assert closures() == [("closed", TODAY + DAY, TODAY + 8 * DAY)]


def test_a_pause_that_becomes_the_end_is_two_closures_without_a_day_between(ban_nong_bua, days_later):
    save(ban_nong_bua, status="paused", status_reason="น้ำท่วม")
    days_later(5)
    save(ban_nong_bua, status="closed")
    save(ban_nong_bua, status="closed", name_th="บ้านหนองบัวเก่า")
    assert closures() == [("paused", TODAY + DAY, TODAY + 5 * DAY), ("closed", TODAY + 6 * DAY, None)]


def test_a_slip_that_is_put_right_on_the_same_day_was_no_closure(ban_nong_bua):
    save(ban_nong_bua, status="closed", status_reason="กดพลาด")
    save(ban_nong_bua, status="open")
    assert closures() == []


@pytest.mark.parametrize("new", [lambda centre: centre.save(), lambda centre: Centre.objects.bulk_create([centre])])
def test_a_planned_centre_is_not_open_until_it_is(ban_nong_bua, new):
    new(Centre(code="TH-32-0002", name_th="ใหม่", subdistrict=ban_nong_bua.subdistrict, status="planned"))
    assert closures() == [("planned", TODAY + DAY, None)]


def test_a_centre_that_was_merged_is_closed(ban_nong_bua, ban_pua):
    merge(ban_nong_bua, ban_pua)
    assert Closure.objects.get().centre == ban_nong_bua
