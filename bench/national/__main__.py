"""Fill a PostgreSQL of our own with invented millions, measure, and keep the figures in build/bench-national.json."""

import argparse
import shutil
import sys
import time

import psycopg

from bench.__main__ import keep, missed, shown
from bench.figures import Figure
from bench.national.ingest import of_ingest
from bench.national.screens import of_screens
from bench.national.serving import Served
from tests.live import ROOT, LiveSite
from tests.postgres import Postgres

FOLDER = ROOT / "build" / "bench-national"
TUNED = {"shared_buffers": "2GB", "work_mem": "32MB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB"}
BYTES = "SELECT pg_database_size(current_database()) / greatest((SELECT count(*) FROM courses_learningevent), 1)"
BYTES_OF_EVENTS = """
SELECT (SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits
        WHERE inhparent = 'courses_learningevent'::regclass)
       / greatest((SELECT count(*) FROM courses_learningevent), 1)"""


def main():
    asked = _asked()
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    found = [*_of_sqlite(asked)]
    with Postgres(durable=True) as postgres:
        postgres.settings |= TUNED
        postgres.stop()
        postgres.start()
        small = list(_of_screens(postgres, "small", asked.small, asked))
        found += small
        large = list(_of_nation(postgres, asked))
        found += large
        warm = [figure.value for figure in [*small, *large] if "warm" in figure.name]
        found += shown([Figure("warm screens, nation over 10,000 learners", warm[1] / warm[0], "x", 1.5)])
    keep(found, ROOT / "build" / "bench-national.json")
    return 1 if any(missed(figure) for figure in found) else 0


def _asked():
    parser = argparse.ArgumentParser(prog="python -m bench.national", description=__doc__)
    parser.add_argument("--learners", type=int, default=1_000_000)
    parser.add_argument("--centres", type=int, default=2_222)
    parser.add_argument("--events", type=int, default=20_000_000)
    parser.add_argument("--small", type=int, default=10_000, help="learners of the database to compare with")
    parser.add_argument("--batches", type=int, default=200, help="batches of 500 events to hand in")
    return parser.parse_args()


def _of_sqlite(asked):
    site = _site(FOLDER / "sqlite", None)
    site.manage("prepare_demo")
    list(_fill(site, 2_000, 50, 40_000))
    site.start()
    try:
        yield from shown(_named(of_ingest(site, asked.batches // 2, 5_000), "SQLite"))
    finally:
        site.stop()


def _of_screens(postgres, name, learners, asked):
    with psycopg.connect(postgres.url, autocommit=True) as line:
        line.execute(f"CREATE DATABASE {name}")
    site = _site(FOLDER / name, postgres.url.replace("/postgres", f"/{name}"))
    site.manage("prepare_demo")
    yield from shown(_fill(site, learners, asked.centres, learners * asked.events // asked.learners))

    def restart():
        site.stop()
        postgres.stop()
        postgres.start()
        site.start()

    try:
        yield from shown(of_screens(site, restart, f"{learners:,} learners"))
    finally:
        site.stop()


def _of_nation(postgres, asked):
    yield from _of_screens(postgres, "nation", asked.learners, asked)
    site = _site(FOLDER / "nation", postgres.url.replace("/postgres", "/nation"))
    with psycopg.connect(site.environment["DATABASE_URL"]) as line:
        of_all, of_events = (float(line.execute(query).fetchone()[0]) for query in (BYTES, BYTES_OF_EVENTS))
    yield from shown([Figure("whole database, of an event", of_all, "bytes", 250)])
    yield from shown([Figure("events and their indexes, of an event", of_events, "bytes", None)])
    site.start()
    try:
        yield from shown(_recounted(site))
        yield from shown(_named(of_ingest(site, asked.batches, 10_000, site.environment["DATABASE_URL"]), "PostgreSQL"))
    finally:
        site.stop()


def _recounted(site):
    with Served(site) as served:
        start = time.perf_counter()
        said = site.manage("rebuild_progress", "--counts", "--check")
        taken = time.perf_counter() - start
    assert said == "0 rows differ\n", said
    yield Figure("rebuild of all counts, while serving", taken, "s", 600)
    yield from served.figures()


def _fill(site, learners, centres, events):
    start = time.perf_counter()
    site.manage("make_sample", f"--learners={learners}", f"--centres={centres}", f"--events={events}")
    yield Figure(f"make_sample, {learners:,} learners", time.perf_counter() - start, "s", None)


def _named(figures, database):
    for figure in figures:
        yield figure._replace(name=f"{database}: {figure.name}")


def _site(folder, database):
    folder.mkdir(exist_ok=True)
    site = LiveSite(folder, workers=2, database=database)
    site.environment["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    return site


if __name__ == "__main__":
    sys.exit(main())
