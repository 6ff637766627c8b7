"""What stands beside a hub's databases, from Debian's packages: on loopback, in a temporary folder, gone afterwards."""

import shutil
import signal
import socket
import tempfile
import time
from pathlib import Path

from tests.live import free_port
from tests.postgres import account_for_servers, started

MISSING = "The tests of a hub need Debian's {0}: apt-get install {0}"


class Server:
    """Start and stop it; its port stays the same until the end of the `with`."""

    program = package = None

    def __init__(self):
        self.port, self.process, self.account = free_port(), None, account_for_servers()

    def __enter__(self):
        self.folder = Path(tempfile.mkdtemp(prefix=f"sala-{self.package}-"))
        if self.account:
            shutil.chown(self.folder, self.account["user"], self.account["group"])
        return self.start()

    def __exit__(self, *error):
        self.stop()
        shutil.rmtree(self.folder)

    def start(self):
        program = shutil.which(self.program, path="/usr/sbin:/usr/bin")
        assert program, MISSING.format(self.package)
        self.process = started([program, *self.arguments()], self.folder, self.account)
        self._wait_until_up()
        return self

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(30)
            self.process = None

    def _wait_until_up(self, seconds=20):
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError((self.folder / "server.log").read_text())


class Redis(Server):
    program = package = "redis-server"

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    def arguments(self):
        return ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]


class Pgbouncer(Server):
    """Gives out a few connections to a server of PostgreSQL by the transaction."""

    program = package = "pgbouncer"

    def __init__(self, postgres, connections=2):
        super().__init__()
        self.postgres, self.connections = postgres, connections

    @property
    def url(self):
        return f"postgres://sala@127.0.0.1:{self.port}/postgres"

    def arguments(self):
        (self.folder / "users").write_text('"sala" ""\n')
        (self.folder / "pgbouncer.ini").write_text(
            f"[databases]\n* = host={self.postgres.folder}\n"
            f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {self.port}\nunix_socket_dir =\n"
            f"auth_type = trust\nauth_file = {self.folder / 'users'}\n"
            f"pool_mode = transaction\ndefault_pool_size = {self.connections}\n"
        )
        return [str(self.folder / "pgbouncer.ini")]
