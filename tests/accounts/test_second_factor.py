"""The code after the password: who is asked, which codes work, and what does not get in."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from lms.accounts.models import SecondFactor, User, WrongTry
from lms.accounts.second_factor import checking, secrets

ASK, SET_UP, MANAGE = "/second-factor/", "/second-factor/set-up/", "/second-factor/manage/"
SECRET = b"12345678901234567890"  # of RFC 6238's appendix B
NOW = 1_800_000_015


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The codes' clock stands still: clock(30) puts it half a minute on."""
    at = [NOW]
    monkeypatch.setattr(time, "time", lambda: at[0])

    def on(seconds):
        at[0] += seconds

    return on


def typed_in(user):
    """Their browser after the password, and before the code."""
    browser = Client()
    answer = browser.post("/sign-in/", {"username": user.username, "password": f"password-of-{user.username}"})
    assert answer.status_code == 302
    return browser


def code(ago=0, secret=SECRET):
    return secrets.code_of(secret, secrets.this_step() - ago)


@pytest.fixture
def factor_of():
    """factor_of(wipha): set up with SECRET and one recovery code, 111122223333."""

    def make(user):
        recovery = [secrets.mac_of("111122223333", user.pk)]
        return SecondFactor.objects.create(user=user, sealed=secrets.seal(SECRET, user), recovery=recovery)

    return make


@pytest.fixture
def root(db):
    return User.objects.create_superuser("root", "password-of-root")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(moment, expected):
    assert secrets.code_of(SECRET, secrets.this_step(moment)) == expected


@given(st.binary(min_size=20, max_size=20), st.integers(10_000, 10**11), st.integers(-3, 3))
def test_a_code_works_one_step_early_and_one_late_and_no_more(secret, now, drift):
    given_code = secrets.code_of(secret, secrets.this_step(now) + drift)
    found = secrets.step_of(secret, given_code, now=now)
    near = {secrets.code_of(secret, secrets.this_step(now) + step) for step in (-1, 0, 1)}
    assert (found is not None) == (given_code in near)


@pytest.mark.parametrize("name", ["wipha", "ek", "root"])
def test_who_has_none_yet_sets_it_up_before_anything_else_opens(name, request):
    browser = typed_in(request.getfixturevalue(name))
    for address in ("/", "/ministry/", "/desk/", "/studio/", "/courses/", "/my-data/", "/nothing/", MANAGE):
        assert browser.get(address)["Location"].startswith(ASK), address
    assert browser.get(ASK)["Location"].startswith(SET_UP)
    assert browser.get("/api/v1/centres/").status_code == 403
    assert browser.post("/desk/devices/", {"name": "x"})["Location"] == ASK
    assert browser.post("/sign-out/")["Location"] == "/"


def test_setting_up_takes_a_first_code_and_opens_where_one_wanted(wipha):
    browser = typed_in(wipha)
    shown = browser.get(SET_UP + "?next=/ministry/").content.decode()
    letters = re.search(r'<strong class="num">([A-Z2-7 ]+)</strong>', shown)[1]
    assert "otpauth://totp/Sala:wipha?" in shown and "<svg" in shown
    secret = secrets.base64.b32decode(letters.replace(" ", ""))
    assert browser.post(SET_UP, {"code": "000000"}).status_code == 403
    assert not SecondFactor.objects.exists()
    done = browser.post(SET_UP, {"code": code(secret=secret), "next": "/ministry/"})
    assert done.status_code == 200 and 'href="/ministry/"' in done.content.decode()
    assert len(set(re.findall(r"\d{4} \d{4} \d{4}", done.content.decode()))) == 10
    assert browser.get("/ministry/").status_code == 200
    assert browser.get(SET_UP)["Location"] == MANAGE


def test_the_code_opens_what_was_wanted_and_the_session_gets_another_name(wipha, factor_of):
    factor_of(wipha)
    browser = typed_in(wipha)
    assert browser.get("/ministry/?by=month")["Location"] == f"{ASK}?next=%2Fministry%2F%3Fby%3Dmonth"
    before = browser.session.session_key
    assert browser.post(ASK, {"code": code(), "next": "/ministry/"})["Location"] == "/ministry/"
    assert browser.session.session_key != before
    assert browser.get("/ministry/").status_code == 200
    assert browser.get("/api/v1/centres/").status_code == 200


def test_nobody_is_sent_to_another_site_afterwards(wipha, factor_of):
    factor_of(wipha)
    assert typed_in(wipha).post(ASK, {"code": code(), "next": "https://evil.example/"})["Location"] == "/"


def test_thai_digits_and_spaces_do_as_well(wipha, factor_of):
    factor_of(wipha)
    thai = code().translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    assert typed_in(wipha).post(ASK, {"code": f" {thai[:3]} {thai[3:]}"}).status_code == 302


def test_no_code_works_twice_nor_one_before_it(wipha, factor_of):
    factor_of(wipha)
    assert typed_in(wipha).post(ASK, {"code": code()}).status_code == 302
    for again in (code(), code(ago=1)):
        assert typed_in(wipha).post(ASK, {"code": again}).status_code == 403


@pytest.mark.parametrize("wrong", ["", "12345", "000000", "ก" * 6, "\0", "1" * 5000, "1111 2222 3334"])
def test_what_is_no_code_opens_nothing(wipha, factor_of, wrong):
    factor_of(wipha)
    browser = typed_in(wipha)
    assert browser.post(ASK, {"code": wrong}).status_code == 403
    assert browser.get("/ministry/")["Location"].startswith(ASK)


def test_a_recovery_code_works_once_and_says_how_many_are_left(wipha, factor_of):
    factor_of(wipha)
    browser = typed_in(wipha)
    assert browser.post("/en" + ASK, {"code": "1111-2222 3333", "next": "/en/ministry/"}).status_code == 302
    assert "That code is used up. 0 are left." in browser.get("/en/ministry/").content.decode()
    assert typed_in(wipha).post(ASK, {"code": "111122223333"}).status_code == 403


def test_after_five_wrong_codes_even_the_right_one_waits(wipha, factor_of):
    factor_of(wipha)
    browser = typed_in(wipha)
    for _ in range(5):
        assert browser.post(ASK, {"code": "000000"}).status_code == 403
    answer = browser.post(ASK, {"code": code()})
    assert answer.status_code == 429 and 800 < int(answer["Retry-After"]) <= 900
    WrongTry.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert browser.post(ASK, {"code": code()}).status_code == 302


def test_slow_guessing_waits_too(wipha, factor_of):
    factor_of(wipha)
    for minutes in range(20):
        WrongTry.objects.create(
            subject=f"second-factor:{wipha.pk}", at=timezone.now() - timedelta(minutes=20 + minutes * 20)
        )
    assert typed_in(wipha).post(ASK, {"code": code()}).status_code == 429


def test_a_role_given_while_signed_in_asks_at_the_next_page(nok):
    browser = typed_in(nok)
    assert browser.get("/desk/").status_code == 200
    nok.ministry_posts.create()
    assert browser.get("/desk/")["Location"].startswith(ASK)


def test_another_phone_closes_what_was_opened_with_the_old_one(wipha, factor_of):
    factor_of(wipha)
    here, elsewhere = typed_in(wipha), typed_in(wipha)
    here.post(ASK, {"code": code(ago=1)})
    elsewhere.post(ASK, {"code": code()})
    assert elsewhere.get("/ministry/").status_code == 200
    assert here.post(MANAGE, {"do": "remove", "code": code()}).status_code == 403  # used a moment ago
    assert here.post(MANAGE, {"do": "remove", "code": code(ago=-1)})["Location"] == SET_UP
    assert elsewhere.get("/ministry/")["Location"].startswith("/sign-in/")  # and cannot set up another there
    factor_of(wipha)
    assert here.get("/ministry/")["Location"].startswith(ASK)


def test_new_recovery_codes_end_the_old_ones(wipha, factor_of):
    factor = factor_of(wipha)
    browser = typed_in(wipha)
    browser.post(ASK, {"code": code(ago=1)})
    shown = browser.post(MANAGE, {"do": "codes", "code": code()}).content.decode()
    fresh = re.findall(r"\d{4} \d{4} \d{4}", shown)
    assert len(fresh) == 10
    factor.refresh_from_db()
    assert len(factor.recovery) == 10
    assert typed_in(wipha).post(ASK, {"code": "111122223333"}).status_code == 403
    assert typed_in(wipha).post(ASK, {"code": fresh[3]}).status_code == 302


def test_a_caretaker_may_have_one_and_may_leave_it(nok):
    browser = typed_in(nok)
    assert browser.get("/desk/").status_code == 200
    shown = browser.get(SET_UP).content.decode()
    letters = re.search(r'<strong class="num">([A-Z2-7 ]+)</strong>', shown)[1]
    secret = secrets.base64.b32decode(letters.replace(" ", ""))
    assert browser.post(SET_UP, {"code": code(ago=1, secret=secret)}).status_code == 200
    again = typed_in(nok)
    assert again.get("/desk/")["Location"].startswith(ASK)
    assert again.post(SET_UP, {"code": code(secret=secret)})["Location"] == MANAGE  # it sets up no second one
    assert again.get("/desk/")["Location"].startswith(ASK)
    assert browser.post(MANAGE, {"do": "remove", "code": code(secret=secret)})["Location"] == "/"
    assert typed_in(nok).get("/desk/").status_code == 200


def test_learners_have_none(somsri, device, sits_at):
    browser = sits_at(somsri, device)
    assert browser.get("/").status_code == 200
    assert browser.get(SET_UP).status_code == 404
    assert browser.get(ASK)["Location"] == "/"


def test_neither_the_secret_nor_a_code_can_be_read_in_the_database(wipha):
    browser = typed_in(wipha)
    shown = browser.get(SET_UP).content.decode()
    letters = re.search(r'<strong class="num">([A-Z2-7 ]+)</strong>', shown)[1]
    secret = secrets.base64.b32decode(letters.replace(" ", ""))
    codes = re.findall(r"\d{4} \d{4} \d{4}", browser.post(SET_UP, {"code": code(secret=secret)}).content.decode())
    factor = SecondFactor.objects.get()
    kept = bytes(factor.sealed) + repr(factor.recovery).encode() + repr(dict(browser.session)).encode()
    for plain in (secret, letters.replace(" ", "").encode(), codes[0].replace(" ", "").encode()):
        assert plain not in kept


def test_a_row_moved_to_another_person_is_of_no_use(wipha, ek, factor_of):
    factor_of(wipha)
    SecondFactor.objects.update(user=ek)
    assert typed_in(ek).post(ASK, {"code": code()}).status_code == 403


def test_under_another_key_nothing_opens_and_nothing_breaks(wipha, factor_of, settings):
    factor_of(wipha)
    settings.SALA_CODE_KEY = "another"
    browser = typed_in(wipha)
    assert browser.get(ASK).status_code == 200
    assert browser.post(ASK, {"code": code()}).status_code == 403


def test_asking_costs_a_session_no_query(wipha, client, django_assert_num_queries):
    client.force_login(wipha)
    with django_assert_num_queries(2):  # the session; the person, with all that is asked of them
        client.get("/second-factor/")


def test_the_demo_alone_says_the_code_on_the_page(wipha, factor_of, settings):
    factor_of(wipha)
    browser = typed_in(wipha)
    assert code() not in browser.get(ASK).content.decode()
    settings.SALA_DEMO = True
    told = re.search(r"data-demo-code>(\d{6})<", browser.get(ASK).content.decode())[1]
    assert browser.post(ASK, {"code": told}).status_code == 302


def test_two_who_type_the_same_code_at_once_come_in_once(wipha, factor_of):
    """As two requests see it one after the other: the second meets the step that the first has kept."""
    factor_of(wipha)
    assert [checking.try_code(wipha, code()) for _ in range(2)] == [checking.Answer.RIGHT, checking.Answer.AGAIN]
