"""A PostgreSQL of the tests' own: in a temporary folder, on a socket in it, gone afterwards.

`python -m tests.postgres COMMAND...` runs a command with SALA_TEST_DATABASE_URL naming one.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

OLDEST = 15
MISSING = f"The tests on PostgreSQL need Debian's postgresql, {OLDEST} or newer: apt-get install postgresql"

# Sorted by the rules of a language, which C.UTF-8 is not: order must not hang on how a database was made.
CLUSTER = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=th"]
QUICK = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """Start, stop or kill the server; its data stay until the end of the `with`. `durable` is as in production."""

    def __init__(self, durable=False):
        self.binaries, self.account, self.process = _binaries(), account_for_servers(), None
        self.settings = {"listen_addresses": "", "max_connections": "50"} | ({} if durable else QUICK)

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="sala-postgres-"))
        try:
            if self.account:
                shutil.chown(self.folder, self.account["user"], self.account["group"])
            self._make()
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error):
        self.stop()
        shutil.rmtree(self.folder)

    @property
    def data(self):
        return self.folder / "data"

    @property
    def url(self):
        return f"postgres://sala@{quote(str(self.folder), safe='')}/postgres"

    def start(self):
        settings = self.settings | {"unix_socket_directories": self.folder}
        options = [f"--{name}={value}" for name, value in settings.items()]
        command = [self.binaries / "postgres", "-D", self.data, *options]
        self.process = started(command, self.folder, self.account)
        self._wait_until_up()
        return self

    def ask(self, sql):
        """The first row of an answer, if there is one."""
        with psycopg.connect(self.url, autocommit=True) as line:
            answer = line.execute(sql)
            return answer.fetchone() if answer.description else None

    def kill(self):
        """SIGKILL to the server and each of its processes: nothing is written any more, no memory is kept."""
        server = psutil.Process(self.process.pid)
        server.suspend()  # or it would start new ones
        for process in [server, *server.children()]:
            process.kill()
        self.process.wait(30)
        self.process = None

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)
            self.process = None

    def _make(self):
        self._run("initdb", "--pgdata", self.data, "--username=sala", "--auth=trust", "--no-sync", *CLUSTER)

    def _wait_until_up(self, seconds=60):
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                psycopg.connect(self.url).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError((self.folder / "server.log").read_text())

    def _run(self, program, *arguments):
        command = [self.binaries / program, *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **self.account)
        assert done.returncode == 0, done.stdout + done.stderr


def started(command, folder, account):
    """A server's process, which tells what it does in the folder's server.log."""
    with (folder / "server.log").open("a") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True, **account)


class CopyOf(Postgres):
    """A server with the data of one that runs: for itself, or following whichever of `leaders` takes writes."""

    def __init__(self, server, leaders=()):
        super().__init__()
        self.server, self.leaders = server, leaders

    def _make(self):
        source = ["--host", self.server.folder, "--username=sala"]
        self._run("pg_basebackup", "--pgdata", self.data, *source, "--checkpoint=fast", "--no-sync")
        if self.leaders:
            (self.data / "standby.signal").touch()
            hosts = ",".join(str(leader.folder) for leader in self.leaders)
            here = f"user=sala application_name={self.folder.name}"
            self.settings["primary_conninfo"] = f"host={hosts} {here} target_session_attrs=read-write"

    def has_followed(self, leader, seconds=20):
        """Wait until all that the leader has written is here too."""
        [end] = leader.ask("SELECT pg_current_wal_flush_lsn()")
        until = time.monotonic() + seconds
        while not self.ask(f"SELECT pg_last_wal_replay_lsn() >= '{end}'")[0]:
            assert time.monotonic() < until, (self.folder / "server.log").read_text()
            time.sleep(0.02)


def _binaries():
    """The folder of the newest server that Debian has installed."""
    versions = {int(path.parent.name): path for path in Path("/usr/lib/postgresql").glob("[0-9]*/bin")}
    if max(versions, default=0) < OLDEST:
        sys.exit(MISSING)
    return versions[max(versions)]


def account_for_servers():
    """PostgreSQL and pgbouncer refuse to run as root: then they run as the user that the package of the first made."""
    if os.geteuid():
        return {}
    postgres = pwd.getpwnam("postgres")
    return {"user": postgres.pw_uid, "group": postgres.pw_gid, "extra_groups": []}


def main(command):
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with Postgres() as postgres:
        # Ctrl-C reaches the command too: it ends first, in its own way.
        signal.signal(signal.SIGINT, lambda *_: None)
        return subprocess.call(command, env=os.environ | {"SALA_TEST_DATABASE_URL": postgres.url})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
