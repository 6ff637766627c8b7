"""A centre that changes keeps what it was, whichever way it is changed, and is found by the codes it had."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lms.accounts.models import ApiToken, User
from lms.centres.models import Centre, CentrePast

NOW = timezone.localdate()
MONTH = NOW.year * 100 + NOW.month


def save(centre, **fields):
    for name, value in fields.items():
        setattr(centre, name, value)
    centre.save()


def save_some(centre, **fields):
    for name, value in fields.items():
        setattr(centre, name, value)
    centre.save(update_fields=list(fields))


def update(centre, **fields):
    Centre.objects.filter(pk=centre.pk).update(**fields)


def bulk_update(centre, **fields):
    for name, value in fields.items():
        setattr(centre, name, value)
    Centre.objects.bulk_update([centre], list(fields))


def through_the_place(centre, **fields):
    centre.subdistrict.centres.update(**fields)


def in_the_studio(centre, **fields):
    from django.test import Client

    studio = Client()
    studio.force_login(User.objects.create_superuser("admin", name="ผู้ดูแลระบบ"))
    names = ("code", "name_th", "name_en", "host_kind", "status", "status_reason", "line")
    form = {name: getattr(centre, name) for name in names} | {"subdistrict": centre.subdistrict_id, "seats": ""}
    form |= {name: getattr(value, "pk", value) for name, value in fields.items()}
    form |= {"opened_on": "", "latitude": "", "longitude": ""}
    assert studio.post(f"/studio/centres/edit/{centre.pk}/", form).status_code == 302


WAYS = [save, save_some, update, bulk_update, through_the_place, in_the_studio]


@pytest.mark.parametrize("change", WAYS)
def test_what_a_centre_was_is_kept_whichever_way_it_is_changed(ban_nong_bua, ban_pua, change):
    place, before = ban_pua.subdistrict, ban_nong_bua.subdistrict
    change(ban_nong_bua, code="TH-55-0009", name_th="บ้านใหม่", subdistrict=place, host_kind="school")
    past = CentrePast.objects.get()
    assert (past.centre, past.until, past.code, past.subdistrict) == (ban_nong_bua, MONTH, "TH-32-0001", before)
    assert (past.name_th, past.host_kind) == ("ศูนย์ดิจิทัลชุมชนบ้านหนองบัว", "temple")
    now = Centre.objects.get(pk=ban_nong_bua.pk)
    assert (now.code, now.subdistrict, now.host_kind) == ("TH-55-0009", place, "school")


@pytest.mark.parametrize("change", WAYS)
def test_what_is_no_part_of_a_centres_history_leaves_no_past(ban_nong_bua, change):
    change(ban_nong_bua, status="paused", status_reason="ปรับปรุงอาคาร", host_kind="temple")
    assert not CentrePast.objects.exists()


def test_a_new_centre_has_no_past(ban_nong_bua, ban_pua):
    assert not CentrePast.objects.exists()


def test_an_old_code_leads_to_the_centre(ban_nong_bua, ban_pua, nok):
    update(ban_nong_bua, code="TH-32-0050")
    update(ban_nong_bua, code="TH-32-0060")
    for code in ("TH-32-0001", "TH-32-0050", "TH-32-0060"):
        assert Centre.objects.by_code(code) == ban_nong_bua
        assert Centre.objects.visible_to(nok).by_code(code) == ban_nong_bua
    assert Centre.objects.by_code("TH-55-0001") == ban_pua
    assert Centre.objects.visible_to(nok).by_code("TH-55-0001") is None
    assert Centre.objects.by_code("TH-00-0000") is Centre.objects.by_code("\0") is None


def test_a_code_that_a_centre_had_is_never_another_ones(ban_nong_bua, ban_pua):
    update(ban_nong_bua, code="TH-32-0050")
    ban_pua.code = "TH-32-0001"
    with pytest.raises(ValidationError) as refusal:
        ban_pua.full_clean()
    assert list(refusal.value.message_dict) == ["code"]
    again = Centre.objects.get(pk=ban_nong_bua.pk)
    again.code = "TH-32-0001"
    again.full_clean()  # it may have its own one back


def test_tokens_made_for_a_centre_go_on_under_its_new_code(ban_nong_bua, nok):
    token, _text = ApiToken.objects.make(nok, "รายงาน", centre=ban_nong_bua.code)
    update(ban_nong_bua, code="TH-32-0050")
    token.refresh_from_db()
    assert token.centre == "TH-32-0050"
    nok.only_centre = token.centre
    assert list(Centre.objects.cared_for_by(nok)) == [ban_nong_bua]
