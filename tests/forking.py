"""The demo's processes without the seconds that importing takes: one that has imported everything divides for each.

Only with the demo's settings, of which a site changes no more than where its database and files are. Whatever else is
tried starts from nothing, as where Sala is in use. `python -m tests.forking SOCKET` is that one process; it ends with
whoever started it.
"""

import atexit
import gc
import importlib
import json
import os
import random
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "lms.settings.demo"
CHANGED = {"DATABASE_URL", "SALA_MEDIA_ROOT", "SALA_WORKERS"}  # by a site, so that it can be one of these


def can_divide(environment):
    """Whether a process of this environment can be one of these."""
    usual = os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS}
    usual.pop("SALA_GREETING", None)
    changed = {name for name in usual.keys() | environment.keys() if usual.get(name) != environment.get(name)}
    return changed <= CHANGED


class Forked:
    """As much of subprocess.Popen as tests need. It leads a group of processes of its own."""

    def __init__(self, arguments, environment, stdout, stderr):
        self.returncode, self.line = None, socket.socket(socket.AF_UNIX)
        self.line.connect(_socket())
        asked = {"arguments": arguments, "environment": dict(environment), "stdout": str(stdout), "stderr": str(stderr)}
        self.line.sendall(json.dumps(asked).encode() + b"\n")
        self.told = self.line.makefile("rb")
        self.pid = int(self.told.readline())

    def wait(self, timeout=None):
        if self.returncode is None:
            if not select.select([self.line], [], [], timeout)[0]:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
            self.returncode = int(self.told.readline() or -1)
            self.told.close()
            self.line.close()
        return self.returncode

    def send_signal(self, number):
        os.kill(self.pid, number)


@cache
def _socket():
    """Where the one process of these tests waits; it is started by the first who needs it."""
    folder = tempfile.mkdtemp(prefix="sala-forking-")
    path = str(Path(folder) / "socket")
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS, "DATABASE_URL": "sqlite:////dev/null/none"}
    environment.pop("SALA_GREETING", None)
    command = [sys.executable, "-m", "tests.forking", path]
    one = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert one.stdout.readline() == b"ready\n", "the process that is to divide could not start; see above"
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return path


def main(path):
    import django

    django.setup()
    from lms.reading_ahead import read_addresses

    read_addresses()
    for name in ("gunicorn.app.wsgiapp", "gunicorn.workers.gthread", "django.core.management"):
        importlib.import_module(name)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    print("ready", flush=True)
    while sys.stdin not in select.select([listener, sys.stdin], [], [])[0]:
        line, _address = listener.accept()
        if os.fork() == 0:
            listener.close()
            _attend(line)
        line.close()


def _attend(line):
    """Divide once more, tell the number, wait for the end, and tell how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    asked = json.loads(line.makefile("rb").readline())
    pid = os.fork()
    if pid == 0:
        line.close()
        _become(**asked)
    line.sendall(f"{pid}\n".encode())
    _pid, status = os.waitpid(pid, 0)
    try:
        line.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())
    finally:
        os._exit(0)


def _become(arguments, environment, stdout, stderr):
    os.setsid()
    for number, name, how in ((0, os.devnull, os.O_RDONLY), (1, stdout, os.O_WRONLY), (2, stderr, os.O_WRONLY)):
        file = os.open(name, how | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(file, number)
        os.close(file)
    status = 1
    try:
        os.environ.clear()
        os.environ.update(environment)
        random.seed()
        _read_settings()
        status = _run(arguments)
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(bool(end.code))
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _read_settings():
    """The demo's settings once more, now for this site, and nothing left that knows those before."""
    from asgiref.local import Local
    from django.conf import settings
    from django.contrib.staticfiles.storage import staticfiles_storage
    from django.core.files.storage import default_storage, storages
    from django.db import connections
    from django.utils.functional import empty

    fresh = importlib.reload(sys.modules[SETTINGS])
    for name in filter(str.isupper, dir(fresh)):
        if getattr(settings, name) != getattr(fresh, name):
            setattr(settings, name, getattr(fresh, name))
    storages._storages.clear()
    default_storage._wrapped = staticfiles_storage._wrapped = empty  # which has read what the static files are called
    connections._settings = None
    connections.__dict__.pop("settings", None)
    connections._connections = Local(connections.thread_critical)


def _run(arguments):
    sys.argv = arguments
    if arguments[0] == "gunicorn":
        from gunicorn.app.wsgiapp import run

        run()
    else:
        from django.core.management import execute_from_command_line

        execute_from_command_line(arguments)
    return 0


if __name__ == "__main__":
    main(*sys.argv[1:])
