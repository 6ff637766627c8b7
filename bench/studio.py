"""What the studio costs whoever writes and reviews, with 2,222 centres, beside what it costs a superuser."""

import json

from bench import measuring
from bench.client import Browser
from bench.figures import Figure

SEED = "import json; from bench.studio_seed import seed; print(json.dumps(seed()))"
QUERIES = """
from django.db import connection
from django.http import SimpleCookie
from django.test import Client
from django.test.utils import CaptureQueriesContext
client = Client(headers={{"host": "127.0.0.1"}})
client.cookies = SimpleCookie({{"sessionid": "{session}"}})
client.get("{path}")
with CaptureQueriesContext(connection) as queries:
    assert client.get("{path}").status_code == 200
print(len(queries))
"""
GOAL, TIMES = 250, 8


def of_studio(site, _seed):
    """The tree and a lesson's editor, for a caretaker and a core member; a superuser opens the same."""
    told = json.loads(site.shell(SEED))
    worker = measuring.worker_of(site)
    for who, screens in told["screens"].items():
        for screen, path in screens.items():
            name = f"studio, {screen}, {who}"
            cost, base = (_cpu(site, worker, told["sessions"][person], path) for person in (who, "superuser"))
            yield Figure(name, cost, "ms CPU", GOAL)
            yield Figure(f"{name}, over a superuser", cost / base, "x", None)
            yield Figure(f"{name}, queries", _queries(site, told["sessions"][who], path), "queries", None)


def _cpu(site, worker, session, path):
    browser = Browser(site.port, sessionid=session)
    cost = measuring.cpu_ms(worker, lambda: browser.get(path), TIMES)
    browser.line.close()
    return cost


def _queries(site, session, path):
    return int(site.shell(QUERIES.format(session=session, path=path)))
