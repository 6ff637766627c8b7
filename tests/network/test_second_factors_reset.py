"""A lost phone: who knows its owner takes the second factor away, and the log has it."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lms.accounts.models import SecondFactor, User
from lms.centres.models import AuditEntry

RESET = "/ministry/second-factors/"


@pytest.fixture
def signed_in():
    """signed_in(wipha): their browser, all the way in."""

    def make(user):
        browser = Client()
        browser.force_login(user)
        return browser

    return make


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root", "password-of-root")


def test_an_officer_resets_a_core_members_who_is_signed_out_everywhere(signed_in, wipha, ek):
    officer, lost = signed_in(wipha), signed_in(ek)
    assert lost.get("/desk/").status_code == 200
    assert officer.post(RESET, {"username": "ek", "known": "known-voice"})["Location"] == RESET
    assert lost.get("/desk/")["Location"].startswith("/sign-in/")  # whoever found the phone sets up nothing
    assert not SecondFactor.objects.filter(user=ek).exists()
    entry = AuditEntry.objects.get(action="factor_reset")
    assert (entry.actor, entry.action, entry.subject, entry.detail) == (wipha.pk, "factor_reset", ek.pk, "known-voice")
    lost.post("/sign-in/", {"username": "ek", "password": "password-of-ek"})
    assert lost.get("/desk/")["Location"].startswith("/second-factor/")


@pytest.mark.parametrize("name", ["wipha", "root", "nok", "nobody", "\0"])
def test_nobodys_own_no_superusers_and_none_that_is_not_there(signed_in, wipha, root, nok, name):
    browser = signed_in(wipha)
    signed_in(root)
    assert browser.post(RESET, {"username": name, "known": "known-met"}).status_code == 400
    assert SecondFactor.objects.count() == 2 and not AuditEntry.objects.exists()


def test_one_says_how_one_knows(signed_in, wipha, ek):
    signed_in(ek)
    assert signed_in(wipha).post(RESET, {"username": "ek"}).status_code == 400
    assert SecondFactor.objects.filter(user=ek).exists()


def test_a_superuser_resets_another_ones(signed_in, root):
    other = User.objects.create_superuser("other", "password-of-other")
    signed_in(other)
    assert signed_in(root).post(RESET, {"username": "other", "known": "known-met"}).status_code == 302
    assert not SecondFactor.objects.filter(user=other).exists()


def test_the_command_does_it_where_nobody_can_sign_in(signed_in, root, capsys):
    signed_in(root)
    call_command("reset_second_factor", "root")
    assert not SecondFactor.objects.exists()
    assert AuditEntry.objects.get().actor is None
    for name in ("root", "nobody", "\0"):
        with pytest.raises(CommandError):
            call_command("reset_second_factor", name)
