from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from lms.centres.models import Programme, ProgrammeMembership


def test_a_centre_that_is_not_open_says_why(ban_nong_bua):
    ban_nong_bua.status = "closed"
    with pytest.raises(ValidationError) as refusal:
        ban_nong_bua.full_clean()
    assert list(refusal.value.message_dict) == ["status_reason"]
    ban_nong_bua.status_reason = "ปรับปรุงอาคาร"
    ban_nong_bua.full_clean()


@pytest.mark.parametrize("latitude, longitude, told", [("14.5", None, "longitude"), ("51", "103", "latitude")])
def test_a_centre_lies_in_thailand(ban_nong_bua, latitude, longitude, told):
    ban_nong_bua.latitude, ban_nong_bua.longitude = latitude, longitude
    with pytest.raises(ValidationError) as refusal:
        ban_nong_bua.full_clean()
    assert list(refusal.value.message_dict) == [told]


def test_centres_are_called_in_the_readers_language(ban_pua):
    with translation.override("en"):
        assert ban_pua.name == "Ban Pua"
    with translation.override("th"):
        assert str(ban_pua) == "ศูนย์ดิจิทัลชุมชนบ้านปัว"
    ban_pua.name_en = ""
    with translation.override("en"):
        assert ban_pua.name == "ศูนย์ดิจิทัลชุมชนบ้านปัว"


def test_a_centre_is_in_one_programme_once_at_a_time(ban_nong_bua):
    yesterday, tomorrow = (timezone.localdate() + timedelta(days=days) for days in (-1, 1))
    lease = Programme.objects.create(code="LEASE", name_th="เช่า", name_en="Lease")
    first = ban_nong_bua.programmes.create(programme=lease, started_on=yesterday)
    again = ProgrammeMembership(centre=ban_nong_bua, programme=lease, started_on=tomorrow)
    with pytest.raises(ValidationError):
        again.full_clean()
    first.end()
    again.full_clean()
    again.save()
    assert ban_nong_bua.programmes.in_force().get() == first
