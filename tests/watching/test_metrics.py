"""/metrics is there for one reader only; what is counted says nothing about anybody."""

import os
import subprocess
import sys

import pytest
from django.core.signals import got_request_exception
from django.db import OperationalError
from django.http import HttpResponse

from lms.accounts.shared_cache import SharedCache
from lms.watching import metrics
from tests.hub import SETTINGS
from tests.live import ROOT

WORD = "a-word-that-nobody-guesses" * 2


@pytest.fixture
def figure():
    """The value of a figure now: figure("sala_faults_total", kind="database")."""
    return lambda name, **labels: metrics.here.get_sample_value(name, labels) or 0


def test_only_who_has_the_word_reads_them(client, settings):
    def status(word):
        return client.get("/metrics", headers={"Authorization": f"Bearer {word}"}).status_code

    assert status("") == status(WORD) == 404
    settings.SALA_METRICS = WORD
    assert (status(""), status(WORD[:-1]), status(f"{WORD}ก"), client.get("/metrics").status_code) == (404,) * 4
    assert status(WORD) == 200


def test_requests_are_counted_by_their_view_and_never_by_their_address(rf, figure):
    def came_late(request):
        return HttpResponse(status=429)

    odd = rf.generic("SOMSRI", "/courses/somsri/?name=somsri")
    odd.resolver_match = None
    before = figure("sala_turned_away_total", view="none")
    metrics.MetricsMiddleware(came_late)(odd)
    assert figure("sala_requests_total", method="other", view="none", status="4xx") == 1
    assert figure("sala_turned_away_total", view="none") == before + 1
    assert figure("sala_requests_running") == 0
    assert "somsri" not in metrics.written().decode().lower()


def test_what_broke_is_counted(figure):
    database, other = figure("sala_faults_total", kind="database"), figure("sala_faults_total", kind="other")
    for error in (OperationalError("gone"), KeyError("x")):
        try:
            raise error
        except Exception:
            got_request_exception.send(None, request=None)
    assert figure("sala_faults_total", kind="database") == database + 1
    assert figure("sala_faults_total", kind="other") == other + 1


def test_a_cache_that_is_gone_is_counted(figure, monkeypatch):
    monkeypatch.setattr(SharedCache, "alone_until", None)
    before = figure("sala_left_out_total", part="cache")
    SharedCache("redis://127.0.0.1:1/0", {}).get("anything")
    assert figure("sala_left_out_total", part="cache") == before + 1


@pytest.mark.django_db
def test_events_are_counted_by_what_was_said_of_them(client, figure, somsri, hands_on, did):
    accepted, refused = figure("sala_events_total", outcome="accepted"), figure("sala_events_total", outcome="rejected")
    did(somsri, hands_on, "started")
    assert figure("sala_events_total", outcome="accepted") == accepted + 1
    client.force_login(somsri)
    answer = client.post("/api/v1/events/", {"events": [{"id": "odd"}]}, content_type="application/json")
    assert answer.json()["verdicts"][0]["status"] == "rejected"
    assert figure("sala_events_total", outcome="rejected") == refused + 1
    assert figure("sala_events_refused_total", reason="malformed") >= 1


@pytest.mark.slow
@pytest.mark.parametrize(("word", "said"), [("", "False"), (WORD, "True")])
def test_where_they_are_not_wanted_nothing_is_loaded(word, said, tmp_path):
    asked = "import sys, lms.wsgi; print('prometheus_client' in sys.modules)"
    environment = os.environ | SETTINGS | {"DATABASE_URL": "sqlite:////nowhere.sqlite3", "SALA_METRICS": word}
    environment["SALA_MEDIA_ROOT"] = str(tmp_path)
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.strip() == said, done.stderr
