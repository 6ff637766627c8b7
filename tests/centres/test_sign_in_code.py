"""Three pictures or six digits open a learner's own book, and not to those who guess."""

import time
from itertools import product

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from lms.accounts.codes import PICTURES
from lms.accounts.models import SecretCode, User, WrongTry
from lms.centres.models import Device, SignIn
from lms.centres.signing_in import open_lock, set_code

RIGHT = ["fish", "lotus", "mango"]
WRONG = ["mango", "lotus", "fish"]


@pytest.fixture
def somsri(somsri, set_code):
    set_code(somsri, "fish-lotus-mango")
    return somsri


@pytest.fixture
def thongbai(thongbai, set_code):
    set_code(thongbai, "120956", "pin")
    return thongbai


def tap(browser, learner, pictures=RIGHT, prefix=""):
    return browser.post(f"{prefix}/who/{learner.pk}/", {"picture": pictures})


def type_pin(browser, learner, pin):
    return browser.post(f"/who/{learner.pk}/", {"pin": pin})


def is_in(browser):
    return "_auth_user_id" in browser.session


def test_three_right_pictures_let_her_in(machine, device, somsri):
    answer = tap(machine, somsri)
    assert answer.status_code == 302
    assert answer["Location"] == "/"
    session = machine.session
    assert session["_auth_user_id"] == str(somsri.pk)
    assert session["device"] == str(device.pk)
    assert session["centre"] == device.centre_id
    assert abs(session["seen"] - time.time()) < 5
    sign_in = SignIn.objects.get()
    assert (sign_in.learner_id, sign_in.device_id, sign_in.ended_at) == (somsri.pk, device.pk, None)
    assert sign_in.session_key == session.session_key


def test_one_tap_at_a_time_works_without_javascript(machine, somsri):
    for picture in RIGHT[:2]:
        answer = tap(machine, somsri, [picture])
        assert answer["Location"] == f"/who/{somsri.pk}/"
    html = machine.get(f"/en/who/{somsri.pk}/").content.decode()
    assert "2 of 3 pictures" in html
    assert html.count('<i class="done">') == 2
    tap(machine, somsri, [RIGHT[2]])
    assert is_in(machine)
    assert "taps" not in machine.session


def test_the_page_never_holds_the_pictures_tapped(machine, somsri):
    before = machine.get(f"/who/{somsri.pk}/").content.decode()
    tap(machine, somsri, ["fish"])
    after = machine.get(f"/who/{somsri.pk}/").content.decode()
    assert before.count("fish") == after.count("fish")


def test_a_tap_can_be_taken_back(machine, somsri):
    tap(machine, somsri, ["elephant"])
    machine.post(f"/who/{somsri.pk}/", {"erase": "1"})
    tap(machine, somsri)
    assert is_in(machine)


def test_erasing_nothing_is_no_harm(machine, somsri):
    assert machine.post(f"/who/{somsri.pk}/", {"erase": "1"}).status_code == 302


def test_taps_for_one_name_are_not_taken_for_another(machine, somsri, ban_nong_bua, learner_at, set_code):
    other = learner_at(ban_nong_bua, "ลุงดำ")
    set_code(other, "fish-lotus-mango")
    tap(machine, somsri, ["fish", "lotus"])
    tap(machine, other, ["mango"])
    assert not is_in(machine)


@pytest.mark.parametrize("typed", ["120956", "๑๒๐๙๕๖", "120 956"])
def test_six_digits_let_her_in_thai_ones_too(machine, thongbai, typed):
    assert type_pin(machine, thongbai, typed).status_code == 302
    assert is_in(machine)


def test_a_wrong_code_is_told_kindly_without_a_hint(machine, somsri):
    answer = tap(machine, somsri, ["fish", "lotus", "coconut"], prefix="/en")
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "That was not the code" in html
    assert html.count('class="done"') == 0
    assert not is_in(machine)
    assert "ลองอีกครั้ง" in tap(machine, somsri, WRONG).content.decode()


def test_the_same_pictures_in_another_order_are_another_code(machine, somsri):
    tap(machine, somsri, WRONG)
    assert not is_in(machine)


def test_after_five_wrong_codes_only_the_caretaker_helps(machine, somsri):
    for _ in range(4):
        assert "That was not the code" in tap(machine, somsri, WRONG, "/en").content.decode()
    html = tap(machine, somsri, WRONG, "/en").content.decode()
    assert "Ask the caretaker" in html
    assert tap(machine, somsri, RIGHT).status_code == 403
    assert not is_in(machine)
    assert "Ask the caretaker" in machine.get(f"/en/who/{somsri.pk}/").content.decode()
    WrongTry.objects.all().delete()
    assert tap(machine, somsri, RIGHT).status_code == 403  # time alone does not open the lock


def test_five_wrong_codes_over_a_long_time_lock_nobody(machine, somsri):
    for _ in range(4):
        tap(machine, somsri, WRONG)
    WrongTry.objects.update(at=timezone.now() - timezone.timedelta(minutes=16))
    tap(machine, somsri, WRONG)
    tap(machine, somsri, RIGHT)
    assert is_in(machine)


def test_signing_in_forgets_the_wrong_tries(machine, at, device, somsri):
    for _ in range(4):
        tap(machine, somsri, WRONG)
    tap(machine, somsri, RIGHT)
    tap(at(device), somsri, WRONG)
    assert not SecretCode.objects.get(pk=somsri.pk).is_locked


def test_a_new_code_opens_the_lock_and_the_old_one_opens_nothing(machine, somsri):
    for _ in range(5):
        tap(machine, somsri, WRONG)
    set_code(somsri, "pictures", "bicycle-lotus-rooster")
    assert tap(machine, somsri, RIGHT).status_code == 403
    tap(machine, somsri, ["bicycle", "lotus", "rooster"])
    assert is_in(machine)


def test_an_opened_lock_gives_five_tries_again(machine, somsri):
    for _ in range(5):
        tap(machine, somsri, WRONG)
    open_lock(somsri)
    for _ in range(4):
        tap(machine, somsri, WRONG)
    tap(machine, somsri, RIGHT)
    assert is_in(machine)


def test_a_lock_on_one_machine_holds_on_the_next(machine, at, ban_nong_bua, somsri):
    for _ in range(5):
        tap(machine, somsri, WRONG)
    tap(at(Device.objects.create(centre=ban_nong_bua, name="เครื่อง 2")), somsri, RIGHT)
    assert SignIn.objects.count() == 0


def test_a_device_that_fails_twenty_times_waits_even_for_the_right_code(machine, ban_nong_bua, learner_at, set_code):
    people = [learner_at(ban_nong_bua, f"คน {n}") for n in range(6)]
    for person in people:
        set_code(person, "fish-lotus-mango")
    for person in people[:5]:
        for _ in range(4):
            tap(machine, person, WRONG)
    answer = tap(machine, people[5], RIGHT)
    assert answer.status_code == 429
    assert 3500 < int(answer["Retry-After"]) <= 3600
    assert "60" in answer.content.decode()
    assert machine.get(f"/who/{people[5].pk}/").status_code == 429
    WrongTry.objects.update(at=timezone.now() - timezone.timedelta(minutes=61))
    tap(machine, people[5], RIGHT)
    assert is_in(machine)


def test_going_through_all_codes_gets_nowhere(machine, somsri):
    for pictures in list(product(PICTURES, repeat=3))[:60]:
        tap(machine, somsri, list(pictures))
    assert SecretCode.objects.get(pk=somsri.pk).is_locked
    assert WrongTry.objects.count() == 10  # five for her, five for the device; locked tries are not even compared


def test_who_never_had_a_code_asks_the_caretaker(machine, ban_nong_bua, learner_at):
    new = learner_at(ban_nong_bua, "ลุงดำ")
    assert "There is no secret code yet" in machine.get(f"/en/who/{new.pk}/").content.decode()
    assert tap(machine, new).status_code == 403
    assert not WrongTry.objects.exists()


def test_a_learner_of_another_centre_is_not_found(machine, fah, set_code):
    set_code(fah, "fish-lotus-mango")
    assert machine.get(f"/who/{fah.pk}/").status_code == 404
    assert tap(machine, fah).status_code == 404


def test_nobody_is_not_found(machine, device):
    assert machine.get(f"/who/{device.pk}/").status_code == 404
    assert machine.get("/who/1/").status_code == 404


def test_a_picture_code_never_opens_a_staff_account(machine, ban_nong_bua, somsri):
    ban_nong_bua.appoint_caretaker(somsri)
    assert tap(machine, somsri).status_code == 404
    assert not is_in(machine)


def test_a_role_that_begins_tomorrow_counts_already(machine, ban_nong_bua, somsri):
    ban_nong_bua.appoint_caretaker(somsri, started_on=timezone.localdate() + timezone.timedelta(days=1))
    assert tap(machine, somsri).status_code == 404


def test_a_revoked_device_signs_out_at_once(machine, device, somsri):
    tap(machine, somsri)
    assert machine.get(f"/who/{somsri.pk}/").status_code == 302
    device.revoke()
    assert not is_in(machine)
    assert machine.get("/who/").status_code == 403
    assert SignIn.objects.get().ended_at is not None


def test_the_next_person_ends_the_sign_in_of_the_last(at, device, somsri, thongbai):
    first, second = at(device), at(device)
    tap(first, somsri)
    type_pin(second, thongbai, "120956")
    assert not is_in(first)
    assert [sign_in.ended_at is None for sign_in in SignIn.objects.order_by("pk")] == [False, True]


def test_a_session_known_before_is_worth_nothing_afterwards(machine, somsri):
    tap(machine, somsri, ["fish"])
    before = machine.session.session_key
    tap(machine, somsri, ["lotus", "mango"])
    assert is_in(machine)
    assert machine.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_signing_out_ends_the_visit_and_leaves_nothing_in_the_cache(machine, somsri):
    tap(machine, somsri)
    answer = machine.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert SignIn.objects.get().ended_at is not None
    assert not is_in(machine)


def test_pages_of_a_learner_are_kept_in_no_cache(machine, somsri):
    entering = tap(machine, somsri)
    assert "no-store" in entering["Cache-Control"]
    for url in ("/", "/courses/", "/notebook/", "/who/"):
        assert "no-store" in machine.get(url)["Cache-Control"], url


def test_ten_idle_minutes_sign_out_and_say_so(machine, somsri):
    tap(machine, somsri)
    machine.post("/look/", {"letters": "large"})
    session = machine.session
    session["seen"] = int(time.time()) - 11 * 60
    session.save()
    answer = machine.get("/notebook/", follow=True)
    assert not is_in(machine)
    assert "เพราะไม่มีใครใช้ 10 นาที" in answer.content.decode()
    assert SignIn.objects.get().ended_at is not None
    assert machine.cookies["letters"].value == ""


def test_staff_at_a_shared_machine_are_signed_out_when_idle_too(machine, nok):
    machine.post("/sign-in/", {"username": "nok", "password": "password-of-nok"})
    assert abs(machine.session["seen"] - time.time()) < 5


def test_staff_at_their_own_machine_are_not(client, nok):
    client.post("/sign-in/", {"username": "nok", "password": "password-of-nok"})
    assert "seen" not in client.session


def test_who_is_in_already_needs_no_code(machine, somsri, thongbai):
    tap(machine, somsri)
    assert machine.get(f"/who/{thongbai.pk}/")["Location"] == "/"


@pytest.mark.parametrize(
    "form",
    [
        {"picture": ["dragon", "lotus", "mango"]},
        {"picture": ["fish"] * 4},
        {"picture": ["fish\0", "lotus", "mango"]},
        {"picture": "x" * 5000},
        {"picture": b"\xed\xa0\x80"},
        {"picture": ["fish-lotus", "mango", "mango"]},
    ],
)
def test_odd_taps_are_told_so_and_not_counted(machine, somsri, form):
    answer = machine.post(f"/en/who/{somsri.pk}/", form)
    assert answer.status_code == 400
    assert "Tap three of these pictures." in answer.content.decode()
    assert not WrongTry.objects.exists()


@pytest.mark.parametrize("pin", ["", "12095", "1209567", "abcdef", "\0", "9" * 5000, b"\xff\xfe"])
def test_an_odd_pin_is_told_so_and_not_counted(machine, thongbai, pin):
    answer = type_pin(machine, thongbai, pin)
    assert answer.status_code == 400
    assert not WrongTry.objects.exists()


def test_a_form_without_anything_is_told_so(machine, somsri, thongbai):
    assert machine.post(f"/who/{somsri.pk}/").status_code == 302  # no tap yet
    assert machine.post(f"/who/{thongbai.pk}/").status_code == 400


def test_pictures_do_not_open_a_pin(machine, thongbai):
    assert tap(machine, thongbai).status_code == 400


def test_other_methods_and_sites_change_nothing(at, device, somsri):
    strict = at(device, enforce_csrf_checks=True)
    assert tap(strict, somsri).status_code == 403
    assert not is_in(strict)


def test_a_code_of_somebody_who_left_opens_nothing(machine, somsri):
    User.objects.filter(pk=somsri.pk).update(is_active=False)
    assert tap(machine, somsri).status_code == 404


def test_a_learner_signs_in_where_the_caretaker_forgot_to_sign_out(machine, nok, somsri):
    machine.force_login(nok)
    before = machine.session.session_key
    assert tap(machine, somsri)["Location"] == "/"
    assert machine.session["_auth_user_id"] == str(somsri.pk)
    assert SignIn.objects.get().session_key == machine.session.session_key
    assert not Session.objects.filter(pk=before).exists()


def test_who_is_let_go_while_signed_in_leaves_the_machine_to_others(machine, somsri, thongbai):
    tap(machine, somsri)
    User.objects.filter(pk=somsri.pk).update(is_active=False)
    answer = machine.get("/", follow=True)
    assert thongbai.name in answer.content.decode()
    type_pin(machine, thongbai, "120956")
    assert machine.session["_auth_user_id"] == str(thongbai.pk)


def test_half_a_code_is_not_left_to_the_next_person(machine, somsri):
    tap(machine, somsri, ["fish", "lotus"])
    machine.get("/who/")
    assert machine.get(f"/who/{somsri.pk}/").content.decode().count('class="done"') == 0
    tap(machine, somsri, ["mango"])
    assert not is_in(machine)


def test_signing_in_takes_few_queries(machine, somsri, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        tap(machine, somsri)
