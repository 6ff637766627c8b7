"""Reports read a replica of the database, where there is one in health; everything else reads the primary.

A replica that does not answer, is starting, follows nobody or is too far behind is left out for some seconds, and
another one or the primary answers in its place. Without replicas none of this runs.
"""

import itertools
import logging
import threading
import time
from contextlib import contextmanager
from functools import wraps

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connections
from django.utils import timezone

from lms.accounts import own_writes
from lms.accounts.signals import left_out

LEFT_OUT = 10  # seconds before one that failed is tried again
CAUGHT_UP, A_MOMENT = 3, 0.02  # how often, and after how many seconds, a replica is asked whether it has caught up
# Sign-ins, tokens and roles hold, or have ended, at once: who asks, and as what, is never read from a replica.
WHO_ASKS = {"accounts", "sessions"}
AS_WHAT = {"membership", "appointment", "ministrypost"}

STATE = """
SELECT pg_is_in_recovery(), pg_last_xact_replay_timestamp(),
       clock_timestamp() - pg_last_xact_replay_timestamp() < make_interval(secs => %s),
       pg_last_wal_replay_lsn() >= %s
"""

log = logging.getLogger(__name__)
_turns = itertools.count()
_left_out = {}  # {alias: until when, by the clock of this process}


class _Here(threading.local):
    """What this thread's request reads from: nothing told means the primary."""

    alias = true_at = None
    wrote = False


_here = _Here()


class Router:
    """Django asks here where to read and write a model."""

    def db_for_read(self, model, **hints):
        return _here.alias if _here.alias and _may_read_elsewhere(model) else DEFAULT_DB_ALIAS

    def db_for_write(self, model, **hints):
        if not _says_who_asks(model):
            _here.wrote = True
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one, other, **hints):
        return True  # a replica holds the same rows

    def allow_migrate(self, db, app_label, **hints):
        return db == DEFAULT_DB_ALIAS


def _may_read_elsewhere(model):
    return not _says_who_asks(model) and not _must_read_primary()


def _says_who_asks(model):
    return model._meta.app_label in WHO_ASKS or model._meta.model_name in AS_WHAT


def _must_read_primary():
    """After a write in the same request, and within a transaction, only the primary knows."""
    return _here.wrote or connections[DEFAULT_DB_ALIAS].in_atomic_block


class OwnWritesMiddleware:
    """Each request begins with nothing written; that it wrote something holds for its person's next requests too."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        _here.wrote = False
        response = self.get_response(request)
        own_writes.note(request, response)
        return response


def replicas():
    return [alias for alias in connections if alias != DEFAULT_DB_ALIAS]


@contextmanager
def reading():
    """Within it models are read from a replica, if one is in health; gives its alias, or None for the primary."""
    if _here.alias or not replicas() or _must_read_primary():
        yield _here.alias
        return
    alias, true_at = _healthy()
    with _held(alias, true_at):
        yield alias


@contextmanager
def _held(alias, true_at):
    before = _here.alias, _here.true_at
    _here.alias, _here.true_at = alias, true_at
    try:
        yield
    finally:
        _here.alias, _here.true_at = before


def true_at():
    """The moment that what is read here is true for, at the least: now, or up to when the replica has followed."""
    return _here.true_at or timezone.now()


def reads_a_replica(view):
    """For a view that asks much and changes nothing. What fails on a replica is done again by the primary.

    Who has just written something is answered by the primary, so that they see it.
    """

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not replicas() or request.method not in own_writes.SAFE or own_writes.has_just_written(request):
            return view(request, *args, **kwargs)
        alias = None
        try:
            with reading() as alias:
                return _kept(view(request, *args, **kwargs))
        except (OperationalError, InterfaceError) as problem:
            if alias is None:
                raise
            _leave_out(alias, problem)
        return view(request, *args, **kwargs)

    return answered


def _kept(response):
    """What is sent piece by piece is read to its end where its beginning was."""
    if _here.alias and response.streaming:
        response.streaming_content = _pieces(iter(response.streaming_content), _here.alias, _here.true_at)
    return response


def _pieces(pieces, alias, true_at):
    while True:
        with _held(alias, true_at):
            try:
                piece = next(pieces)
            except StopIteration:
                return
        yield piece


def _healthy():
    """(alias, moment) of the next replica that is fit to be read; (None, None) where none is."""
    names = replicas()
    first = next(_turns) % len(names)
    for alias in names[first:] + names[:first]:
        if _is_to_be_tried(alias) and (moment := _asked(alias)):
            return alias, moment
    return None, None


def _is_to_be_tried(alias):
    """Of many threads one tries again what was left out; the others wait for what it finds."""
    now, until = time.monotonic(), _left_out.get(alias, 0)
    if now < until:
        return False
    if until:
        _left_out[alias] = now + LEFT_OUT
    return True


def _asked(alias):
    """The moment that the replica is true for; None, and it is left out, where it is not fit to be read."""
    try:
        moment = _followed_until(alias)
    except Error as problem:
        _leave_out(alias, problem)
        return None
    if moment is None:
        _leave_out(alias, "it is no longer a replica, or too far behind")
    elif _left_out.pop(alias, None):
        log.warning(f"The {alias} is read again.")  # the log keeps wording and no values
    return moment


def _leave_out(alias, why):
    connections[alias].close()
    _left_out[alias] = time.monotonic() + LEFT_OUT
    left_out.send(Router, part=alias)
    reason = why if isinstance(why, str) else type(why).__name__
    log.warning(f"The {alias} is left out for {LEFT_OUT} seconds: {reason}")


def _followed_until(alias):
    """Up to when a replica has followed. None where that is too long ago, or where it follows nobody.

    Where nothing is written for a while the last thing followed is old, and yet nothing is missing: then the primary
    says up to where it has written.
    """
    end = asked_at = None
    for _ in range(CAUGHT_UP):
        is_replica, followed, is_fresh, is_whole = _ask(alias, STATE, settings.SALA_REPLICA_LAG, end)
        if not is_replica:
            return None  # a primary, and whether today's or yesterday's is not known here
        if is_fresh or is_whole:
            return followed if is_fresh else asked_at
        if end:
            time.sleep(A_MOMENT)
        asked_at = timezone.now()
        [end] = _ask(DEFAULT_DB_ALIAS, "SELECT pg_current_wal_flush_lsn()")
    return None


def _ask(alias, sql, *values):
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()
