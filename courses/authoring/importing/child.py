"""Starting the process that reads, and understanding how it ended."""

import json
import logging
import os
import signal
import subprocess
import sys
import threading

from django.conf import settings

from courses.authoring.importing import limits
from courses.authoring.importing.problems import ImportProblem
from courses.authoring.importing.reading import FOUND

READER = "courses.authoring.importing.reading"
ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
TOO_LONG = {signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL}
LARGEST_FOUND = 20 * limits.MB

log = logging.getLogger(__name__)


def found_in(file, folder, name, tell):
    """What the process found; `tell(per cent)` is called meanwhile. Raises ImportProblem.

    It has none of our secrets: neither the settings nor this process's environment.
    """
    said = folder / "said"
    with said.open("wb") as errors:
        child = subprocess.Popen(
            [sys.executable, "-m", READER, file, folder, name],
            cwd=settings.BASE_DIR,
            env=ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        _wait(child, tell)
    return _understood(child.returncode, folder, said)


def _wait(child, tell):
    """It ends itself in time; should it not, it is ended. So it is if nobody waits for it any more."""
    late = threading.Timer(limits.WALL_SECONDS + 5, child.kill)
    late.daemon = True
    late.start()
    try:
        for line in iter(lambda: child.stdout.readline(100), b""):
            if line.strip().isdigit():
                tell(min(99, int(line)))
    finally:
        late.cancel()
        if child.poll() is None:
            try:
                child.wait(timeout=2)
            except subprocess.TimeoutExpired:
                child.kill()
        child.stdout.close()
        child.wait()


def _understood(code, folder, said):
    if code in {-number for number in TOO_LONG}:
        raise ImportProblem("took_too_long", seconds=limits.WALL_SECONDS)
    path = folder / FOUND
    if code or not path.exists() or path.stat().st_size > LARGEST_FOUND:
        words = said.read_bytes()[-2000:].decode(errors="replace")
        log.warning("the reader of an imported file ended with %s: %s", code, words)
        raise ImportProblem("too_much_memory" if "MemoryError" in words else "broken")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise ImportProblem("broken") from error
    if "problem" in found:
        raise ImportProblem(found["problem"]["code"], **found["problem"]["details"])
    return found
