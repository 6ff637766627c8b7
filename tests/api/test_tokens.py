"""How tokens are used: when and from where, how often, and what the command makes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from lms.accounts import tokens
from lms.accounts.models import ApiToken
from lms.accounts.models.token import READ_COUNTS, READ_PROGRESS, SCOPES

CENTRES = "/api/v1/centres/"


def used():
    token = ApiToken.objects.get()
    return token.last_used_at, token.last_used_from


def test_its_use_is_noted_every_ten_minutes_and_not_every_time(api, nok):
    program = api(nok)
    program.get(CENTRES)
    first, address = used()
    assert (timezone.now() - first < timedelta(seconds=9), address) == (True, "127.0.0.1")
    program.get(CENTRES)
    assert used()[0] == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=11))
    program.get(CENTRES)
    assert used()[0] >= first


def test_a_use_from_elsewhere_is_noted_at_once(api, nok):
    program = api(nok)
    program.get(CENTRES)
    first, _address = used()
    program.get(CENTRES, REMOTE_ADDR="2001:db8::7")
    assert used()[0] > first and used()[1] == "2001:db8::7"


def test_a_token_that_asks_too_often_is_told_to_wait(api, nok, settings, monkeypatch):
    settings.SALA_TOKEN_RATE = 3
    monkeypatch.setattr(tokens.time, "time", lambda: 6_000_042.5)
    program = api(nok)
    assert [program.get(CENTRES).status_code for _ in range(5)] == [200, 200, 200, 429, 429]
    answer = program.get(CENTRES)
    assert (answer["Retry-After"], answer["Content-Type"]) == ("18", "application/problem+json")
    assert "18 seconds" in answer.json()["detail"]
    assert api(nok).get(CENTRES).status_code == 200  # another token counts by itself
    monkeypatch.setattr(tokens.time, "time", lambda: 6_000_060.0)
    assert program.get(CENTRES).status_code == 200


def test_people_on_the_site_are_not_throttled(nok, settings):
    settings.SALA_TOKEN_RATE = 1
    browser = Client()
    browser.force_login(nok)
    assert {browser.get(CENTRES).status_code for _ in range(4)} == {200}


def test_a_count_that_another_thread_began_is_counted_on(settings, monkeypatch):
    def begun_by_another(key):
        monkeypatch.undo()
        cache.add(key, 7, 60)
        raise ValueError

    monkeypatch.setattr(cache, "incr", begun_by_another)
    assert tokens._counted("token-rate:1:1") == 8


def make(capsys, *arguments, **options):
    call_command("make_token", *arguments, **options)
    token = ApiToken.objects.of_text(capsys.readouterr().out.strip())
    return token.scopes.split(), token.centre


def test_the_command_gives_the_scopes_and_the_centre_that_it_is_told(nok, capsys):
    assert make(capsys, "nok") == (list(SCOPES), "")
    assert make(capsys, "nok", scope=[READ_PROGRESS], centre="TH-32-0001") == ([READ_PROGRESS], "TH-32-0001")


def test_the_command_gives_an_officer_counts_only(wipha, capsys):
    assert make(capsys, "wipha") == ([READ_COUNTS], "")
    with pytest.raises(CommandError, match="one scope"):
        call_command("make_token", "wipha", scope=[READ_PROGRESS])
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("centre", ["TH-55-0001", "nowhere", "\udcff"])
def test_the_command_makes_none_for_a_centre_of_somebody_else(nok, ban_pua, centre):
    with pytest.raises(CommandError, match="does not look after"):
        call_command("make_token", "nok", centre=centre)
    assert not ApiToken.objects.exists()


def test_the_command_knows_its_scopes(nok):
    with pytest.raises(CommandError):
        call_command("make_token", "nok", "--scope", "everything")
