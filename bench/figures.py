"""Each figure of the table: measured on a running site, beside its goal."""

import json
import statistics
import time
from typing import NamedTuple

from bench import measuring
from bench.client import Browser, Program, csrf_token
from bench.importing import seconds_to_import
from bench.wire import cold_page_kb

PICTURES = [("picture", name) for name in ("fish", "lotus", "mango")]

QUERIES = """
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lms.accounts.models import User
client = Client()
client.force_login(User.objects.get(pk="{learner}"))
client.get("{path}", headers={{"host": "127.0.0.1"}})
with CaptureQueriesContext(connection) as queries:
    client.get("{path}", headers={{"host": "127.0.0.1"}})
print(len(queries))
"""


class Figure(NamedTuple):
    name: str
    value: float
    unit: str
    goal: float | None
    at_least: bool = False  # else at most

    @property
    def is_met(self):
        return self.value >= self.goal if self.at_least else self.value <= self.goal


def of_one_worker(site, seed):
    """CPU per request, with one worker so that its time can be read."""
    worker = measuring.worker_of(site)
    visitor = Browser(site.port)
    bare = measuring.cpu_ms(worker, lambda: visitor.get("/bare/"), 400)
    yield Figure("bare view", bare, "ms CPU", None)
    yield from _relative(bare, _pages(site, seed, worker))
    yield from _relative(bare, _events(site, seed, worker))
    yield from _desk(site, seed, worker)
    yield from _centre(site, seed)
    yield Figure("worker memory", worker.memory_info().rss / 1e6, "MB", 150)


def _relative(bare, figures):
    for figure in figures:
        yield figure
        if figure.unit == "ms CPU":
            yield Figure(f"{figure.name}, in bare views", figure.value / bare, "x", None)


def _pages(site, seed, worker):
    learner, path = seed["learners"][0], f"/courses/{seed['course']}/{seed['lesson']}/"
    browser = Browser(site.port, sala_device=seed["device"])

    def sign_in():
        browser.cookies = {"sala_device": seed["device"]}
        page = browser.get(f"/who/{learner}/")
        browser.post(f"/who/{learner}/", PICTURES, csrf_token(page), expect=(302, 303))

    yield Figure("learner sign-in", measuring.cpu_ms(worker, sign_in, 40), "ms CPU", 25)
    yield Figure("lesson page", measuring.cpu_ms(worker, lambda: browser.get(path), 200), "ms CPU", 8)
    browser.line.close()  # the server closes an idle line
    queries = int(site.shell(QUERIES.format(learner=learner, path=path)))
    yield Figure("lesson page, queries", queries, "queries", 6)
    token = csrf_token(browser.get(path))
    answer = f"{path}activities/{seed['choice']}/"
    fields = [("answer", "1"), ("opened", str(int(time.time())))]
    yield Figure(
        "answer one question", measuring.cpu_ms(worker, lambda: browser.post(answer, fields, token), 100), "ms CPU", 10
    )


def _events(site, seed, worker):
    program, turn = Program(site.port, seed), iter(range(10**9))
    one = measuring.cpu_ms(worker, lambda: program.send(1, next(turn)), 100)
    yield Figure("post 1 event", one, "ms CPU", 4)
    for number, times, goal in ((50, 20, 0.3), (500, 5, 0.2)):
        cost = measuring.cpu_ms(worker, lambda n=number: program.send(n, next(turn) * n), times)
        yield Figure(f"post {number} events, each", cost / number, "ms CPU", goal)


def _desk(site, seed, worker):
    """The caretaker's first page at 300 learners, and a course at 3,000."""
    browser = Browser(site.port)
    fields = [("username", "bench"), ("password", "bench-password")]
    browser.post("/sign-in/", fields, csrf_token(browser.get("/sign-in/")), expect=(302, 303))
    today = f"/desk/?centre={seed['small']}"
    cost = measuring.cpu_ms(worker, lambda: browser.get(today), 100)
    yield Figure("today screen, 300 learners", cost, "ms CPU", 15)
    grid = f"/desk/grid/?course={seed['course_key']}&centre=BENCH"
    size = len(browser.get(grid).encode()) / 1000
    yield Figure("course grid of 3,000, 50 rows", measuring.seconds(lambda: browser.get(grid)) * 1000, "ms", 100)
    yield Figure("course grid of 3,000, 50 rows, size", size, "kB", 50)
    browser.line.close()
    queries = int(site.shell(QUERIES.format(learner=seed["caretaker"], path=today)))
    yield Figure("today screen, queries", queries, "queries", 8)


def _centre(site, seed):
    program = Program(site.port, seed)
    path = f"/api/v1/progress/?course={seed['course_key']}&centre=BENCH"
    page = program.get(f"{path}&limit=50")
    assert len(json.loads(page)["results"]) == 50
    yield Figure("progress of 3,000, page of 50", measuring.seconds(lambda: program.get(path)) * 1000, "ms", 100)
    yield Figure("progress of 3,000, page of 50, size", len(page.encode()) / 1000, "kB", 50)
    table = program.get(f"{path}&format=csv")
    assert table.count("\n") >= len(seed["learners"]), "not everybody is in the CSV"
    yield Figure("import of 1,000 learners", seconds_to_import(site), "s", 10)
    yield Figure("progress of 3,000, CSV of all", measuring.seconds(lambda: program.get(f"{path}&format=csv")), "s", 1)


def of_many_clients(site, seed):
    """Two workers of four threads, 32 programs posting one event after the other."""

    def make_action(number):
        program = Program(site.port, seed)
        program.browser.line.connect()
        return lambda: program.send(1, number * 90)

    yield Figure("one-event posts by 32 clients, p95", measuring.p95_ms(make_action, 32, 20), "ms", 200)


def of_the_wire(site, seed):
    """Bytes of a cold lesson page in a real browser: page, styles, scripts, pictures and fonts."""
    yield Figure("cold learner page", cold_page_kb(site, seed), "kB", 80)


def of_starting(site):
    """From the command to the first answer."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        site.start()
        taken.append(time.perf_counter() - start)
        site.stop()
    yield Figure("start to first answer", statistics.median(taken), "s", 3)
