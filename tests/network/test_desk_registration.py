"""A caretaker adds a learner in under a minute, and sets the secret code with them."""

import re

import pytest
from django.test import Client

from lms.accounts.ids import uuid7
from lms.accounts.models import SecretCode, User, WrongTry
from lms.centres.models import AuditEntry, HomeCentre, Learner
from lms.centres.notice import VERSION
from tests.counting import queries_for_one_and_for_many

NEW = "/desk/learners/new/"


def form(**more):
    return {
        "id": str(uuid7()),
        "name": "ป้าแก้ว",
        "age_band": "60+",
        "language": "th",
        "kind": "pictures",
    } | more


def code_url(learner, kind=""):
    return f"/desk/learners/{learner.pk}/code/" + (f"?kind={kind}" if kind else "")


def test_a_name_and_an_age_are_enough(desk, ban_nong_bua):
    answer = desk.post(NEW, form())
    learner = Learner.objects.get()
    assert answer["Location"] == f"/desk/learners/{learner.pk}/code/?kind=pictures"
    assert (learner.name, learner.age_band, learner.home.centre) == ("ป้าแก้ว", "60+", ban_nong_bua)
    assert not learner.has_usable_password()
    assert learner.username is None


def test_the_form_is_in_thai_and_english(desk):
    assert "เพิ่มคนเรียน" in desk.get(NEW).content.decode()
    assert "Name to call" in desk.get("/en/desk/learners/new/").content.decode()


def test_sending_twice_makes_one_person(desk):
    same = form()
    first, second = desk.post(NEW, same), desk.post(NEW, same)
    assert first["Location"] == second["Location"]
    assert Learner.objects.count() == 1


def test_the_id_of_somebody_else_changes_nothing(desk, fah, nok):
    for person in (fah, nok):
        answer = desk.post(NEW, form(id=str(person.pk)))
        assert answer.status_code == 409
        person.refresh_from_db()
        assert person.name != "ป้าแก้ว"
    assert Learner.objects.count() == 1


def test_they_live_in_the_centres_subdistrict_if_no_other_is_chosen(desk, ban_nong_bua, ban_pua):
    desk.post(NEW, form())
    desk.post(NEW, form(name="ลุงดำ", subdistrict=ban_pua.subdistrict_id))
    homes = [Learner.objects.get(name=name).home.subdistrict for name in ("ป้าแก้ว", "ลุงดำ")]
    assert homes == [ban_nong_bua.subdistrict, ban_pua.subdistrict]


def test_the_centres_own_subdistrict_is_chosen_already(desk, ban_nong_bua):
    html = desk.get(NEW).content.decode()
    assert re.search(rf'value="{ban_nong_bua.subdistrict_id}"[^>]* checked', html)


def test_without_javascript_a_subdistrict_is_found_and_nothing_typed_is_lost(desk, ban_pua):
    typed = form(q="น่าน", find="1", family_name="บ้านเหนือ", kind="pin")
    answer = desk.post(NEW, typed)
    html = answer.content.decode()
    assert answer.status_code == 200
    assert f'value="{ban_pua.subdistrict_id}"' in html
    for text in (typed["id"], "ป้าแก้ว", "บ้านเหนือ"):
        assert f'value="{text}"' in html
    for value in ("60+", "pin"):
        assert re.search(rf'value="{re.escape(value)}"[^>]* checked', html)
    assert not Learner.objects.exists()
    del typed["find"]
    desk.post(NEW, typed | {"subdistrict": ban_pua.subdistrict_id})
    assert Learner.objects.get().home.subdistrict == ban_pua.subdistrict


def test_a_subdistrict_found_before_stays_chosen_when_something_else_is_to_be_mended(desk, ban_pua):
    html = desk.post(NEW, form(name="", subdistrict=ban_pua.subdistrict_id)).content.decode()
    assert re.search(rf'value="{ban_pua.subdistrict_id}"[^>]* checked', html)


def test_registering_and_what_is_done_with_codes_is_in_the_audit_log(desk, nok, ban_nong_bua):
    desk.post(NEW, form())
    learner = Learner.objects.get()
    desk.post(code_url(learner), {"picture": ["fish", "lotus", "mango"], "keep": "1"})
    desk.post(code_url(learner), {"unlock": "1"})
    entries = AuditEntry.objects.filter(subject=learner.pk).order_by("id")
    assert [entry.action for entry in entries] == ["registered", "code_set", "unlocked"]
    assert {(entry.actor, entry.centre_id) for entry in entries} == {(nok.pk, ban_nong_bua.pk)}


@pytest.mark.parametrize("age", ["0-10", "11-19"])
def test_who_is_under_20_is_asked_for_a_guardian_before_the_code(desk, nok, age):
    there = desk.post(NEW, form(age_band=age, kind="pin"))["Location"]
    learner = Learner.objects.get()
    assert there == f"/desk/learners/{learner.pk}/guardian/?kind=pin"
    assert desk.get(there).status_code == 200
    said = {"name": "แม่สมใจ", "relation": "mother", "how": "paper"}
    assert desk.post(there, said)["Location"] == f"/desk/learners/{learner.pk}/code/?kind=pin"
    receipt = learner.consents.get()
    assert (receipt.purpose, receipt.guardian_name, receipt.guardian_relation) == ("learning", "แม่สมใจ", "mother")
    assert (receipt.how, receipt.helped_by, receipt.version) == ("paper", nok, VERSION)


def test_a_namesake_is_pointed_out_first(desk, ban_nong_bua, learner_at):
    other = learner_at(ban_nong_bua, "ป้าแก้ว", family_name="บ้านเหนือ")
    again = form(name=" ป้าแก้ว\u200b")
    answer = desk.post(NEW, again)
    assert answer.status_code == 409
    assert other.family_name in answer.content.decode()
    assert Learner.objects.count() == 1
    desk.post(NEW, again | {"another": "on"})
    assert Learner.objects.filter(name="ป้าแก้ว").count() == 2


def test_a_namesake_at_another_centre_is_nobodys_business(desk, ban_pua, learner_at):
    learner_at(ban_pua, "ป้าแก้ว")
    assert desk.post(NEW, form()).status_code == 302


def test_300_namesakes_cost_no_more_queries_than_one(desk, ban_nong_bua, learner_at):
    learner_at(ban_nong_bua, "ป้าแก้ว")

    def ask():
        return len(desk.post(NEW, form()).context["namesakes"])

    def add_namesakes(count):
        people = User.objects.bulk_create(User(name="ป้าแก้ว", age_band="60+") for _ in range(count))
        HomeCentre.objects.bulk_create(HomeCentre(learner=person, centre=ban_nong_bua) for person in people)

    assert queries_for_one_and_for_many(ask, add_namesakes) <= 9


@pytest.mark.parametrize(
    "odd",
    [
        {"name": ""},
        {"name": "  \u200b "},
        {"name": "ก" * 61},
        {"name": "x" * 5000},
        {"name": "a\0b"},
        {"family_name": "\0"},
        {"age_band": ""},
        {"age_band": "61"},
        {"language": "xx"},
        {"kind": "face"},
        {"subdistrict": "999999"},
        {"subdistrict": "x" * 5000},
        {"subdistrict": "a\0b"},
        {"id": ""},
        {"id": "x"},
        {"id": "9" * 5000},
        {"id": "00000000-0000-0000-0000-000000000000"},
        {"id": "6f9619ff-8b86-4d11-b42d-00cf4fc964ff"},
    ],
)
def test_an_odd_form_is_told_so_and_makes_nobody(desk, odd):
    answer = desk.post(NEW, form(**odd))
    assert answer.status_code == 400
    assert not Learner.objects.exists()


def test_an_empty_form_is_told_so(desk):
    assert desk.post(NEW, {}).status_code == 400
    assert desk.post(NEW, "[1, 2]", content_type="application/json").status_code == 400


def test_after_a_lost_id_the_form_can_be_sent_again(desk):
    html = desk.post(NEW, form(id="x")).content.decode()
    new_id = html.split('name="id" value="')[1].split('"')[0]
    assert desk.post(NEW, form(id=new_id)).status_code == 302


def test_with_two_centres_the_learner_comes_to_the_chosen_one(desk, nok, ban_pua):
    ban_pua.appoint_caretaker(nok)
    desk.post(NEW, form(centre=ban_pua.code))
    assert Learner.objects.get().home.centre == ban_pua


def test_nobody_is_added_to_a_centre_of_others(desk, ban_pua):
    assert desk.post(NEW, form(centre=ban_pua.code)).status_code == 404
    assert not Learner.objects.exists()


def test_three_taps_a_look_and_a_yes_set_the_code(desk, somsri):
    for picture in ("fish", "lotus"):
        assert desk.post(code_url(somsri), {"picture": picture}).status_code == 302
    html = desk.post(code_url(somsri), {"picture": "mango"}).content.decode()
    assert [html.count(f'value="{name}"') for name in ("fish", "lotus", "mango", "elephant")] == [1, 1, 1, 0]
    assert not SecretCode.objects.exists()
    answer = desk.post(code_url(somsri), {"picture": ["fish", "lotus", "mango"], "keep": "1"})
    assert answer["Location"] == f"/desk/learners/{somsri.pk}/consents/?new=1"
    assert SecretCode.objects.get().matches("fish-lotus-mango")


def test_after_a_later_code_nothing_more_is_asked(desk, somsri, set_code):
    set_code(somsri, "fish-lotus-mango")
    answer = desk.post(code_url(somsri), {"picture": ["rooster", "lotus", "mango"], "keep": "1"})
    assert answer["Location"] == f"/desk/learners/{somsri.pk}/"


def test_two_equal_pins_set_the_code_thai_digits_too(desk, somsri):
    desk.post(code_url(somsri, "pin"), {"pin": "๑๒๐๙๕๖", "again": "120 956"})
    code = SecretCode.objects.get()
    assert code.kind == "pin"
    assert code.matches("120956")


@pytest.mark.parametrize(
    ("pin", "again"),
    [
        ("111111", "111111"),
        ("123456", "123456"),
        ("120956", "120957"),
        ("12095", "12095"),
        ("120956", ""),
        ("", ""),
        ("12\0956", "12\0956"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_a_weak_or_odd_pin_is_refused_kindly(desk, somsri, pin, again):
    answer = desk.post(code_url(somsri, "pin"), {"pin": pin, "again": again})
    assert answer.status_code == 400
    assert not SecretCode.objects.exists()
    if pin:
        assert f'value="{pin}"' not in answer.content.decode()


@pytest.mark.parametrize("keep", [{}, {"keep": "1"}])
@pytest.mark.parametrize("pictures", [["fish"] * 3, ["dragon", "fish", "lotus"], ["fish"] * 4, ["\0"], ["x" * 5000]])
def test_weak_or_odd_pictures_are_refused_kindly(desk, somsri, pictures, keep):
    assert desk.post(code_url(somsri), {"picture": pictures} | keep).status_code == 400
    assert not SecretCode.objects.exists()


def test_a_new_code_opens_the_lock(desk, somsri, set_code):
    locked = set_code(somsri, "fish-lotus-mango")
    locked.locked_at = locked.set_at
    locked.save()
    WrongTry.objects.create(subject=f"code:{somsri.pk}")
    desk.post(code_url(somsri), {"picture": ["rooster", "lotus", "mango"], "keep": "1"})
    code = SecretCode.objects.get()
    assert not code.is_locked
    assert code.matches("rooster-lotus-mango")
    assert not WrongTry.objects.exists()


def test_the_lock_can_be_opened_and_the_code_kept(desk, somsri, set_code):
    locked = set_code(somsri, "fish-lotus-mango")
    locked.locked_at = locked.set_at
    locked.save()
    desk.post(code_url(somsri), {"unlock": "1"})
    code = SecretCode.objects.get()
    assert not code.is_locked
    assert code.matches("fish-lotus-mango")


def test_another_centres_caretaker_sets_no_code(client, kham, somsri):
    client.force_login(kham)
    for data in ({"picture": ["fish", "lotus", "mango"], "keep": "1"}, {"unlock": "1"}):
        assert client.post(code_url(somsri), data).status_code == 404
    assert not SecretCode.objects.exists()


def test_a_learner_sets_no_code_not_even_their_own(client, somsri):
    client.force_login(somsri)
    assert client.post(code_url(somsri), {"picture": ["fish", "lotus", "mango"], "keep": "1"}).status_code == 404


def test_the_new_learner_signs_in_with_what_they_chose(desk, device):
    from lms.centres.signing_in import DEVICE_COOKIE

    desk.post(NEW, form())
    learner = User.objects.get(name="ป้าแก้ว")
    desk.post(code_url(learner), {"picture": ["fish", "lotus", "mango"], "keep": "1"})
    machine = Client()
    machine.cookies[DEVICE_COOKIE] = device.cookie
    assert learner.name in machine.get("/who/").content.decode()
    machine.post(f"/who/{learner.pk}/", {"picture": ["fish", "lotus", "mango"]})
    assert machine.session["_auth_user_id"] == str(learner.pk)
