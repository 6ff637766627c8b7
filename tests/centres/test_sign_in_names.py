"""At a machine of the centre learners find their name."""

from functools import partial
from urllib.parse import quote

import pytest
from django.core import signing

from lms.accounts.models import User
from lms.centres.models import Device, HomeCentre
from lms.centres.signing_in import DEVICE_COOKIE
from tests.counting import queries_for_one_and_for_many

WHO = "/who/"


def page(browser, **search):
    answer = browser.get(WHO, search)
    assert answer.status_code == 200
    return answer.content.decode()


def crowd(centre, count):
    people = User.objects.bulk_create([User(name=f"คนที่ {n:03}", age_band="60+") for n in range(count)])
    HomeCentre.objects.bulk_create([HomeCentre(learner=person, centre=centre) for person in people])


def test_the_centres_learners_are_there_in_thai_order(machine, ban_nong_bua, learner_at, fah):
    for name in ("ป้าแก้ว", "เอก", "ลุงดำ", "แดง"):
        learner_at(ban_nong_bua, name)
    html = page(machine)
    places = [html.index(f"<span>{name}</span>") for name in ("แดง", "ป้าแก้ว", "ลุงดำ", "เอก")]
    assert places == sorted(places)
    assert fah.name not in html


@pytest.mark.parametrize("part", ["ทอง", "ใบ", "ป้าทองใบ", " ทอง  ใบ "])
def test_thongbai_is_found_by_any_part_of_her_name(machine, somsri, thongbai, part):
    html = page(machine, q=part)
    assert thongbai.name in html
    assert somsri.name not in html


def test_a_search_that_finds_nobody_says_what_to_do(machine, somsri):
    html = machine.get("/en/who/", {"q": "ฮฮฮ"}).content.decode()
    assert "This name is not here" in html
    assert "ask the caretaker" in html


def test_two_with_one_name_are_told_apart(machine, ban_nong_bua, learner_at):
    learner_at(ban_nong_bua, "ป้าแก้ว", family_name="บ้านเหนือ")
    learner_at(ban_nong_bua, "ป้าแก้ว", family_name="บ้านใต้")
    learner_at(ban_nong_bua, "ลุงดำ", family_name="ใจดี")
    html = page(machine)
    assert "บ้านเหนือ" in html
    assert "บ้านใต้" in html
    assert "ใจดี" not in html  # no more is shown than is needed


def test_those_who_left_are_not_shown(machine, somsri, thongbai):
    User.objects.filter(pk=somsri.pk).update(is_active=False)
    html = page(machine)
    assert somsri.name not in html
    assert thongbai.name in html


def test_staff_are_not_shown(machine, ban_nong_bua, ban_pua, regions, learner_at):
    caretaker, core, officer, staff, root = (learner_at(ban_nong_bua, f"คนทำงาน {n}") for n in range(5))
    ban_pua.appoint_caretaker(caretaker)
    core.appointments.create(region=regions["NE"])
    officer.ministry_posts.create()
    User.objects.filter(pk=staff.pk).update(is_staff=True)
    User.objects.filter(pk=root.pk).update(is_superuser=True)
    assert "คนทำงาน" not in page(machine)
    for person in (caretaker, core, officer, staff, root):
        assert machine.get(f"{WHO}{person.pk}/").status_code == 404


def test_who_was_caretaker_once_is_a_learner_again(machine, ban_nong_bua, learner_at):
    once = learner_at(ban_nong_bua, "ลุงมี")
    ban_nong_bua.appoint_caretaker(once, started_on="2015-01-01", ended_on="2016-01-01")
    assert "ลุงมี" in page(machine)


def test_a_helper_stays_a_learner(machine, ban_nong_bua, learner_at):
    helper = learner_at(ban_nong_bua, "น้องต้น")
    helper.memberships.create(centre=ban_nong_bua, role="helper")
    assert "น้องต้น" in page(machine)


def test_no_page_has_more_than_48_tiles_and_all_can_be_reached(machine, ban_nong_bua):
    crowd(ban_nong_bua, 100)
    pages = [page(machine, page=n) for n in (1, 2, 3)]
    assert [html.count("formaction=") for html in pages] == [48, 48, 4]
    assert "คนที่ 099" in pages[2]


def test_300_names_cost_no_more_queries_than_one(machine, ban_nong_bua, learner_at):
    learner_at(ban_nong_bua, "ป้าแก้ว")

    def ask():
        return machine.get(WHO).context["page"].paginator.count

    assert queries_for_one_and_for_many(ask, partial(crowd, ban_nong_bua)) == 4


def test_names_are_kept_in_no_cache(machine, somsri):
    assert "no-store" in machine.get(WHO)["Cache-Control"]


def test_elsewhere_no_name_is_shown(client, device, somsri):
    answer = client.get("/en/who/")
    assert answer.status_code == 403
    assert somsri.name not in answer.content.decode()
    assert "work only on machines that a caretaker has set up" in answer.content.decode()
    assert client.get(f"/en/who/{somsri.pk}/").status_code == 403
    assert client.post(f"/who/{somsri.pk}/", {"picture": "fish"}).status_code == 403


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "\0", "ก" * 50, "x" * 3000])
def test_a_cookie_that_was_made_up_is_no_device(client, device, value):
    client.cookies[DEVICE_COOKIE] = quote(value)
    assert client.get(WHO).status_code == 403


def test_a_cookie_that_was_changed_is_no_device(client, device, ban_pua):
    other = Device.objects.create(centre=ban_pua, name="เครื่อง 1")
    client.cookies[DEVICE_COOKIE] = other.cookie.split(":")[0] + device.cookie[device.cookie.index(":") :]
    assert client.get(WHO).status_code == 403


def test_a_cookie_signed_for_something_else_is_no_device(client, device):
    client.cookies[DEVICE_COOKIE] = signing.dumps(str(device.pk), salt="another")
    assert client.get(WHO).status_code == 403


def test_a_revoked_device_shows_no_names(machine, device, somsri):
    device.revoke()
    assert machine.get(WHO).status_code == 403


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "ก " * 2500,
        "q=" + "x" * 5000,
        "q=a&q=b",
        "page=-1",
        "page=" + "9" * 4999,
        "page=x",
        "q=%ED%A0%80",
        "q[]=1",
    ],
)
def test_an_odd_search_is_answered(machine, somsri, query):
    assert machine.get(f"{WHO}?{query}").status_code == 200


def test_the_pages_are_in_english_too(machine, somsri):
    assert "Tap your name" in machine.get("/en/who/").content.decode()
    assert "แตะชื่อของท่าน" in page(machine)


def test_after_being_idle_the_page_says_why(machine):
    html = machine.get("/en/who/?idle=1").content.decode()
    assert "You were signed out, as nobody used this machine for 10 minutes" in html
