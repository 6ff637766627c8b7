"""Figures for Prometheus. Only imported where SALA_METRICS is set; who may read them says scraping.py.

No label names a person, a place or an address: whose figures they are is for the ministry's pages to say. The processes
of one web server keep their figures in files side by side, and whichever of them is asked adds them up.
"""

import os
import sys
import time

from django.core.signals import got_request_exception
from django.db import Error
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from courses.signals import events_judged
from lms.accounts.signals import left_out
from lms.watching.middleware import METHODS, view_of

SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

here = CollectorRegistry()


def _counter(name, said, labels):
    return Counter(f"sala_{name}", said, labels, registry=here)


REQUESTS = _counter(
    "requests", "Requests that were answered, by the view's name in the program.", ["method", "view", "status"]
)
TURNED_AWAY = _counter("turned_away", "Requests answered 429: come again later.", ["view"])
EVENTS = _counter("events", "Events of learning that were handed in, by what was said of them.", ["outcome"])
REFUSED = _counter("events_refused", "Events that were kept aside, by the reason.", ["reason"])
FAULTS = _counter("faults", "Requests that broke, by what broke.", ["kind"])
LEFT_OUT = _counter("left_out", "Times that a replica or the cache did not answer and was left out.", ["part"])
TOOK = Histogram("sala_request_seconds", "How long an answer took.", ["view"], buckets=SECONDS, registry=here)
RUNNING = Gauge(
    "sala_requests_running", "Requests that are being answered now.", multiprocess_mode="livesum", registry=here
)

_of_requests = {}  # {labels: (counter, histogram)}: to look them up by name each time would take longer than counting


class MetricsMiddleware:
    """Before all others."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        RUNNING.inc()
        try:
            response = self.get_response(request)
        finally:
            RUNNING.dec()
        _count(request, response.status_code, time.perf_counter() - began)
        return response


def _count(request, status, seconds):
    key = request.method, view_of(request), status // 100
    found = _of_requests.get(key) or _of_requests.setdefault(key, _made(*key))
    found[0].inc()
    found[1].observe(seconds)
    if status == 429:
        TURNED_AWAY.labels(key[1]).inc()


def _made(method, view, hundreds):
    return REQUESTS.labels(method if method in METHODS else "other", view, f"{hundreds}xx"), TOOK.labels(view)


def _count_verdicts(verdicts, **named):
    for verdict in verdicts:
        EVENTS.labels(verdict.status).inc()
        if verdict.status == "rejected":
            REFUSED.labels(verdict.reason).inc()


def _count_fault(request, **named):
    """Called while the error is being dealt with."""
    FAULTS.labels("database" if isinstance(sys.exception(), Error) else "other").inc()


def _count_left_out(part, **named):
    LEFT_OUT.labels(part).inc()


events_judged.connect(_count_verdicts)
got_request_exception.connect(_count_fault)
left_out.connect(_count_left_out)


def written():
    """All figures of this web server, as Prometheus reads them."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(here)
    together = CollectorRegistry()
    MultiProcessCollector(together)
    return generate_latest(together)
