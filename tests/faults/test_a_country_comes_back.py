"""2,222 centres come back at once, each with what it did without a line, as fast as the machine goes.

They are told to wait, and come again; nothing is lost, nothing counts twice, and pages come meanwhile. With as many
events as a centre may hand in at once (some minutes):
SALA_EVENTS_OF_A_CENTRE=500 .venv/bin/python -m pytest tests/faults/test_a_country_comes_back.py -s
"""

import heapq
import http.client
import json
import os
import threading
import time
from datetime import UTC, datetime

import pytest

from lms.accounts.ids import uuid7
from tests.hub import Person
from tests.postgres import CopyOf

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("postgres")]

CENTRES, SENDERS = 2222, 24
EVENTS = int(os.environ.get("SALA_EVENTS_OF_A_CENTRE", "5"))

FOUND = f"""
from courses.models import LessonOutline
from lms.accounts.models import ApiToken, User
from lms.centres.models import Centre, HomeCentre, Membership, Subdistrict
place, ids = Subdistrict.objects.first(), range({CENTRES})
centres = Centre.objects.bulk_create(
    Centre(code=f"MANY-{{n:04}}", name_th=f"ศูนย์ที่ {{n}}", name_en="Centre", subdistrict=place, host_kind="temple")
    for n in ids
)
caretakers = User.objects.bulk_create(User(username=f"caretaker-{{n}}", name="คนดูแล") for n in ids)
learners = User.objects.bulk_create(User(name=f"ผู้เรียนที่ {{n}}", age_band="60+") for n in ids)
Membership.objects.bulk_create(
    Membership(user=user, centre=centre, role="caretaker") for user, centre in zip(caretakers, centres)
)
HomeCentre.objects.bulk_create(HomeCentre(learner=user, centre=centre) for user, centre in zip(learners, centres))
ApiToken.objects.bulk_create(
    ApiToken(user=user, name="machine", digest=ApiToken.digest_of(f"sala_{{user.pk}}"), scopes="write_events")
    for user in caretakers
)
print(LessonOutline.objects.first().pk, *[f"sala_{{user.pk}}" for user in caretakers], *[user.pk for user in learners])
"""

STORED = """
from courses.models import LearningEvent
theirs = LearningEvent.objects.filter(centre__code__startswith="MANY-")
print(theirs.count(), theirs.values("centre").distinct().count())
"""


class Country:
    """Every centre sends when its time has come, over a few lines; who is refused comes back when told to."""

    def __init__(self, site, batches):
        self.site, self.lock = site, threading.Lock()
        self.due = [(0.0, number, token, body) for number, (token, body) in enumerate(batches)]
        self.accepted, self.refused, self.cut, self.others = 0, 0, 0, []

    def come_back(self):
        senders = [threading.Thread(target=self._send) for _ in range(SENDERS)]
        for sender in senders:
            sender.start()
        return senders

    def _send(self):
        line = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=120)
        while due := self._next():
            moment, number, token, body = due
            if moment > time.monotonic() + 1:
                line.close()  # the server does not keep an idle one for long; it opens again by itself
            time.sleep(max(0, moment - time.monotonic()))
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            try:
                line.request("POST", "/api/v1/events/", body, headers)
                answer = line.getresponse()
                self._hear(answer.status, answer.headers, answer.read(), due)
            except (OSError, http.client.HTTPException):
                self._lose_line(line, due)
        line.close()

    def _lose_line(self, line, due):
        line.close()
        with self.lock:
            self.cut += 1
            heapq.heappush(self.due, (time.monotonic() + 1, *due[1:]))

    def _next(self):
        with self.lock:
            return heapq.heappop(self.due) if self.due else None

    def _hear(self, status, headers, body, due):
        with self.lock:
            if status == 429:
                self.refused += 1
                heapq.heappush(self.due, (time.monotonic() + int(headers["Retry-After"]), *due[1:]))
            elif status == 200:
                self.accepted += sum(verdict["status"] == "accepted" for verdict in json.loads(body)["verdicts"])
            else:
                self.others.append((status, body[:200]))


def batch_of(learner, lesson):
    now = datetime.now(UTC).isoformat()
    facts = {"learner": learner, "lesson": lesson, "verb": "started", "occurred_at": now}
    return json.dumps({"events": [{"id": str(uuid7())} | facts for _ in range(EVENTS)]})


def test_a_country_that_comes_back_at_once_is_told_to_wait_and_loses_nothing(postgres, hub):
    with CopyOf(postgres) as server:
        site = hub(server.url, SALA_WORKERS=2)
        lesson, *found = site.shell(FOUND).split()
        tokens, learners = found[:CENTRES], found[CENTRES:]
        nok = Person(site, "nok")
        country = Country(site, [(token, batch_of(who, lesson)) for token, who in zip(tokens, learners, strict=True)])
        began, pages = time.monotonic(), []
        senders = country.come_back()
        while any(sender.is_alive() for sender in senders):
            asked = time.monotonic()
            assert nok.see("/desk/").status_code == 200
            pages.append(time.monotonic() - asked)
            time.sleep(0.5)
        took = time.monotonic() - began
        print(f"\n{CENTRES} x {EVENTS} events in {took:.0f} s, {country.refused} times told to wait", end=", ")
        print(f"the slowest of {len(pages)} pages {max(pages):.2f} s")
        assert country.others == []
        assert country.accepted == CENTRES * EVENTS
        assert country.refused > 0, "it was never overrun"
        assert country.cut < CENTRES / 10, "an answer of 429 is heard, and the line stays"
        assert site.shell(STORED).split() == [str(CENTRES * EVENTS), str(CENTRES)]
        assert site.manage("rebuild_progress", "--check") == "0 rows differ\n"
        site.stop()
