"""Those who guess: at once from many machines, slowly, or with what they once knew."""

import random
import sqlite3
import threading
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from itertools import product

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import F
from django.test import Client
from django.utils import timezone

from lms.accounts.codes import PICTURES
from lms.accounts.models import SecretCode, WrongTry
from lms.centres.models import Device, SignIn
from lms.centres.signing_in import DEVICE_COOKIE, set_code, sign_in

RIGHT, WRONG = ["fish", "lotus", "mango"], ["mango", "lotus", "fish"]


def tap(browser, learner, pictures):
    return browser.post(f"/who/{learner.pk}/", {"picture": pictures})


def is_in(browser):
    return "_auth_user_id" in browser.session


@pytest.fixture
def somsri(somsri, set_code):
    set_code(somsri, "fish-lotus-mango")
    return somsri


@pytest.fixture
def shared_database(transactional_db, tmp_path):
    """A database that threads really share: PostgreSQL, or a file of SQLite as on a centre's machine.

    The tests' own SQLite lies in memory, where other threads meet locks that no file has.
    """
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    in_memory, name = connection.connection, connection.settings_dict["NAME"]
    with closing(sqlite3.connect(tmp_path / "shared.sqlite3")) as file:
        in_memory.backup(file)
    connection.settings_dict["NAME"] = str(tmp_path / "shared.sqlite3")
    connection.connection = None  # the next query opens the file
    yield
    connection.close()
    connection.settings_dict["NAME"], connection.connection = name, in_memory


def at_once(work, things):
    """Do the work for each thing in a thread of its own, all at the same moment; the answers."""
    start, answers = threading.Barrier(len(things)), []

    def run(thing):
        try:
            start.wait(30)
            answers.append(work(thing))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[thing]) for thing in things]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_guesses_in_the_same_moment_from_many_machines_count_one_by_one(shared_database, somsri, ban_nong_bua, nok):
    machines = [Device.objects.create(centre=ban_nong_bua, name=f"เครื่อง {n}", bound_by=nok) for n in range(12)]
    codes = [list(code) for code in product(PICTURES, repeat=3) if list(code) != RIGHT][: len(machines)]

    def guess(machine_and_code):
        machine, code = machine_and_code
        browser = Client()
        browser.cookies[DEVICE_COOKIE] = machine.cookie
        return tap(browser, somsri, code).status_code

    assert at_once(guess, list(zip(machines, codes, strict=True))) == [403] * len(machines)
    assert WrongTry.objects.filter(subject=f"code:{somsri.pk}").count() == 5  # the others were not even compared
    assert SecretCode.objects.get(pk=somsri.pk).is_locked


def test_guesses_in_the_same_moment_at_one_machine_count_one_by_one(
    shared_database, device, ban_nong_bua, learner_at, set_code
):
    learners = [learner_at(ban_nong_bua, f"คนที่ {n}") for n in range(8)]
    for learner in learners:
        set_code(learner, "fish-lotus-mango")
    WrongTry.objects.bulk_create(WrongTry(subject=f"device:{device.pk}") for _ in range(17))

    def guess(learner):
        browser = Client()
        browser.cookies[DEVICE_COOKIE] = device.cookie
        return tap(browser, learner, WRONG).status_code

    assert sorted(at_once(guess, learners)) == [403] * 3 + [429] * 5
    assert WrongTry.objects.filter(subject=f"device:{device.pk}").count() == 20


@pytest.mark.slow
def test_ten_thousand_guesses_with_all_right_codes_among_them_get_nobody_in(
    at, ban_nong_bua, nok, learner_at, set_code, rf
):
    """Every code there is, for six learners, in any order, at eight machines; every fortieth as a browser sends it.

    The clock helps who guesses: no machine ever has to wait. What stops them is the lock on each learner. Only the
    luck of being right within the first five is left out: it is 5 in 1,728.
    """
    order = random.Random(2569)
    machines = [Device.objects.create(centre=ban_nong_bua, name=f"เครื่อง {n}", bound_by=nok) for n in range(8)]
    guesses = []
    for n in range(6):
        learner = learner_at(ban_nong_bua, f"คนที่ {n}")
        codes = [f"{pin:06}" for pin in range(555_000, 556_728)] if n == 5 else product(PICTURES, repeat=3)
        codes = order.sample(list(codes), 1728)
        right = order.choice(codes[5:])
        set_code(learner, *((right, "pin") if n == 5 else ("-".join(right), "pictures")))
        guesses += [(place, learner, code) for place, code in enumerate(codes)]
    guesses.sort(key=lambda guess: guess[0] + order.random())  # in parallel, each learner's in its order
    assert len(guesses) > 10_000
    answers = Counter()
    for n, (_place, learner, code) in enumerate(guesses):
        if n % 100 == 0:
            WrongTry.objects.update(at=F("at") - timedelta(hours=1))
        machine = machines[n % len(machines)]
        if n % 40 == 0:
            browser = at(machine)
            form = {"pin": code} if isinstance(code, str) else {"picture": code}
            answers[browser.post(f"/who/{learner.pk}/", form).status_code] += 1
            assert not is_in(browser)
        else:
            request = rf.post("/")
            request.session = SessionStore()
            text = code if isinstance(code, str) else "-".join(code)
            answers[sign_in(request, machine, learner, text).name] += 1
    assert set(answers) == {"AGAIN", "LOCKED", 403}
    assert answers["AGAIN"] <= 6 * 4  # before each one's fifth, and fewer by those of the browsers
    assert SecretCode.objects.exclude(locked_at=None).count() == 6
    assert not SignIn.objects.exists()
    assert not Session.objects.filter(session_data__contains="_auth_user_id").exists()


def test_who_guesses_slowly_is_locked_out_as_well(machine, somsri):
    for _guess in range(20):
        WrongTry.objects.update(at=timezone.now() - timedelta(hours=1))
        assert tap(machine, somsri, WRONG).status_code == 403
    assert SecretCode.objects.get(pk=somsri.pk).is_locked


def test_twenty_wrong_tries_in_a_year_lock_nobody(machine, somsri):
    WrongTry.objects.bulk_create(WrongTry(subject=f"code:{somsri.pk}") for _ in range(19))
    WrongTry.objects.update(at=timezone.now() - timedelta(days=8))
    tap(machine, somsri, WRONG)
    assert not SecretCode.objects.get(pk=somsri.pk).is_locked


def test_a_new_code_signs_out_who_came_in_with_the_old_one(machine, somsri):
    tap(machine, somsri, RIGHT)
    set_code(somsri, "pictures", "rooster-mango-lotus")
    assert not is_in(machine)
    assert SignIn.objects.get().ended_at is not None


def test_who_becomes_a_caretaker_while_signed_in_by_pictures_is_signed_out(machine, ban_nong_bua, somsri):
    tap(machine, somsri, RIGHT)
    ban_nong_bua.appoint_caretaker(somsri)
    assert not Session.objects.exists()
    assert machine.get("/desk/").status_code == 302


@pytest.mark.parametrize("right", ["group", "group's list", "superuser", "permission"])
def test_who_is_given_rights_in_the_studio_while_signed_in_by_pictures_is_signed_out(machine, somsri, right):
    tap(machine, somsri, RIGHT)
    if right == "group":
        somsri.groups.add(Group.objects.create(name="authors"))
    elif right == "group's list":
        Group.objects.create(name="authors").user_set.add(somsri)
    elif right == "permission":
        somsri.user_permissions.add(Permission.objects.get(codename="access_admin"))
    else:
        somsri.is_superuser = True
        somsri.save()
    assert not is_in(machine)
    assert machine.get("/studio/").status_code == 302


def test_who_becomes_a_helper_stays_signed_in(machine, ban_nong_bua, somsri):
    tap(machine, somsri, RIGHT)
    somsri.memberships.create(centre=ban_nong_bua, role="helper")
    assert is_in(machine)


def test_pictures_open_no_account_of_the_studio(machine, somsri):
    somsri.groups.add(Group.objects.create(name="authors"))
    assert tap(machine, somsri, RIGHT).status_code == 404
    assert not is_in(machine)


def test_a_cookie_of_a_revoked_machine_is_worth_nothing_wherever_it_was_copied_to(at, device, somsri):
    thief = at(device)
    device.revoke()
    assert thief.get("/who/").status_code == 403
    assert tap(thief, somsri, RIGHT).status_code == 403
    assert not WrongTry.objects.exists()


@pytest.mark.parametrize("cookie", ["", "x", "x:y:z", "\xe0", "a" * 5000])
def test_a_cookie_that_nobody_signed_is_no_machine(client, somsri, cookie):
    client.cookies[DEVICE_COOKIE] = cookie
    assert client.get("/who/").status_code == 403


@pytest.mark.parametrize("address", ["/api/v1/learners/", "/notebook/", "/still-here/"])
def test_who_was_idle_is_out_for_programs_and_parts_of_pages_too(machine, somsri, address):
    tap(machine, somsri, RIGHT)
    session = machine.session
    session["seen"] = int(time.time()) - 11 * 60
    session.save()
    answer = machine.post(address) if "still" in address else machine.get(address, headers={"X-Fragment": "1"})
    assert answer.status_code in (302, 401)
    assert not is_in(machine)
    assert SignIn.objects.get().ended_at is not None
