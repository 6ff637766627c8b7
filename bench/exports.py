"""What it costs to take everybody's learning out: 3,000 people, every lesson of six courses, as CSV and as XLSX."""

import threading
import time

from bench import measuring
from bench.client import Browser, Program
from bench.figures import Figure

EVERYTHING = "/api/v1/progress/?centre=BENCH&format="
SLOW_READERS = 2  # as many as are let in at once

# Every learner has finished every lesson of every course, which is more than any real centre will have.
LEARN = """
from django.utils import timezone
from courses.models import Enrolment, LessonOutline, LessonProgress
from lms.centres.models import Centre
now, centre = timezone.now(), Centre.objects.get(code="BENCH")
outlines = LessonOutline.objects.filter(is_live=True).order_by("course", "position")
lessons = list(outlines.values_list("course", "lesson"))
kept = {"centre": centre, "started_at": now, "last_at": now}
for home in centre.learners.all():
    own = {"learner_id": home.learner_id} | kept
    LessonProgress.objects.bulk_create(
        [LessonProgress(course=course, lesson=lesson, finished_at=now, **own) for course, lesson in lessons],
        ignore_conflicts=True,
    )
    Enrolment.objects.bulk_create(
        [Enrolment(course=c, last_lesson=lesson, lessons_finished=5, **own) for c, lesson in dict(lessons).items()],
        ignore_conflicts=True,
    )
print(len(lessons))
"""


def of_exports(site, seed):
    """The site runs with one worker. Only after all other figures: everybody has learned everything then."""
    lessons = int(site.shell(f"from django.db import transaction\nwith transaction.atomic():\n{_indented(LEARN)}"))
    worker, program = measuring.worker_of(site), Program(site.port, seed)
    program.get("/api/v1/centres/")
    before = worker.memory_info().rss
    for kind, goal in (("csv", 1), ("xlsx", 3)):
        seconds = measuring.seconds(lambda kind=kind: _fetch(site, seed, kind), times=3)
        yield Figure(f"3,000 people x {lessons} lessons, {kind.upper()}", seconds, "s", goal)
    yield Figure("the worker grew by", (worker.memory_info().rss - before) / 1e6, "MB", 50)
    yield from _slow(site, seed, worker)


def _fetch(site, seed, kind):
    browser = Browser(site.port)
    browser.line.request("GET", EVERYTHING + kind, headers={"Authorization": f"Bearer {seed['token']}"})
    answer = browser.line.getresponse()
    assert answer.status == 200, answer.status
    size = sum(len(piece) for piece in iter(lambda: answer.read(64_000), b""))
    assert size > 100 * len(seed["learners"]), size
    browser.line.close()


def _slow(site, seed, worker):
    """While some read as slowly as a bad line does, others are served, and memory stays as it is."""
    before, over = worker.memory_info().rss, threading.Event()
    opened = threading.Barrier(SLOW_READERS + 1)
    readers = [threading.Thread(target=_read_slowly, args=(site, seed, opened, over)) for _ in range(SLOW_READERS)]
    for reader in readers:
        reader.start()
    opened.wait(60)
    program, start = Program(site.port, seed), time.perf_counter()
    for _ in range(20):
        program.get("/api/v1/centres/")
    yield Figure("a list meanwhile, with slow readers", (time.perf_counter() - start) * 1000 / 20, "ms", 100)
    yield Figure("slow readers hold", (worker.memory_info().rss - before) / 1e6, "MB", 50)
    over.set()
    for reader in readers:
        reader.join()


def _read_slowly(site, seed, opened, over):
    browser = Browser(site.port)
    browser.line.request("GET", f"{EVERYTHING}csv", headers={"Authorization": f"Bearer {seed['token']}"})
    answer = browser.line.getresponse()
    answer.read(1000)
    opened.wait(60)
    over.wait(60)
    browser.line.close()


def _indented(code):
    return "\n".join(f"    {line}" for line in code.strip().splitlines())
