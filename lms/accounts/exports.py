"""Long answers: a list as one file, without holding it in memory and without taking all threads of a process."""

import threading

from rest_framework.exceptions import Throttled

AT_ONCE = 2  # of the four threads of a process, so that a slow line never keeps everybody else waiting
ASK_AGAIN = 15  # seconds

_places = threading.BoundedSemaphore(AT_ONCE)


class Export:
    """The pieces of a file, and its place among the few that are sent at a time, given back when it is closed."""

    def __init__(self, make, is_long=True, places=None):
        """`make` returns the pieces; it runs only when there is a place. Raises Throttled when there is none."""
        self._is_open, self._places = False, places or _places
        if is_long and not self._places.acquire(blocking=False):
            raise Throttled(ASK_AGAIN)
        self._is_open = is_long
        try:
            self.pieces = make()
        except BaseException:
            self.close()
            raise

    def __iter__(self):
        return iter(self.pieces)

    def close(self):
        """Closing twice gives the place back once."""
        if self._is_open:
            self._is_open = False
            self._places.release()
        close = getattr(getattr(self, "pieces", None), "close", None)
        if close:
            close()

    __del__ = close  # also where nobody came to fetch it
