"""The site behind pgbouncer, which gives each transaction whichever connection is free: two for all its threads."""

import pytest

from tests.faults.test_certificates_at_once import OPEN
from tests.faults.test_erasing_meanwhile import ERASE
from tests.hub import Person
from tests.postgres import CopyOf
from tests.sending import SET_UP, STORED, Sender
from tests.servers import Pgbouncer

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("postgres")]


@pytest.fixture(scope="module")
def pooler(postgres):
    with CopyOf(postgres) as server, Pgbouncer(server) as pooler:
        yield pooler


@pytest.fixture
def pooled_site(hub, pooler):
    return hub(pooler.url, SALA_POOLER="yes", SALA_WORKERS=2)


def test_people_sign_in_read_and_take_files_while_programs_record(pooled_site, pooler):
    token, learner, lesson = pooled_site.shell(SET_UP).split()
    senders = [Sender(pooled_site.port, token, learner, lesson) for _ in range(3)]
    for sender in senders:
        sender.start()
    nok, wipha = Person(pooled_site, "nok"), Person(pooled_site, "wipha")
    assert {nok.see(page).status_code for page in ("/desk/", "/desk/learners/", "/courses/")} == {200}
    assert {wipha.see(page).status_code for page in ("/ministry/", "/ministry/audit/")} == {200}
    lists = [nok.see(f"/api/v1/{name}/?format=csv") for name in ("learners", "progress")]
    lists += [nok.see("/api/v1/progress/?format=xlsx"), wipha.see("/ministry/completions.csv?by=centre")]
    assert {answer.status_code for answer in lists} == {200}
    assert len(lists[0].text.splitlines()) > 10
    nok.fill("/look/", letters="large")
    assert 'data-letters="large"' in nok.see("/desk/").text
    pooled_site.stop()
    for sender in senders:
        sender.join(30)
    acknowledged = {event for sender in senders for event in sender.acknowledged}
    assert len(acknowledged) > 30
    assert acknowledged <= set(pooled_site.shell(STORED).split())
    assert pooled_site.manage("rebuild_progress", "--check") == "0 rows differ\n"
    [connections] = pooler.postgres.ask("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
    assert connections <= pooler.connections + 1, "and the one that asks"


def test_locks_hold_between_those_who_share_connections(pooled_site):
    assert pooled_site.shell(OPEN) == "[] 5 5 1 5\n"
    assert pooled_site.shell(ERASE) == "[] set()\n"


ROWS = """
import threading
from django.db import connection, transaction
from courses.models import LearningEvent
every = LearningEvent.objects.order_by("pk")
count, begun, read = every.count(), threading.Event(), threading.Event()
def other():
    with transaction.atomic():
        every.first()
        begun.set()
        read.wait(30)
    connection.close()
rows = every.iterator(10)
first = next(rows)
somebody = threading.Thread(target=other)
somebody.start()
begun.wait(30)
try:
    print(len([first, *rows]) == count, connection.connection.prepare_threshold)
finally:
    read.set()
"""


def test_a_long_list_is_read_to_its_end_though_somebody_else_takes_its_connection(pooled_site):
    assert pooled_site.shell(ROWS) == "True None\n"
