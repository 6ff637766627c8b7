"""A hub that is overrun, as when a whole country comes back after a cut line: so much at a time, and nothing is lost.

Recording is work: more of it at once is not done any sooner. So a process records a few batches at a time, one more
may wait for a moment, and the others are told at once when to come again, which leaves a thread for everybody's pages.
Nothing is done with a refused batch, and its sender keeps it. Each one refused is told a later time than the one
before, by how long batches take just now, so that they come back one after the other and not all together.
"""

import math
import random
import threading
import time
from contextlib import contextmanager

from rest_framework.exceptions import Throttled

AT_ONCE = 2  # batches recorded at a time, of a process's four threads
WAITING = 1  # more that wait for their turn ...
PATIENCE = 1  # ... for so many seconds
LONGEST = 300  # seconds that anybody is told to wait
FIRST_GUESS = 0.1  # seconds that a batch takes, until it is known
SLOWLY = 0.1  # how much one batch changes what is known


class Turns:
    def __init__(self, at_once=AT_ONCE, waiting=WAITING, patience=PATIENCE):
        self._at_once, self._patience = at_once, patience
        self._places = threading.BoundedSemaphore(at_once)
        self._line = threading.BoundedSemaphore(at_once + waiting)
        self._lock = threading.Lock()
        self._seconds, self._last_told = FIRST_GUESS, 0.0

    @contextmanager
    def turn(self):
        """Within it one may record. Raises Throttled, with the seconds to wait, where others are before us."""
        if not self._line.acquire(blocking=False):
            raise self.refusal()
        try:
            if not self._places.acquire(timeout=self._patience):
                raise self.refusal()
            began = time.monotonic()
            try:
                yield
            finally:
                self._places.release()
                self._learn(time.monotonic() - began)
        finally:
            self._line.release()

    def look(self):
        """Raises Throttled where there is no place even to wait: before anything is read or asked."""
        if not self._line.acquire(blocking=False):
            raise self.refusal()
        self._line.release()

    def refusal(self):
        with self._lock:
            now = time.monotonic()
            turn = max(self._last_told, now) + self._seconds / self._at_once
            self._last_told = min(turn, now + LONGEST)
            wait = self._last_told - now
        return Throttled(math.ceil(wait * random.uniform(1, 1.2)))

    def _learn(self, seconds):
        with self._lock:
            self._seconds += (seconds - self._seconds) * SLOWLY


turns = Turns()
