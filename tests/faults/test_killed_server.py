"""The plug is pulled while learners' work is being written: what was acknowledged is there, once."""

import http.client
import json
import random
import threading
import time
from datetime import UTC, datetime

import pytest

from lms.accounts.ids import uuid7

CLIENTS = 4

SET_UP = """
from lms.accounts.models import ApiToken, User
from courses.models import LessonOutline
nok = User.objects.get(username="nok")
from lms.centres.models import Learner
learner = Learner.objects.visible_to(nok).exclude(pk=nok.pk).first()
print(ApiToken.objects.make(nok, "test")[1], learner.pk, LessonOutline.objects.first().pk)
"""

STORED = "from courses.models import LearningEvent as E; print(*E.objects.order_by().values_list('id', flat=True))"


class Unanswered(Exception):
    """The site is there but cannot record, as while its database is down."""


class Sender(threading.Thread):
    """A program that sends single events and small batches until the line breaks."""

    def __init__(self, port, token, learner, lesson):
        super().__init__()
        self.port, self.token, self.learner, self.lesson = port, token, learner, lesson
        self.acknowledged, self.sent = [], []

    def run(self):
        try:
            line = self.line()
            while True:
                self.send(line, [self.event() for _ in range(random.choice([1, 1, 20]))])
        except (OSError, http.client.HTTPException, Unanswered):
            return  # the plug was pulled

    def line(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def event(self):
        now = datetime.now(UTC).isoformat()
        return {
            "id": str(uuid7()),
            "learner": self.learner,
            "lesson": self.lesson,
            "verb": "started",
            "occurred_at": now,
        }

    def send(self, line, events):
        self.sent += events
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        line.request("POST", "/api/v1/events/", json.dumps({"events": events}), headers)
        answer = line.getresponse()
        if answer.status != 200:
            raise Unanswered(answer.status, answer.read())
        verdicts = json.loads(answer.read())["verdicts"]
        self.acknowledged += [verdict["id"] for verdict in verdicts if verdict["status"] == "accepted"]


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
