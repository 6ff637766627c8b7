"""Several processes record the same learners' events at once: nobody waits for ever, nothing counts twice."""

import json
import random
import subprocess
import sys
import uuid
from datetime import UTC, datetime, timedelta

import pytest

from lms.accounts.ids import uuid7
from tests.faults.test_killed_server import STORED
from tests.live import ROOT

WRITERS = 8
CAST = """
from courses.models import LessonOutline
from lms.accounts.models import User
from lms.centres.models import Learner
nok = User.objects.get(username="nok")
print(*Learner.objects.visible_to(nok).exclude(pk=nok.pk).values_list("pk", flat=True)[:6])
print(*LessonOutline.objects.values_list("lesson", flat=True)[:6])
"""
WRITE = """
import random
from pathlib import Path
import msgspec
from courses.progress import Event, record
from lms.accounts.models import User
nok = User.objects.get(username="nok")
events = msgspec.json.decode(Path(POOL).read_bytes(), type=list[Event])
random.Random(SEED).shuffle(events)
while events:
    size = random.choice([1, 5, 40])
    record(events[:size], by=nok)
    del events[:size]
"""

SPOIL = """
from django.db.models import F
from courses.models import CourseCount, PeopleCount
PeopleCount.objects.update(active=F("active") + 3)
CourseCount.objects.filter(starters__gt=1).delete()
"""

REFUSE = """
import random, threading
from django.db import connection
from courses.models import RejectedEvent
from courses.progress import set_aside
from lms.accounts.models import User
nok = User.objects.get(username="nok")
start, failed = threading.Barrier(4), []
def write(seed):
    for turn in range(30):
        refused = [({"turn": turn, "number": number}, "malformed") for number in range(150)]
        random.Random(seed).shuffle(refused)
        start.wait()
        try:
            set_aside(refused, nok)
        except Exception as problem:
            failed.append(problem)
    connection.close()
writers = [threading.Thread(target=write, args=[seed]) for seed in range(4)]
for writer in writers:
    writer.start()
for writer in writers:
    writer.join()
print(failed, RejectedEvent.objects.filter(reason="malformed").count())
"""


@pytest.mark.slow
@pytest.mark.xdist_group("postgres")
def test_the_same_refused_events_in_another_order_lock_nobody_out(postgres_site):
    assert postgres_site.shell(REFUSE) == "[] 4500\n"


@pytest.mark.slow
@pytest.mark.parametrize(
    "site", ["live_site", pytest.param("postgres_site", marks=pytest.mark.xdist_group("postgres"))]
)
def test_writers_at_once_leave_what_one_would_have_left(site, request, tmp_path):
    site = request.getfixturevalue(site)
    learners, lessons = (line.split() for line in site.shell(CAST).splitlines())
    pool = [event(random.choice(learners), random.choice(lessons)) for _ in range(600)]
    lost = [event(random.choice(learners), str(uuid.uuid4())) for _ in range(60)]  # each is refused
    (tmp_path / "pool.json").write_text(json.dumps(pool + lost))
    before = site.shell(STORED).split()
    site.shell(SPOIL)

    writers = [start(site, tmp_path / "pool.json", seed) for seed in range(WRITERS)]
    assert " mended" in site.manage("rebuild_progress", "--counts")
    while any(writer.poll() is None for writer in writers):
        assert site.manage("rebuild_progress", "--check", "--counts") == "0 rows differ\n"
        assert site.manage("rebuild_progress", "--check") == "0 rows differ\n"
    for writer in writers:
        assert writer.wait() == 0, writer.stderr.read()
    assert sorted(site.shell(STORED).split()) == sorted(before + [event["id"] for event in pool])
    assert site.manage("rebuild_progress", "--check") == "0 rows differ\n"


def event(learner, lesson):
    ago = timedelta(minutes=random.randint(0, 60 * 24 * 60))
    return {
        "id": str(uuid7()),
        "learner": learner,
        "lesson": lesson,
        "verb": random.choice(["started", "finished"]),
        "occurred_at": (datetime.now(UTC) - ago).isoformat(),
        "seconds": random.randint(0, 300),
    }


def start(site, pool, seed):
    code = f"POOL, SEED = {str(pool)!r}, {seed}\n{WRITE}"
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
    return subprocess.Popen(command, cwd=ROOT, env=site.environment, stderr=subprocess.PIPE, text=True)
