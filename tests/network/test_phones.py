"""A learner's own phone: linked by a one-time QR, asked for one code only, ended by the caretaker."""

import io
import re
import time
from datetime import timedelta

import pytest
import typst
import zxingcpp
from django.test import Client
from django.utils import timezone
from PIL import Image

from lms.centres.models import AuditEntry, Device, PhoneInvite, SignIn
from lms.centres.phones import link
from lms.centres.signing_in import DEVICE_COOKIE, set_code
from tests.counting import queries_for_one_and_for_many

RIGHT = ["fish", "lotus", "mango"]


@pytest.fixture
def somsri(somsri, set_code):
    set_code(somsri, "fish-lotus-mango")
    return somsri


@pytest.fixture
def invite(nok, somsri):
    """The address in the QR for a learner: invite(), invite(thongbai)."""
    return lambda learner=somsri: f"/phone/{PhoneInvite.objects.make(learner, nok)[1]}/"


@pytest.fixture
def phone(invite):
    """ป้าสมศรี's phone, linked, with her signed in."""
    browser = Client()
    assert browser.post(invite()).status_code == 302
    return browser


def is_in(browser):
    return "_auth_user_id" in browser.session


def tap(browser, learner, pictures=RIGHT):
    return browser.post(f"/who/{learner.pk}/", {"picture": pictures})


def test_the_caretaker_shows_a_qr_that_holds_ten_minutes(desk, nok, somsri):
    page = desk.post(f"/desk/learners/{somsri.pk}/phones/").content.decode()
    invite = PhoneInvite.objects.get()
    assert "<svg" in page
    assert "10 นาที" in page
    assert (invite.learner_id, invite.made_by) == (somsri.pk, nok)
    assert timedelta(minutes=9) < invite.expires_at - timezone.now() <= timedelta(minutes=10)


def test_the_qr_holds_the_address_that_opens_the_phone(desk, somsri):
    """Read from the page as a phone's camera reads it."""
    page = desk.post(f"/desk/learners/{somsri.pk}/phones/").content.decode()
    svg = re.search(r'<svg[^>]*class="qr".*?</svg>', page, re.S)[0]
    layout = b'#set page(width: 10cm, height: 10cm)\n#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    svg = svg.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    png = typst.compile(layout, format="png", sys_inputs={"svg": svg})
    address = zxingcpp.read_barcodes(Image.open(io.BytesIO(png)))[0].text
    assert address.startswith("http://testserver/phone/")
    assert Client().get(address.removeprefix("http://testserver")).status_code == 200


def test_looking_at_the_address_uses_nothing_up(client, invite, somsri):
    address = invite()
    for _preview in range(3):
        page = client.get(address)
        assert "เข้าเป็น ป้าสมศรี บนมือถือเครื่องนี้" in page.content.decode()
        assert page["Cache-Control"].startswith("max-age=0")
    client.head(address)
    assert not is_in(client)
    assert client.post(address).status_code == 302


def test_the_button_links_the_phone_and_signs_in(phone, nok, somsri):
    device = Device.objects.get()
    assert is_in(phone)
    assert (device.owner_id, device.centre_id, device.bound_by) == (somsri.pk, somsri.home.centre_id, nok)
    assert phone.cookies[DEVICE_COOKIE]["httponly"]
    assert SignIn.objects.get().device == device
    entry = AuditEntry.objects.get(action="phone_linked")
    assert (entry.actor, entry.subject) == (somsri.pk, somsri.pk)


def test_the_second_who_presses_is_told_what_to_do(invite):
    address = invite()
    Client().post(address)
    second = Client()
    for answer in (second.get(address), second.post(address)):
        assert answer.status_code == 410
        assert "ขอให้คนดูแลศูนย์เปิดให้ใหม่" in answer.content.decode()
    assert not is_in(second)
    assert Device.objects.count() == 1


def test_two_who_press_in_the_same_moment_are_one(invite):
    """Both had looked before either pressed."""
    address = invite()
    found = PhoneInvite.objects.of_text(address.split("/")[2])
    Client().post(address)
    assert link(None, found) is None


def test_an_old_invitation_says_what_to_do(client, invite):
    address = invite()
    PhoneInvite.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 410
    assert not Device.objects.exists()


def test_a_new_qr_ends_the_one_before(client, invite):
    first, second = invite(), invite()
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


@pytest.mark.parametrize("text", ["x", "a" * 500, "%00", "ก", "..%2f"])
def test_an_address_nobody_made_opens_nothing(client, db, text):
    assert client.get(f"/phone/{text}/").status_code in (404, 410)
    assert client.post(f"/phone/{text}/").status_code in (404, 410)


def test_when_the_session_is_over_the_phone_asks_for_that_learners_code_only(phone, somsri, thongbai):
    phone.post("/sign-out/")
    answer = phone.get("/", follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == f"/who/{somsri.pk}/"
    assert somsri.name in page
    assert thongbai.name not in page
    assert "ไม่ใช่ฉัน" not in page
    assert tap(phone, somsri).status_code == 302
    assert is_in(phone)


def test_nobody_else_signs_in_on_the_phone(phone, thongbai, set_code):
    set_code(thongbai, "fish-lotus-mango")
    phone.post("/sign-out/")
    assert phone.get(f"/who/{thongbai.pk}/").status_code == 404
    assert tap(phone, thongbai).status_code == 404
    assert thongbai.name not in phone.get("/who/", {"q": "ทอง"}, follow=True).content.decode()


def test_a_phone_is_not_signed_out_when_idle(phone, settings):
    assert "seen" not in phone.session
    settings.SALA_IDLE_SECONDS = -100
    assert phone.get("/notebook/").status_code == 200
    phone.post("/sign-out/")


def test_staff_who_sign_in_on_a_learners_phone_are_signed_out_when_idle(phone, nok):
    phone.post("/sign-out/")
    phone.post("/sign-in/", {"username": "nok", "password": "password-of-nok"})
    assert abs(phone.session["seen"] - time.time()) < 5


def test_the_centres_machines_do_not_list_phones(desk, phone, device):
    page = desk.get("/desk/devices/")
    assert [each.pk for each in page.context["devices"]] == [device.pk]
    assert desk.post(f"/desk/devices/{Device.objects.exclude(owner=None).get().pk}/").status_code == 404


def test_the_centres_own_machine_is_no_phone(device, invite):
    machine = Client()
    machine.cookies[DEVICE_COOKIE] = device.cookie
    address = invite()
    assert machine.get(address).status_code == 409
    answer = machine.post(address)
    assert answer.status_code == 409
    assert "ใช้กล้องมือถือส่อง" in answer.content.decode()
    assert not is_in(machine)
    assert PhoneInvite.objects.usable().exists()


def test_a_phone_that_goes_to_another_learner_forgets_the_first(phone, invite, somsri, thongbai):
    address = invite(thongbai)
    assert "คนเดิมออก" in phone.get(address).content.decode()
    phone.post(address)
    assert phone.session["_auth_user_id"] == str(thongbai.pk)
    assert not Device.objects.bound().filter(owner=somsri).exists()
    assert SignIn.objects.get(learner=somsri).ended_at


def test_linking_signs_out_the_caretaker_who_tried_it(desk, invite, somsri):
    address = invite()
    assert "ครูนก" in desk.get(address).content.decode()
    desk.post(address)
    assert desk.session["_auth_user_id"] == str(somsri.pk)


def test_ending_the_link_signs_the_phone_out_at_once(desk, phone, somsri):
    device = Device.objects.get()
    assert "เลิกผูก" in desk.get(f"/desk/learners/{somsri.pk}/").content.decode()
    answer = desk.post(f"/desk/phones/{device.pk}/")
    assert answer["Location"] == f"/desk/learners/{somsri.pk}/"
    assert not is_in(phone)
    assert phone.get("/who/").status_code == 403
    assert tap(phone, somsri).status_code == 403
    assert AuditEntry.objects.get(action="phone_revoked").subject == somsri.pk
    assert desk.post(f"/desk/phones/{device.pk}/").status_code == 404


def test_a_centres_machine_is_not_ended_as_a_phone(desk, device):
    assert desk.post(f"/desk/phones/{device.pk}/").status_code == 404


def test_the_other_centres_caretaker_links_and_ends_nothing(phone, kham, somsri):
    other = Client()
    other.force_login(kham)
    assert other.post(f"/desk/learners/{somsri.pk}/phones/").status_code == 404
    assert other.post(f"/desk/phones/{Device.objects.get().pk}/").status_code == 404
    assert is_in(phone)


def test_a_learner_without_a_code_gets_one_first(desk, thongbai):
    answer = desk.post(f"/desk/learners/{thongbai.pk}/phones/")
    assert answer.status_code == 409
    assert not PhoneInvite.objects.exists()


@pytest.mark.parametrize("right", ["caretaker", "ministry", "studio", "superuser", "inactive"])
def test_an_account_with_rights_over_others_is_never_linked(desk, client, invite, somsri, ban_nong_bua, right):
    address = invite()
    if right == "caretaker":
        ban_nong_bua.appoint_caretaker(somsri)
    elif right == "ministry":
        somsri.ministry_posts.create(started_on="2020-01-01")
    else:
        field = {"studio": "is_staff", "superuser": "is_superuser", "inactive": "is_active"}[right]
        setattr(somsri, field, right != "inactive")
        somsri.save()
    assert client.get(address).status_code == 410
    assert client.post(address).status_code == 410
    assert not Device.objects.exists()
    assert desk.post(f"/desk/learners/{somsri.pk}/phones/").status_code in (404, 409)


def test_a_linked_phone_of_who_became_a_caretaker_opens_nothing(phone, somsri, ban_nong_bua):
    ban_nong_bua.appoint_caretaker(somsri)
    answer = phone.get("/who/", follow=True)
    assert answer.status_code == 403
    assert tap(phone, somsri).status_code == 404
    assert not is_in(phone)


def test_a_new_code_signs_the_phone_out(phone, somsri):
    set_code(somsri, "pictures", "rooster-mango-lotus")
    assert not is_in(phone)


def test_another_site_cannot_press_the_button(invite):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(invite()).status_code == 403
    assert not Device.objects.exists()


def test_the_learners_page_asks_as_often_for_many_phones(desk, somsri, ban_nong_bua):
    def add(count):
        for _each in range(count):
            Device.objects.create(centre=ban_nong_bua, name="มือถือ", owner_id=somsri.pk)

    add(1)
    queries_for_one_and_for_many(lambda: len(desk.get(f"/desk/learners/{somsri.pk}/").context["phones"]), add)


def test_a_child_waits_for_the_guardian_before_a_phone_is_linked(desk, client, ban_nong_bua, learner_at, nok, set_code):
    child = learner_at(ban_nong_bua, "น้องต้อม", age_band="0-10")
    set_code(child, "fish-lotus-mango")
    assert desk.post(f"/desk/learners/{child.pk}/phones/").status_code == 409
    text = PhoneInvite.objects.make(child, nok)[1]  # from when they were allowed
    assert client.post(f"/phone/{text}/").status_code == 410
    assert not Device.objects.exists()
