"""A site that goes on serving: a page for the ministry and a centre's afternoon, each second."""

import threading
import time

from bench.figures import Figure
from bench.national.ingest import BATCH, body_of, cast_of, hand_in
from bench.national.screens import screens_of


class Served:
    """Within it, somebody looks and somebody learns. Whatever fails there is raised at the end."""

    def __init__(self, site):
        self.site, self.cast = site, cast_of(site)
        paths, self.browser = screens_of(site)
        self.path = paths["nation"]
        self.pages, self.batches, self.failed = [], 0, None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *error):
        self._over.set()
        self._thread.join()
        if self.failed:
            raise self.failed

    def figures(self):
        yield Figure("events handed in meanwhile", self.batches * BATCH, "events", None)
        yield Figure("slowest page meanwhile", max(self.pages), "ms", None)

    def _serve(self):
        try:
            while not self._over.wait(1):
                self._look()
                self._learn()
        except Exception as problem:
            self.failed = problem

    def _look(self):
        self.browser.line.close()  # the server keeps an idle one for less than a second more
        start = time.perf_counter()
        self.browser.get(self.path)
        self.pages.append((time.perf_counter() - start) * 1000)

    def _learn(self):
        centre = self.cast["centres"][self.batches % len(self.cast["centres"])]
        hand_in(self.site.port, centre["token"], body_of(centre, self.cast["lessons"], self.batches))
        self.batches += 1
