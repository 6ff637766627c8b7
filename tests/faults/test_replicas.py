"""Reports read replicas, and nobody notices when one of them, or the primary itself, is lost."""

import threading
import time
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest

from tests.hub import Person
from tests.sending import SET_UP, STORED, Sender

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("postgres")]

REPORT = "/ministry/?by=centre"
RENAMED = "UPDATE centres_centre SET name_th = '{}' WHERE code = 'DEMO-32-01'"


def moment_of(person):
    """What the API says the figures are true for."""
    made_at = person.see("/api/v1/statistics/completions/?by=region").json()["made_at"]
    return datetime.fromisoformat(made_at)


def test_reports_read_replicas_and_who_has_just_written_reads_the_primary(cluster, hub):
    site = hub(cluster.primary.url, DATABASE_REPLICA_URLS=cluster.urls, SALA_WORKERS=1)
    wipha, ek = Person(site, "wipha"), Person(site, "ek")
    wipha.cookies.pop("just_wrote")  # as half a minute after they signed in
    ek.cookies.pop("just_wrote")
    for replica in (cluster.one, cluster.two):
        replica.has_followed(cluster.primary)
        replica.ask("SELECT pg_wal_replay_pause()")
    paused_at = datetime.now().astimezone()
    cluster.primary.ask(RENAMED.format("ชื่อใหม่เอี่ยม"))
    time.sleep(1)
    assert "ชื่อใหม่เอี่ยม" not in wipha.see(REPORT).text
    assert "ชื่อใหม่เอี่ยม" not in wipha.see("/ministry/completions.csv?by=centre").text
    assert moment_of(wipha) <= paused_at, "figures of a replica are as old as what it has followed"

    wipha.fill("/look/", letters="large")
    assert "ชื่อใหม่เอี่ยม" in wipha.see(REPORT).text
    assert moment_of(wipha) > paused_at
    assert "ชื่อใหม่เอี่ยม" not in ek.see(REPORT).text, "they wrote nothing"

    for replica in (cluster.one, cluster.two):
        replica.ask("SELECT pg_wal_replay_resume()")
        replica.has_followed(cluster.primary)
    assert "ชื่อใหม่เอี่ยม" in ek.see(REPORT).text


def test_a_replica_that_is_too_far_behind_is_left_out_and_one_with_nothing_to_follow_is_not(cluster, hub):
    site = hub(cluster.primary.url, DATABASE_REPLICA_URLS=cluster.one.url, SALA_WORKERS=1, SALA_REPLICA_LAG=1)
    wipha = Person(site, "wipha")
    wipha.cookies.pop("just_wrote")
    cluster.one.has_followed(cluster.primary)
    time.sleep(1.5)  # nothing is written meanwhile
    assert datetime.now().astimezone() - moment_of(wipha) < timedelta(seconds=1.5)
    assert "left out" not in log_of(site)
    cluster.one.ask("SELECT pg_wal_replay_pause()")
    cluster.primary.ask(RENAMED.format("ชื่อใหม่เอี่ยม"))
    time.sleep(1.5)
    assert "ชื่อใหม่เอี่ยม" in wipha.see(REPORT).text
    assert "too far behind" in log_of(site)


def test_a_replica_that_is_killed_and_comes_back_costs_nobody_an_error(cluster, hub):
    site = hub(cluster.primary.url, DATABASE_REPLICA_URLS=cluster.urls, SALA_WORKERS=1)
    wipha = Person(site, "wipha")
    wipha.cookies.pop("just_wrote")
    answers, over = [], threading.Event()

    def read():
        while not over.is_set():
            answers.append(wipha.get(site.url + REPORT, timeout=30).status_code)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for replica in (cluster.one, cluster.two):
        wait_for_more(answers)
        replica.kill()
    wait_for_more(answers)
    cluster.one.start()
    wait_for(lambda: "The replica1 is read again" in log_of(site))
    over.set()
    for reader in readers:
        reader.join()
    assert set(answers) == {200}
    assert "The replica1 is left out" in log_of(site)
    assert "The replica2 is left out" in log_of(site)


def test_when_the_primary_is_lost_a_replica_takes_over_and_the_site_writes_on_without_a_restart(cluster, hub):
    """What was acknowledged the first replica has, as the primary waits for it: so nothing is lost."""
    waits_for(cluster.primary, cluster.one)
    both = f"postgres://sala@{','.join(quote(str(server.folder), safe='') for server in cluster[:2])}/postgres"
    site = hub(both, DATABASE_REPLICA_URLS=cluster.urls, SALA_WORKERS=1)
    wipha = Person(site, "wipha")
    token, learner, lesson = site.shell(SET_UP).split()
    senders = [Sender(site.port, token, learner, lesson) for _ in range(3)]
    for sender in senders:
        sender.start()
    wait_for(lambda: sum(len(sender.acknowledged) for sender in senders) > 30)
    cluster.primary.kill()
    for sender in senders:
        sender.join(30)
    cluster.one.ask("SELECT pg_promote()")

    after = Sender(site.port, token, learner, lesson)
    after.send(after.line(), [after.event()])
    assert len(after.acknowledged) == 1
    assert wipha.see(REPORT).status_code == 200
    cluster.two.has_followed(cluster.one)
    stored = site.shell(STORED).split()
    assert {event for sender in [*senders, after] for event in sender.acknowledged} <= set(stored)
    assert site.manage("rebuild_progress", "--check") == "0 rows differ\n"


def waits_for(primary, replica):
    """From now on it acknowledges only what is on the replica's disk too."""
    primary.ask("ALTER DATABASE postgres SET synchronous_commit = 'on'")
    primary.ask(f"ALTER SYSTEM SET synchronous_standby_names = '\"{replica.folder.name}\"'")
    primary.ask("SELECT pg_reload_conf()")
    wait_for(lambda: primary.ask("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == (1,))


def wait_for_more(answers):
    enough = len(answers) + 8
    wait_for(lambda: len(answers) >= enough)


def log_of(site):
    return (site.folder / "server.log").read_text()


def wait_for(what, seconds=30):
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until
        time.sleep(0.05)
