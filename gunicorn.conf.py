"""Two processes of four threads: what a centre's machine and two cores serve best."""

import os
from pathlib import Path

worker_class = "gthread"
workers = int(os.environ.get("SALA_WORKERS", "2"))
threads = 4
preload_app = True
timeout = 60
accesslog = None
loglevel = "warning"


def when_ready(server):
    """Say where it is and, in the demo, who can sign in as what."""
    greeting = os.environ.get("SALA_GREETING")
    addresses = ", ".join(f"http://{host}:{port}/" for host, port in map(_split, server.cfg.address))
    print(f"\nSala: {addresses}", flush=True)
    if greeting:
        print(Path(greeting).read_text(encoding="utf-8"), flush=True)


def _split(address):
    return address if isinstance(address, tuple) else (address, "")
