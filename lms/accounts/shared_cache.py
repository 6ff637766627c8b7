"""One cache for all processes and web servers; while it is gone each process goes on with a cache of its own."""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from lms.accounts.signals import left_out

LEFT_ALONE = 5  # seconds after it failed, in which nobody waits for it again
PATIENCE = {"socket_connect_timeout": 0.5, "socket_timeout": 1}
OWN = {"MAX_ENTRIES": 4000}

log = logging.getLogger(__name__)


def _of_either(name):
    shared, own = getattr(RedisCache, name), getattr(LocMemCache, name)

    def method(self, *args, **kwargs):
        if self.is_to_be_tried():
            try:
                found = shared(self, *args, **kwargs)
            except (RedisError, OSError) as problem:
                self.leave_alone(problem)
            else:
                self.found_again()
                return found
        return own(self.own, *args, **kwargs)

    method.__name__ = name
    return method


class SharedCache(RedisCache):
    """Redis or Valkey. While it is gone, tries and calls are counted by each process for itself, as on one machine."""

    alone_until = None  # of the class: each thread has a cache object, and all of them learn that the server is gone

    def __init__(self, server, params):
        once_more = Retry(NoBackoff(), 1)  # a server that was started again has closed the lines we kept
        params["OPTIONS"] = PATIENCE | {"retry": once_more} | params.get("OPTIONS", {})
        super().__init__(server, params)
        self.own = LocMemCache("while-the-shared-one-is-gone", {"OPTIONS": OWN})

    add, get, set = _of_either("add"), _of_either("get"), _of_either("set")
    get_many, set_many, delete_many = _of_either("get_many"), _of_either("set_many"), _of_either("delete_many")
    touch, delete, has_key = _of_either("touch"), _of_either("delete"), _of_either("has_key")
    incr, clear = _of_either("incr"), _of_either("clear")

    def is_to_be_tried(self):
        return self.alone_until is None or time.monotonic() >= self.alone_until

    def leave_alone(self, problem):
        if self.alone_until is None:
            log.warning("The shared cache is gone, and each process uses one of its own: %s", problem)
        type(self).alone_until = time.monotonic() + LEFT_ALONE
        left_out.send(type(self), part="cache")

    def found_again(self):
        if self.alone_until is not None:
            log.warning("The shared cache is there again.")
            type(self).alone_until = None
            self.own.clear()
