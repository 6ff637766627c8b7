"""A browser's and a program's requests, made plainly so that their own cost does not blur the server's."""

import http.client
import json
import re
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from lms.accounts.ids import uuid7

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """Keeps its line open and its cookies."""

    def __init__(self, port, **cookies):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = dict(cookies)

    def request(self, method, path, body=None, **headers):
        """(status, text) of one answer; redirects are not followed."""
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies.update((name, morsel.value) for name, morsel in SimpleCookie(line).items())
        return answer.status, answer.read().decode()

    def get(self, path, **headers):
        status, text = self.request("GET", path, **headers)
        assert status == 200, (path, status, text[:300])
        return text

    def post(self, path, fields, token, expect=(200, 302, 303)):
        body = urlencode([*fields, ("csrfmiddlewaretoken", token)])
        status, text = self.request("POST", path, body, **{"Content-Type": "application/x-www-form-urlencoded"})
        assert status in expect, (path, status, text[:300])
        return text


class Program:
    """Another system with a token."""

    def __init__(self, port, seed):
        self.browser, self.seed = Browser(port), seed
        self.headers = {"Authorization": f"Bearer {seed['token']}"}

    def get(self, path):
        return self.browser.get(path, **self.headers)

    def send(self, number, first=0):
        """Post a batch of new events by different learners."""
        people = self.seed["learners"]
        events = [self._event(people[(first + n) % len(people)]) for n in range(number)]
        body = json.dumps({"events": events})
        status, text = self.browser.request(
            "POST", "/api/v1/events/", body, **self.headers, **{"Content-Type": "application/json"}
        )
        assert status == 200, (status, text[:300])
        assert text.count('"accepted"') == number, text[:300]

    def _event(self, learner):
        return {
            "id": str(uuid7()),
            "learner": learner,
            "lesson": self.seed["lesson_key"],
            "activity": self.seed["choice"],
            "verb": "answered",
            "answer": 1,
            "seconds": 20,
            "occurred_at": datetime.now(UTC).isoformat(),
        }


def csrf_token(page):
    return TOKEN.search(page).group(1)
