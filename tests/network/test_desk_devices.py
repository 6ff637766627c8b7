"""A caretaker sets up the machines of the centre, and takes them away."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from lms.centres.models import Device
from lms.centres.signing_in import DEVICE_COOKIE
from tests.counting import queries_for_one_and_for_many

DEVICES = "/desk/devices/"


@pytest.fixture
def sits_at(set_code):
    """Somebody signed in at a device, and their browser."""

    def make(learner, device):
        set_code(learner, "fish-lotus-mango")
        browser = Client()
        browser.cookies[DEVICE_COOKIE] = device.cookie
        browser.post(f"/who/{learner.pk}/", {"picture": ["fish", "lotus", "mango"]})
        return browser

    return make


def test_this_browser_becomes_a_machine_of_the_centre(desk, nok, ban_nong_bua, somsri):
    answer = desk.post(DEVICES, {"name": " เครื่อง 7 "})
    assert answer.status_code == 302
    device = Device.objects.get()
    assert (device.name, device.centre, device.bound_by) == ("เครื่อง 7", ban_nong_bua, nok)
    cookie = answer.cookies[DEVICE_COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 365 * 24 * 3600
    assert not cookie["secure"]
    assert "This machine is set up as เครื่อง 7." in desk.get("/en/desk/devices/").content.decode()
    desk.post("/sign-out/")
    assert somsri.name in desk.get("/who/").content.decode()


def test_over_https_the_cookie_goes_nowhere_else(desk):
    assert desk.post(DEVICES, {"name": "เครื่อง 7"}, secure=True).cookies[DEVICE_COOKIE]["secure"]


def test_the_caretaker_there_is_signed_out_when_idle_from_now_on(desk):
    desk.post(DEVICES, {"name": "เครื่อง 7"})
    assert abs(desk.session["seen"] - time.time()) < 5


def test_a_machine_is_set_up_once(desk):
    desk.post(DEVICES, {"name": "เครื่อง 7"})
    assert desk.post(DEVICES, {"name": "เครื่อง 8"}).status_code == 400
    assert Device.objects.count() == 1


def test_a_machine_that_moved_belongs_to_the_new_centre(desk, ban_nong_bua, ban_pua):
    desk.cookies[DEVICE_COOKIE] = Device.objects.create(centre=ban_pua, name="เครื่อง 1").cookie
    desk.post(DEVICES, {"name": "เครื่อง 7"})
    assert Device.objects.of_cookie(desk.cookies[DEVICE_COOKIE].value).centre == ban_nong_bua


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "ก" * 41, "x" * 5000, "a\0b", "เครื่อง 1"])
def test_an_odd_or_taken_name_is_told_so(desk, device, name):
    answer = desk.post(DEVICES, {"name": name})
    assert answer.status_code == 400
    assert DEVICE_COOKIE not in answer.cookies
    assert Device.objects.count() == 1


def test_the_list_tells_who_sits_where(desk, device, somsri, sits_at):
    assert "Free" in desk.get("/en/desk/devices/").content.decode()
    browser = sits_at(somsri, device)
    html = desk.get("/en/desk/devices/").content.decode()
    assert "ป้าสมศรี is here now" in html
    assert "Last sign-in" in html
    browser.post("/sign-out/")
    assert "is here now" not in desk.get("/en/desk/devices/").content.decode()


def test_who_was_left_idle_is_not_here(desk, device, somsri, sits_at):
    browser = sits_at(somsri, device)
    session = browser.session
    session["seen"] = int(time.time()) - 11 * 60
    session.save()
    assert "is here now" not in desk.get("/en/desk/devices/").content.decode()


def test_removing_a_machine_signs_out_at_once(desk, device, somsri, sits_at):
    browser = sits_at(somsri, device)
    assert desk.post(f"{DEVICES}{device.pk}/").status_code == 302
    assert "_auth_user_id" not in browser.session
    assert browser.get("/who/").status_code == 403
    assert desk.get(DEVICES).context["devices"] == []
    assert Device.objects.bound().count() == 0


def test_removing_this_machine_takes_its_cookie(desk):
    desk.post(DEVICES, {"name": "เครื่อง 7"})
    desk.post(f"{DEVICES}{Device.objects.get().pk}/")
    assert desk.cookies[DEVICE_COOKIE].value == ""


def test_removing_twice_is_not_found(desk, device):
    desk.post(f"{DEVICES}{device.pk}/")
    assert desk.post(f"{DEVICES}{device.pk}/").status_code == 404


def test_a_link_removes_nothing(desk, device):
    assert desk.get(f"{DEVICES}{device.pk}/").status_code == 405
    assert Device.objects.bound().count() == 1


def test_another_centres_caretaker_neither_sees_nor_removes_it(client, kham, device):
    client.force_login(kham)
    assert client.get(DEVICES).context["devices"] == []
    assert client.post(f"{DEVICES}{device.pk}/").status_code == 404
    assert client.post(DEVICES, {"name": "x", "centre": device.centre.code}).status_code == 404
    assert Device.objects.bound().count() == 1


def test_300_machines_cost_no_more_queries_than_one(desk, nok, ban_nong_bua, device, somsri, sits_at):
    sits_at(somsri, device)

    def ask():
        return desk.get("/en/desk/devices/").content.decode().count("ป้าสมศรี is here now")

    def add_machines(count):
        machines = [Device(centre=ban_nong_bua, name=f"เครื่อง {n}", bound_by=nok) for n in range(2, count + 2)]
        Device.objects.bulk_create(machines)
        sitting = Session.objects.get(pk=somsri.sign_ins.get().session_key)
        for machine in machines:
            sitting.pk = f"session-{machine.pk}"[:40]
            sitting.save(force_insert=True)
            somsri.sign_ins.create(device=machine, session_key=sitting.pk)

    assert queries_for_one_and_for_many(ask, add_machines) == 5
