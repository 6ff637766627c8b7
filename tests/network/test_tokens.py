"""The page on which caretakers and officers make and end tokens."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lms.accounts.ids import uuid7
from lms.accounts.models import ApiToken
from lms.accounts.models.token import READ_COUNTS, READ_PROGRESS, WRITE_EVENTS
from lms.centres.models import AuditEntry
from tests.counting import queries_for_one_and_for_many

DESK, MINISTRY = "/desk/tokens/", "/ministry/tokens/"
TEXT = re.compile(r"sala_[\w-]{43}")


@pytest.fixture
def browser():
    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make


def form(**fields):
    return {"form": str(uuid7()), "name": "ระบบศูนย์", "scopes": [READ_PROGRESS], "days": "30"} | fields


def text_in(answer):
    assert answer.status_code == 200, answer.content.decode()
    return TEXT.search(answer.content.decode()).group()


def works(text, path="learners/"):
    return Client(headers={"Authorization": f"Bearer {text}"}).get(f"/api/v1/{path}").status_code


def actions():
    return list(AuditEntry.objects.exclude(action="listed").order_by("pk").values_list("action", "actor", "centre"))


def test_a_caretaker_makes_a_token_for_their_centre_and_sees_it_once(browser, nok, somsri, ban_nong_bua):
    page = browser(nok)
    answer = page.post(DESK, form())
    text = text_in(answer)
    assert "no-store" in answer["Cache-Control"]
    token = ApiToken.objects.get()
    assert (token.centre, token.scopes, token.user) == ("TH-32-0001", READ_PROGRESS, nok)
    assert timedelta(days=29) < token.expires_at - timezone.now() <= timedelta(days=30)
    assert works(text) == 200 and works(text, "statistics/completions/?by=centre") == 403
    assert actions() == [("token_made", nok.pk, ban_nong_bua.pk)]
    again = page.get(DESK).content.decode()
    assert not TEXT.search(again) and "ระบบศูนย์" in again


def test_a_form_sent_twice_makes_one_token_and_shows_it_both_times(browser, nok):
    page, sent = browser(nok), form()
    assert text_in(page.post(DESK, sent)) == text_in(page.post(DESK, sent))
    assert ApiToken.objects.count() == len(actions()) == 1


def test_a_form_sent_again_later_shows_nothing(browser, nok, kham, ban_pua):
    page, sent = browser(nok), form()
    first = text_in(page.post(DESK, sent))
    ApiToken.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    late = page.post(DESK, sent)
    assert late.status_code == 400 and not TEXT.search(late.content.decode())
    assert text_in(browser(kham).post(DESK, sent)) != first  # somebody else's form is another one


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "\u200b"},
        {"name": "x" * 81},
        {"scopes": []},
        {"scopes": [READ_COUNTS]},
        {"scopes": ["everything"]},
        {"days": "0"},
        {"days": "366"},
        {"days": "soon"},
        {"form": ""},
        {"form": "x"},
    ],
)
def test_a_form_with_something_wrong_makes_nothing_and_keeps_what_was_typed(browser, nok, wrong):
    answer = browser(nok).post(DESK, form(name="ระบบของอำเภอ") | wrong)
    assert answer.status_code == 400
    assert 'class="fix"' in answer.content.decode() or 'role="alert"' in answer.content.decode()
    assert wrong.get("name") is not None or "ระบบของอำเภอ" in answer.content.decode()
    assert not ApiToken.objects.exists() and not actions()


def test_ending_it_closes_it_at_once(browser, nok, ban_nong_bua):
    page = browser(nok)
    text = text_in(page.post(DESK, form()))
    token = ApiToken.objects.get()
    for _ in range(2):
        assert page.post(f"{DESK}{token.pk}/", {"end": "1"}).status_code == 302
    assert works(text) == 401
    assert actions()[1:] == [("token_revoked", nok.pk, ban_nong_bua.pk)]


def test_the_next_caretaker_sees_ends_and_takes_over_what_the_last_one_made(
    browser, nok, somsri, ban_nong_bua, django_user_model
):
    text = text_in(browser(nok).post(DESK, form()))
    token = ApiToken.objects.get()
    next_one = django_user_model.objects.create_user("dao", "password-of-dao", name="ครูดาว")
    ban_nong_bua.appoint_caretaker(next_one)
    page = browser(next_one)
    assert page.post(f"{DESK}{token.pk}/", {"take": "1"}).status_code == 404  # its maker is still there
    nok.memberships.update(ended_on=timezone.localdate() - timedelta(days=1))
    assert Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/learners/").json()["results"] == []
    assert "รับไว้ดูแลต่อ" in page.get(DESK).content.decode()
    page.post(f"{DESK}{token.pk}/", {"take": "1"})
    token.refresh_from_db()
    assert token.user == next_one
    assert len(Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/learners/").json()["results"]) == 1


def test_other_centres_tokens_and_those_made_elsewhere_are_not_found(browser, nok, kham, ek):
    theirs, _text = ApiToken.objects.make(kham, "theirs", centre="TH-55-0001")
    everywhere, _text = ApiToken.objects.make(nok, "everywhere")
    page = browser(nok)
    assert "theirs" not in page.get(DESK).content.decode()
    for token in (theirs, everywhere):
        assert page.post(f"{DESK}{token.pk}/", {"end": "1"}).status_code == 404
    assert browser(ek).get(DESK).status_code == 404
    assert ApiToken.objects.usable().count() == 2


def test_an_officer_makes_a_token_for_counts_only(browser, wipha, somsri):
    text = text_in(browser(wipha).post(MINISTRY, form(scopes=[READ_COUNTS])))
    token = ApiToken.objects.get()
    assert (token.scopes, token.centre) == (READ_COUNTS, "")
    assert (works(text, "statistics/completions/?by=region"), works(text)) == (200, 403)
    assert browser(wipha).post(MINISTRY, form(scopes=[READ_PROGRESS])).status_code == 400
    assert browser(wipha).post(f"{MINISTRY}{token.pk}/").status_code == 302
    assert works(text, "centres/") == 401
    assert actions() == [("token_made", wipha.pk, None), ("token_revoked", wipha.pk, None)]


def test_an_officer_ends_no_token_of_a_caretaker(browser, wipha, nok):
    token, _text = ApiToken.objects.make(nok, "of a centre", centre="TH-32-0001", scopes=[WRITE_EVENTS])
    assert browser(wipha).post(f"{MINISTRY}{token.pk}/").status_code == 404
    assert "of a centre" not in browser(wipha).get(MINISTRY).content.decode()


def test_a_name_with_markup_is_shown_as_text(browser, nok):
    page = browser(nok)
    page.post(DESK, form(name="<script>alert(1)</script>"))
    assert "<script>alert" not in page.get(DESK).content.decode()


def test_the_page_costs_the_same_for_one_token_and_for_300(browser, nok):
    page = browser(nok)

    def add(count):
        for _ in range(count):
            ApiToken.objects.make(nok, "program", centre="TH-32-0001", scopes=[READ_PROGRESS])

    add(1)
    ask = lambda: page.get(DESK).content.decode().count("program</strong>")  # noqa: E731
    assert queries_for_one_and_for_many(ask, add) <= 9
