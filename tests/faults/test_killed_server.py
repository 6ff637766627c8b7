"""The plug is pulled while learners' work is being written: what was acknowledged is there, once."""

import http.client
import json
import random
import threading
import time
from datetime import UTC, datetime

import pytest

from lms.accounts.ids import uuid7

KILLS = 20
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


class Sender(threading.Thread):
    """A program that sends single events and small batches until the line breaks."""

    def __init__(self, port, token, learner, lesson):
        super().__init__()
        self.port, self.token, self.learner, self.lesson = port, token, learner, lesson
        self.acknowledged, self.sent = [], []

    def run(self):
        try:
            line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            while True:
                self.send(line, [self.event() for _ in range(random.choice([1, 1, 20]))])
        except (OSError, http.client.HTTPException):
            return  # the plug was pulled

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
        answer = json.loads(line.getresponse().read())
        self.acknowledged += [verdict["id"] for verdict in answer["verdicts"] if verdict["status"] == "accepted"]


@pytest.mark.slow
def test_every_acknowledged_event_is_there_once_after_twenty_kills(live_site):
    token, learner, lesson = live_site.shell(SET_UP).split()
    acknowledged, unsure = [], []
    for _kill in range(KILLS):
        if live_site.process is None:
            live_site.start()
        senders = [Sender(live_site.port, token, learner, lesson) for _ in range(CLIENTS)]
        for sender in senders:
            sender.start()
        time.sleep(random.uniform(0.1, 0.6))
        live_site.kill()
        for sender in senders:
            sender.join(30)
            acknowledged += sender.acknowledged
            unsure += [event for event in sender.sent if event["id"] not in set(sender.acknowledged)]
    stored = live_site.shell(STORED).split()
    assert len(acknowledged) > KILLS, "the server was killed before it could answer anything"
    assert set(acknowledged) <= set(stored)
    assert len(stored) == len(set(stored))
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"

    # What was never answered is sent again, as an outbox does: now all of it is there, once.
    live_site.start()
    sender = Sender(live_site.port, token, learner, lesson)
    line = http.client.HTTPConnection("127.0.0.1", live_site.port, timeout=20)
    for start in range(0, len(unsure), 100):
        sender.send(line, unsure[start : start + 100])
    stored_now = live_site.shell(STORED).split()
    assert sorted(stored_now) == sorted(set(stored) | {event["id"] for event in unsure})
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"
