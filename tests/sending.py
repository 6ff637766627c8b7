"""A program that hands in events over the API, and knows what it was told of each."""

import http.client
import json
import random
import threading
from datetime import UTC, datetime

from lms.accounts.ids import uuid7

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
