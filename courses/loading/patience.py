"""What a stranger sent is not worked at for ever: whoever reads or writes it asks here between two steps."""

import time
from contextlib import contextmanager
from contextvars import ContextVar

_until = ContextVar("until", default=None)


class TookTooLongError(Exception):
    """The time that there was is over."""


@contextmanager
def within(seconds):
    """For all that this thread does in it."""
    token = _until.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _until.reset(token)


def go_on():
    """Raises TookTooLongError; outside of `within` there is all the time in the world."""
    until = _until.get()
    if until is not None and time.monotonic() > until:
        raise TookTooLongError
