"""Staff sign in with a password; signing out leaves nothing behind."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from lms.accounts.models import User, WrongTry

SIGN_IN = "/sign-in/"


def type_in(client, username="nok", password="password-of-nok", **more):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_staff_sign_in_and_go_to_the_first_page(client, nok):
    answer = type_in(client)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(nok.pk)


def test_the_page_is_there_in_thai_and_english(client, db):
    assert 'name="username"' in client.get(SIGN_IN).content.decode()
    assert "Caretakers and staff sign in" in client.get("/en/sign-in/").content.decode()


def test_they_go_on_to_where_they_wanted(client, nok):
    assert type_in(client, next="/desk/devices/")["Location"] == "/desk/devices/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "\\\\evil.example", "/" + "x" * 5000, "\0"],
)
def test_nobody_is_sent_to_another_site(client, nok, elsewhere):
    assert type_in(client, next=elsewhere)["Location"] == reverse("home")


def test_those_who_read_english_get_english_pages(client, nok):
    User.objects.filter(pk=nok.pk).update(language="en")
    assert type_in(client)["Location"] == "/en/"
    client.logout()
    assert type_in(client, next="/desk/?q=x")["Location"] == "/en/desk/?q=x"


def test_a_session_known_before_is_worth_nothing_afterwards(client, nok):
    session = client.session
    session["taps"] = ["somebody", ["fish"]]
    session.save()
    before = session.session_key
    type_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_a_wrong_password_is_told_kindly_and_signs_nobody_in(client, nok):
    answer = type_in(client, password="password-of-nobody")
    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session
    assert "password-of-nobody" not in answer.content.decode()


def test_an_unknown_name_and_a_wrong_password_read_the_same(client, nok):
    wrong = client.post("/en/sign-in/", {"username": "nok", "password": "x"})
    unknown = client.post("/en/sign-in/", {"username": "who", "password": "x"})
    sentence = "The user name and the password do not go together."
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()


def test_after_ten_wrong_passwords_even_the_right_one_waits(client, nok):
    for _ in range(10):
        assert type_in(client, password="guess").status_code == 403
    answer = type_in(client)
    assert answer.status_code == 429
    assert 800 < int(answer["Retry-After"]) <= 900
    assert "15" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_wait_ends(client, nok):
    for _ in range(10):
        type_in(client, password="guess")
    WrongTry.objects.update(at=timezone.now() - timezone.timedelta(minutes=16))
    assert type_in(client).status_code == 302


def test_a_strangers_failures_elsewhere_do_not_keep_her_out(client, nok):
    for _ in range(10):
        client.post(SIGN_IN, {"username": "nok", "password": "guess"}, REMOTE_ADDR="203.0.113.9")
    assert type_in(client).status_code == 302


def test_learners_have_no_password_to_guess(client, somsri):
    for name in (somsri.name, str(somsri.pk), ""):
        for password in ("", "!", somsri.password):
            assert type_in(client, name, password).status_code in (400, 403)
    assert "_auth_user_id" not in client.session


def test_those_who_left_cannot_come_back(client, nok):
    User.objects.filter(pk=nok.pk).update(is_active=False)
    assert type_in(client).status_code == 403


def test_who_is_in_already_goes_to_the_first_page(client, nok):
    client.force_login(nok)
    answer = client.get(f"{SIGN_IN}?next=/studio/")
    assert answer["Location"] == reverse("home")


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"username": "nok"},
        {"username": "nok\0", "password": "password-of-nok"},
        {"username": "x" * 5000, "password": "y" * 5000},
        {"username": ["nok", "other"], "password": ["a", "b"]},
        {"username": "\ud800".encode("utf-8", "surrogatepass"), "password": b"\xff"},
        {"username[]": "nok", "password": "x"},
    ],
)
def test_an_odd_form_gets_a_clear_answer(client, nok, form):
    assert client.post(SIGN_IN, form).status_code in (400, 403)
    assert "_auth_user_id" not in client.session


def test_a_form_from_another_site_changes_nothing(nok, django_user_model):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    assert strict.post(SIGN_IN, {"username": "nok", "password": "password-of-nok"}).status_code == 403
    assert "_auth_user_id" not in strict.session


def test_signing_out_leaves_nothing_in_the_browser(client, nok):
    client.force_login(nok)
    key = client.session.session_key
    answer = client.post("/sign-out/")
    assert answer["Location"] == reverse("home")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer["Cache-Control"] == "no-store"
    assert not Session.objects.filter(pk=key).exists()
    assert answer.cookies["sessionid"].value == ""


def test_a_link_cannot_sign_anyone_out(client, nok):
    client.force_login(nok)
    assert client.get("/sign-out/").status_code == 405
    assert "_auth_user_id" in client.session


def test_the_sign_in_page_is_not_kept(client, db):
    assert "no-store" in client.get(SIGN_IN)["Cache-Control"]


def test_somebody_who_reads_is_still_here(client, somsri):
    client.force_login(somsri)
    session = client.session
    session["seen"] = int(time.time()) - 300
    session.save()
    assert client.post("/still-here/").status_code == 204
    assert client.session["seen"] >= int(time.time()) - 5


def test_nobody_is_not_here(client, db):
    assert client.post("/still-here/").status_code == 403
    assert client.get("/still-here/").status_code == 405


def test_many_names_tried_from_one_address_make_it_wait(client, nok, settings):
    settings.SALA_PASSWORD_TRIES = 1  # ten for an address
    for number in range(10):
        assert type_in(client, f"name-{number}", "password-of-nok").status_code == 403
    assert type_in(client).status_code == 429
    assert (
        client.post(SIGN_IN, {"username": "nok", "password": "password-of-nok"}, REMOTE_ADDR="1.2.3.4").status_code
        == 302
    )


def test_somebodys_own_success_does_not_wipe_out_what_was_tried_on_others(client, nok):
    type_in(client, "somebody-else", "guess")
    type_in(client)
    assert WrongTry.objects.filter(subject="password-from:127.0.0.1").count() == 1


def test_behind_our_own_web_server_callers_are_told_apart(client, nok, settings):
    settings.SALA_PROXIES = 1
    for _ in range(10):
        type_in(client, password="guess")
        client.post(SIGN_IN, {"username": "nok", "password": "x"}, headers={"X-Forwarded-For": "8.8.8.8, 203.0.113.9"})
    good = {"username": "nok", "password": "password-of-nok"}
    assert client.post(SIGN_IN, good, headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.9"}).status_code == 429
    assert client.post(SIGN_IN, good, headers={"X-Forwarded-For": "203.0.113.9, 203.0.113.10"}).status_code == 302


def test_without_a_web_server_in_front_nobody_can_pretend_an_address(client, nok):
    for number in range(10):
        client.post(SIGN_IN, {"username": "nok", "password": "x"}, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert type_in(client).status_code == 429


def test_a_new_password_signs_out_everywhere_else(client, nok):
    type_in(client)
    nok.set_password("another-password-of-nok")
    nok.save()
    assert client.get("/desk/")["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("door", ["/studio/login/", "/_util/login/"])
def test_there_is_one_door_for_passwords(client, db, door):
    assert client.get(f"{door}?next=/studio/")["Location"] == f"{SIGN_IN}?next=/studio/"


def test_wrong_tries_too_old_to_count_are_forgotten_with_the_next_one(client, nok):
    old = timezone.now() - timedelta(days=8)
    WrongTry.objects.create(subject="password:what was typed in the wrong field", at=old)
    week = WrongTry.objects.create(subject="code:x", at=timezone.now() - timedelta(days=6))
    type_in(client, password="wrong")
    assert WrongTry.objects.filter(at__lte=old).count() == 0
    assert WrongTry.objects.filter(pk=week.pk).exists()
