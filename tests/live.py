"""A whole Sala as `make run` starts it: its own database, gunicorn, a port of its own."""

import contextlib
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from tests.forking import ROOT, SETTINGS, Forked, can_divide


class LiveSite:
    """Start, stop or kill the server; the database and the files stay where they are.

    The database is a file in the folder, or one of its own on the PostgreSQL on which the tests are run, unless an
    address names another.
    """

    def __init__(self, folder, workers=1, database=None):
        self.folder, self.workers, self.process = Path(folder), workers, None
        self.port = free_port()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": database or _own_database(self.folder),
            "SALA_MEDIA_ROOT": str(self.folder / "media"),
            "SALA_WORKERS": str(workers),
        }
        self.environment.pop("SALA_GREETING", None)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def manage(self, *arguments):
        """Run a management command on this site; its output. Raises if it fails."""
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder) / "out", Path(folder) / "err"
            status = self._begin(["manage.py", *map(str, arguments)], out, err).wait()
            assert status == 0, out.read_text() + err.read_text()
            return out.read_text()

    def shell(self, code):
        """Run Python inside the site; what it prints."""
        return self.manage("shell", "--no-imports", "-c", code)

    def start(self):
        log = self.folder / "server.log"
        command = ["gunicorn", "lms.wsgi", "--config", "gunicorn.conf.py", "--bind", f"127.0.0.1:{self.port}"]
        self.process = self._begin(command, log, log)
        self.wait_until_up()
        return self

    def _begin(self, command, stdout, stderr):
        if can_divide(self.environment):
            return Forked(command, self.environment, stdout, stderr)
        python = [sys.executable] if command[0].endswith(".py") else [sys.executable, "-m"]
        with stdout.open("a") as out, stderr.open("a") as err:
            return subprocess.Popen(
                [*python, *command], cwd=ROOT, env=self.environment, stdout=out, stderr=err, start_new_session=True
            )

    def wait_until_up(self, seconds=30):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                    if answer.status == 200:
                        return
            except OSError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "server.log").read_text())

    def kill(self):
        """Pull the plug: SIGKILL to the server and all its workers, in the middle of whatever they do."""
        self._end(signal.SIGKILL)

    def stop(self):
        self._end(signal.SIGTERM)

    def _end(self, how):
        if self.process:
            os.killpg(self.process.pid, how)
            self.process.wait(30)
            self.process = None

    def copy_to(self, folder, database=None):
        """The same site, stopped, in another folder."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return LiveSite(folder, self.workers, database or _own_database(folder, self.environment["DATABASE_URL"]))


def _own_database(folder, like=None):
    """The address of a database for a site's folder, with what that of the address `like` has."""
    server = os.environ.get("SALA_TEST_DATABASE_URL")
    if not server:
        return f"sqlite:///{folder / 'site.sqlite3'}"
    import psycopg  # a machine without PostgreSQL has no use for it

    server = server.rpartition("/")[0]
    name = f"site_{hashlib.sha256(str(folder).encode()).hexdigest()[:16]}"
    template = f" TEMPLATE {like.rpartition('/')[2]}" if like else ""
    there = contextlib.suppress(psycopg.errors.DuplicateDatabase)  # the test process beside this one was first
    with psycopg.connect(f"{server}/postgres", autocommit=True) as line, there:
        line.execute("SELECT pg_advisory_lock(1)")  # one after the other, until the line ends
        line.execute(f"CREATE DATABASE {name}{template}")
    return f"{server}/{name}"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
