"""Somebody new registers by themselves at a machine of the centre, and is in."""

import pytest

from lms.accounts.models import SecretCode, User
from lms.centres.models import AuditEntry, Learner
from lms.centres.subdistricts import FOUND_AT_MOST, named

NEW = "/who/new/"
CODE = {"picture": ["fish", "lotus", "mango"]}


def says(machine, **what):
    """Answer the questions in turn, these things or what most would say; the last answer."""
    said = {"name": "ป้าแก้ว", "age_band": "60+", "subdistrict": ""} | what
    machine.post(NEW, {name: said[name] for name in ("name", "family_name") if name in said})
    machine.post(f"{NEW}age/", {"age_band": said["age_band"]})
    machine.post(f"{NEW}place/", {"subdistrict": said["subdistrict"]})
    machine.post(f"{NEW}notice/")
    return machine.post(f"{NEW}code/", CODE | {"keep": "1"})


def who_is_in(machine):
    return machine.session.get("_auth_user_id")


def test_a_few_answers_and_they_are_in(machine, ban_nong_bua):
    assert NEW in machine.get("/who/").content.decode()
    answer = says(machine)
    learner = Learner.objects.get()
    assert answer["Location"] == "/my-data/consents/?new=1"
    assert who_is_in(machine) == str(learner.pk)
    assert (learner.name, learner.age_band, learner.language) == ("ป้าแก้ว", "60+", "th")
    assert (learner.home.centre, learner.home.subdistrict) == (ban_nong_bua, ban_nong_bua.subdistrict)
    assert SecretCode.objects.get().matches("fish-lotus-mango")
    assert machine.get(answer["Location"]).status_code == 200
    assert not learner.consents.exists()


def test_the_next_day_they_sign_in_with_what_they_chose(machine, at, device):
    says(machine)
    tomorrow = at(device)
    tomorrow.post(f"/who/{Learner.objects.get().pk}/", CODE)
    assert who_is_in(tomorrow)


def test_each_question_is_a_page_and_leads_to_the_next(machine):
    steps = [("", {"name": "ป้าแก้ว"}), ("age/", {"age_band": "60+"}), ("place/", {}), ("notice/", {})]
    for (step, form), (following, _form) in zip(steps, [*steps[1:], ("code/", {})], strict=True):
        assert machine.get(NEW + step).status_code == 200
        assert machine.post(NEW + step, form)["Location"] == NEW + following
    assert machine.get(f"{NEW}code/").status_code == 200


def test_nothing_is_kept_of_who_does_not_come_to_the_end(machine):
    machine.post(NEW, {"name": "ป้าแก้ว"})
    machine.post(f"{NEW}age/", {"age_band": "60+"})
    assert not User.objects.filter(name="ป้าแก้ว").exists()
    machine.get("/who/")
    assert "newcomer" not in machine.session
    assert machine.get(f"{NEW}place/")["Location"] == NEW


def test_taps_one_by_one_without_javascript(machine):
    machine.post(NEW, {"name": "ป้าแก้ว"})
    machine.post(f"{NEW}age/", {"age_band": "60+"})
    machine.post(f"{NEW}place/")
    machine.post(f"{NEW}notice/")
    for picture in ("fish", "lotus"):
        assert machine.post(f"{NEW}code/", {"picture": picture}).status_code == 302
    assert machine.post(f"{NEW}code/", {"picture": "mango"}).status_code == 200
    assert not Learner.objects.exists()
    machine.post(f"{NEW}code/", CODE | {"keep": "1"})
    assert who_is_in(machine)


def test_six_digits_do_as_well(machine):
    for step, form in (("", {"name": "ป้าแก้ว"}), ("age/", {"age_band": "60+"}), ("place/", {}), ("notice/", {})):
        machine.post(NEW + step, form)
    machine.post(f"{NEW}code/?kind=pin", {"pin": "120956", "again": "120956"})
    assert who_is_in(machine)
    assert SecretCode.objects.get().kind == "pin"


def test_who_reads_english_gets_pages_in_english(machine):
    for step, form in (("", {"name": "Ann"}), ("age/", {"age_band": "60+"}), ("place/", {}), ("notice/", {})):
        machine.post(f"/en{NEW}{step}", form)
    machine.post(f"/en{NEW}code/", CODE | {"keep": "1"})
    assert Learner.objects.get().language == "en"


def test_of_two_with_one_name_the_newcomer_says_what_tells_them_apart(machine, ban_nong_bua, learner_at):
    other = learner_at(ban_nong_bua, "ป้าแก้ว", family_name="บ้านเหนือ")
    answer = machine.post(NEW, {"name": " ป้าแก้ว\u200b"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert f"/who/{other.pk}/" in html  # perhaps it is they
    assert "บ้านเหนือ" not in html
    assert machine.post(NEW, {"name": "ป้าแก้ว", "family_name": "บ้านเหนือ"}).status_code == 409
    says(machine, family_name="บ้านใต้")
    assert set(Learner.objects.values_list("family_name", flat=True)) == {"บ้านเหนือ", "บ้านใต้"}


def test_nothing_is_kept_of_a_child_before_a_guardian_is_asked(machine):
    machine.post(NEW, {"name": "น้องนิด"})
    html = machine.post(f"{NEW}age/", {"age_band": "0-10"}).content.decode()
    assert "พ่อแม่" in html
    assert "newcomer" not in machine.session
    assert says(machine, age_band="0-10")["Location"] == NEW
    assert not Learner.objects.exists()


def test_who_is_11_to_19_is_in_and_waits_for_the_paper(machine):
    says(machine, age_band="11-19")
    assert who_is_in(machine)
    assert Learner.objects.waiting_for_guardian().count() == 1
    assert "กระดาษ" in machine.get("/my-data/consents/?new=1").content.decode()


def test_a_device_takes_so_many_newcomers_an_hour_and_no_more(machine, at, device, settings):
    settings.SALA_DEVICE_NEWCOMERS = 2
    for name in ("หนึ่ง", "สอง"):
        says(at(device), name=name)
    halfway = at(device)
    assert says(halfway, name="สาม").status_code == 429
    assert machine.get(NEW).status_code == 429 and int(machine.get(NEW)["Retry-After"]) > 0
    assert "คนดูแลศูนย์" in machine.get(NEW).content.decode()
    assert Learner.objects.count() == 2


def test_the_last_of_two_who_register_at_once_is_stopped_too(at, device, settings):
    settings.SALA_DEVICE_NEWCOMERS = 1
    first, second = at(device), at(device)
    for browser, name in ((first, "หนึ่ง"), (second, "สอง")):
        browser.post(NEW, {"name": name})
        browser.post(f"{NEW}age/", {"age_band": "60+"})
        browser.post(f"{NEW}place/")
        browser.post(f"{NEW}notice/")
    for browser in (first, second):
        browser.post(f"{NEW}code/", CODE | {"keep": "1"})
    assert list(Learner.objects.values_list("name", flat=True)) == ["หนึ่ง"]
    assert not who_is_in(second)


def test_registering_is_in_the_audit_log(machine, ban_nong_bua):
    says(machine)
    learner = Learner.objects.get()
    entry = AuditEntry.objects.get(action="registered")
    assert (entry.actor, entry.subject, entry.centre) == (learner.pk, learner.pk, ban_nong_bua)


def test_a_phone_of_ones_own_registers_nobody_else(at, device, somsri):
    device.owner = somsri
    device.save()
    assert at(device).get(NEW).status_code == 404


def test_a_revoked_device_registers_nobody(machine, device):
    machine.post(NEW, {"name": "ป้าแก้ว"})
    device.revoke()
    assert says(machine).status_code == 403
    assert not Learner.objects.exists()


@pytest.mark.parametrize(
    ("step", "form"),
    [
        ("", {"name": ""}),
        ("", {"name": "x" * 5000}),
        ("", {"name": "a\0b"}),
        ("", {"name": "ก", "family_name": "x" * 61}),
        ("age/", {"age_band": "61"}),
        ("age/", {}),
        ("place/", {"subdistrict": "999999"}),
        ("place/", {"subdistrict": "\0"}),
        ("code/", {"picture": ["dragon"]}),
        ("code/", {"picture": ["fish"] * 3, "keep": "1"}),
    ],
)
def test_an_odd_answer_is_told_so(machine, step, form):
    for each, good in (("", {"name": "ป้าแก้ว"}), ("age/", {"age_band": "60+"}), ("place/", {}), ("notice/", {})):
        machine.post(NEW + each, good)
    assert machine.post(NEW + step, form).status_code == 400
    assert not Learner.objects.exists()


def test_there_is_no_other_question(machine):
    assert machine.get(f"{NEW}face/").status_code == 404


@pytest.mark.parametrize("words", ["น่าน", "nan", "NAN", "จังหวัดน่าน", "จ.น่าน", " ใน  น่าน ", "nai mueang nan"])
def test_a_subdistrict_is_found_by_its_names_and_those_above_it(ban_nong_bua, ban_pua, words):
    assert ban_pua.subdistrict in named(words)


def test_the_nearest_of_one_name_comes_first(ban_nong_bua, ban_pua):
    for centre in (ban_nong_bua, ban_pua):
        assert named("ในเมือง", near_to=centre.subdistrict_id)[0] == centre.subdistrict


def test_a_search_is_one_query_of_few_rows(ban_nong_bua, django_assert_num_queries, client):
    with django_assert_num_queries(1):
        html = client.get("/subdistricts/?q=ในเมือง&near=320101").content.decode()
    assert "<html" not in html
    assert html.count("<input") == 1
    assert FOUND_AT_MOST == 20


@pytest.mark.parametrize("words", ["", " ", "x" * 5000, "\0", "%", "_", "' OR 1", "ๆ" * 60])
def test_an_odd_search_finds_nothing_and_does_no_harm(ban_nong_bua, client, words):
    answer = client.get("/subdistricts/", {"q": words, "near": "\0x"})
    assert answer.status_code == 200
    assert "<input" not in answer.content.decode()
