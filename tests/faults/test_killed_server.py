"""The plug is pulled while learners' work is being written: what was acknowledged is there, once."""

import random
import time

import pytest

from tests.sending import SET_UP, STORED, Sender

CLIENTS = 4


@pytest.mark.slow
def test_every_acknowledged_event_is_there_once_after_twenty_kills(live_site):
    nothing_is_lost(live_site, victim=live_site, kills=20)


@pytest.mark.slow
@pytest.mark.xdist_group("postgres")
def test_killing_the_web_server_loses_nothing_on_postgresql(postgres_site):
    nothing_is_lost(postgres_site, victim=postgres_site, kills=5)


@pytest.mark.slow
@pytest.mark.xdist_group("postgres")
def test_killing_postgresql_itself_loses_nothing_and_the_site_goes_on_by_itself(postgres_site, postgres):
    nothing_is_lost(postgres_site, victim=postgres, kills=5)


def nothing_is_lost(site, victim, kills):
    """Kill the site or its database in the middle of writing; what was acknowledged must be there, once."""
    token, learner, lesson = site.shell(SET_UP).split()
    acknowledged, unsure = [], []
    for _kill in range(kills):
        senders = [Sender(site.port, token, learner, lesson) for _ in range(CLIENTS)]
        for sender in senders:
            sender.start()
        time.sleep(random.uniform(0.1, 0.6))
        victim.kill()
        for sender in senders:
            sender.join(30)
            acknowledged += sender.acknowledged
            unsure += [event for event in sender.sent if event["id"] not in set(sender.acknowledged)]
        victim.start()
        for _client in range(CLIENTS):  # nobody meets what the kill left behind in the web server
            sender = Sender(site.port, token, learner, lesson)
            sender.send(sender.line(), [sender.event()])
            acknowledged += sender.acknowledged
    stored = site.shell(STORED).split()
    assert len(acknowledged) > kills * (CLIENTS + 1), "the server was killed before it could answer anything"
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored))
    assert site.manage("rebuild_progress", "--check") == "0 rows differ\n"

    # What was never answered is sent again, as an outbox does: now all of it is there, once.
    sender = Sender(site.port, token, learner, lesson)
    line = sender.line()
    for start in range(0, len(unsure), 100):
        sender.send(line, unsure[start : start + 100])
    stored_now = site.shell(STORED).split()
    assert sorted(stored_now) == sorted(set(stored) | {event["id"] for event in unsure})
    assert site.manage("rebuild_progress", "--check") == "0 rows differ\n"
