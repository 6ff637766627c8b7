"""Two processes of four threads: what a centre's machine and two cores serve best."""

import contextlib
import ctypes
import gc
import logging
import os
import shutil
import tempfile
from pathlib import Path

from lms.watching import logs

M_ARENA_MAX = -8  # of glibc's malloc.h

worker_class = "gthread"
workers = int(os.environ.get("SALA_WORKERS", "2"))
threads = 4
preload_app = True
timeout = 60
accesslog = None
loglevel = "warning"
_production = os.environ.get("DJANGO_SETTINGS_MODULE") == "lms.settings.production"
_log = os.environ.get("SALA_LOG") or ("json" if _production else "")
_metrics = bool(os.environ.get("SALA_METRICS", "").strip())
if _metrics and "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # this page is read again when gunicorn is told to reload
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="sala-figures-")
if _log in logs.FORMS:  # else the settings stop the start, or the demo talks as it likes
    logconfig_dict = logs.config(_log)


def when_ready(server):
    """Say where it is and, in the demo, who can sign in as what."""
    if _log == "json":
        logging.getLogger("sala").info("ready")
        return
    greeting = os.environ.get("SALA_GREETING")
    addresses = ", ".join(f"http://{host}:{port}/" for host, port in map(_split, server.cfg.address))
    print(f"\nSala: {addresses}", flush=True)
    if greeting:
        print(Path(greeting).read_text(encoding="utf-8"), flush=True)


def pre_fork(server, worker):
    """What was imported stays: the collector of garbage need not look at it again for every request."""
    gc.freeze()


def post_fork(server, worker):
    gc.set_threshold(5_000, 10, 10)  # twice as rarely costs 3 MB and makes no page quicker
    _share_memory()


def _share_memory():
    """Threads take memory from two heaps: with one for each, as glibc has it, each keeps what the others could use."""
    with contextlib.suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 2)


def child_exit(server, worker):
    """What a process was doing is no longer done; what it has counted stays."""
    if _metrics:
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)


def on_exit(server):
    if _metrics:
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)


def _split(address):
    return address if isinstance(address, tuple) else (address, "")
