from datetime import timedelta

import pytest
from django.utils import timezone

from lms.centres.models import HomeCentre, Learner


def test_a_learner_has_one_home_and_the_day_they_came(ban_nong_bua, ban_pua, somsri, nok):
    today = timezone.localdate()
    yesterday = today - timedelta(days=1)
    HomeCentre.objects.update(since=yesterday)
    assert ban_nong_bua.welcome(somsri).since == yesterday
    assert ban_pua.welcome(somsri).since == today
    assert somsri.home.centre == ban_pua
    assert not Learner.objects.visible_to(nok).exists()


@pytest.mark.parametrize("who", ["ทอง", "ใบ", "ทองใบ", "ป้าทอง", "ใบ ทอง", "ใบ  ป้า", "\u200bทอง"])
def test_a_learner_is_found_by_any_part_of_their_name(thongbai, somsri, fah, who):
    assert list(Learner.objects.named(who)) == [thongbai]


@pytest.mark.parametrize(
    "typed", ["ลุงน\u0e49\u0e33", "น\u0e49\u0e4d\u0e32", "น\u0e4d\u0e49\u0e32", "SAM", "sam", "๗", "7"]
)
def test_case_digits_and_sara_am_make_no_difference(ban_pua, learner_at, fah, typed):
    uncle = learner_at(ban_pua, "ลุงน\u0e49\u0e4d\u0e32", family_name="Sam ๗")
    assert list(Learner.objects.named(typed)) == [uncle]


@pytest.mark.parametrize("typed", ["ทอง%", "_", "'", "\\", "\0", "ทองใบ" * 100])
def test_signs_are_looked_for_as_they_are(thongbai, typed):
    assert list(Learner.objects.named(typed)) in ([], [thongbai])
    assert typed == "\0" or not Learner.objects.named(typed).exists()


def test_names_stand_in_dictionary_order(ban_pua, learner_at):
    for name in ["อ้อย", "แก้ว", "ขวัญ", "เกษร", "กมล"]:
        learner_at(ban_pua, name)
    assert [learner.name for learner in Learner.objects.in_name_order()] == ["กมล", "เกษร", "แก้ว", "ขวัญ", "อ้อย"]
