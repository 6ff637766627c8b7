"""PostgreSQL is brought back to a moment by the very lines of docs/point_in_time.md."""

import re
import shutil
import time
from pathlib import Path

import pytest

from tests.postgres import Postgres

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "point_in_time.md").read_text(encoding="utf-8")
WAL, BASE = "/var/backups/sala-wal", "/var/backups/sala-base/2026-11-28"


def settings_of(heading, wal):
    """What the page says to set, with a folder of ours."""
    part = PAGE.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = dict(re.findall(r"^(\w+) = '?(.+?)'?$", part, re.MULTILINE))
    return {name: value.replace(WAL, str(wal)) for name, value in found.items()}


def wait_for(condition, server, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, (server.folder / "server.log").read_text()
        time.sleep(0.05)


class Kept(Postgres):
    """A server that puts its WAL away."""

    def _make(self):
        super()._make()
        self.wal = self.folder / "wal"
        self.wal.mkdir(mode=0o700)
        if self.account:
            shutil.chown(self.wal, self.account["user"], self.account["group"])
        self.settings |= settings_of("Beforehand", self.wal) | {"full_page_writes": "on"}

    def take_base(self):
        for line in re.findall(r"^pg_(?:basebackup|verifybackup) .+$", PAGE, re.MULTILINE):
            program, *arguments = line.replace(BASE, str(self.folder / "base")).split()
            login = ["--host", self.folder, "--username=sala"] if program == "pg_basebackup" else []
            self._run(program, *arguments, *login)

    def let_go_of_what_is_older_than_the_base(self):
        before = set(self.wal.iterdir())
        [mark] = self.wal.glob("*.backup")
        self._run("pg_archivecleanup", self.wal, mark.name)
        assert mark in set(self.wal.iterdir()) < before

    def put_away(self):
        """All that was written so far."""
        [name] = self.ask("SELECT pg_walfile_name(pg_switch_wal())")
        wait_for((self.wal / name).exists, self)


class Restored(Postgres):
    """Another server beside it, with the data of a moment; without one, all that was put away."""

    def __init__(self, kept, moment=None):
        super().__init__()
        self.kept = kept
        self.settings |= settings_of("Back", kept.wal) | {"recovery_target_time": str(moment)}
        if not moment:
            del self.settings["recovery_target_time"]

    def _make(self):
        shutil.copytree(self.kept.folder / "base", self.data)
        (self.data / "recovery.signal").touch()
        for path in [self.data, *self.data.rglob("*")] if self.account else ():
            shutil.chown(path, self.account["user"], self.account["group"])

    def start(self):
        super().start()
        wait_for(lambda: self.ask("SELECT pg_is_in_recovery()") == (False,), self)


@pytest.mark.slow
def test_a_dropped_table_comes_back_as_it_was_the_moment_before():
    with Kept() as kept:
        kept.ask("CREATE TABLE learned AS SELECT 1 AS number")
        kept.take_base()
        kept.ask("INSERT INTO learned VALUES (2)")
        [moment] = kept.ask("SELECT clock_timestamp()")
        time.sleep(0.01)
        kept.ask("DROP TABLE learned")
        kept.ask("CREATE TABLE afterwards AS SELECT 3 AS number")
        kept.put_away()
        with Restored(kept, moment) as back:
            assert back.ask("SELECT array_agg(number ORDER BY number) FROM learned") == ([1, 2],)
            assert back.ask("SELECT to_regclass('afterwards')") == (None,)
            back.ask("INSERT INTO learned VALUES (4)")
        kept.kill()
        kept.let_go_of_what_is_older_than_the_base()
        with Restored(kept) as last:
            assert last.ask("SELECT to_regclass('learned')") == (None,)
            assert last.ask("SELECT number FROM afterwards") == (3,)
