"""Learning while the line drops: what waits in the browser's outbox, and what reached the server."""

import json
import time

from playwright.sync_api import Error

LESSON = "/courses/phone-and-internet/know-your-phone/"

DUMP = """async () => {
  const database = await new Promise((resolve, reject) => {
    const request = indexedDB.open("sala");
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const found = {};
  for (const name of database.objectStoreNames) {
    found[name] = await new Promise((resolve) => {
      const request = database.transaction(name).objectStore(name).getAll();
      request.onsuccess = () => resolve(request.result);
    });
  }
  database.close();
  const plain = (value) => (value instanceof Uint8Array ? String.fromCharCode(...value) : value);
  return JSON.parse(JSON.stringify(found, (name, value) => plain(value)));
}"""

EVENTS = """
import json
import time
from courses.models import LearningEvent
rows = LearningEvent.objects.filter(learner="{learner}", recorded_at__gte="{since}").order_by("recorded_at", "id")
fields = ["id", "verb", "activity", "answer", "correct", "claimed_correct", "claimed_at", "occurred_at", "recorder_id"]
print(json.dumps(list(rows.values(*fields)), default=str))
"""

NOW = "from django.utils import timezone; print(timezone.now().isoformat())"


def dump(page):
    """Everything in the browser's database, {store: rows}."""
    return page.evaluate(DUMP)


def waiting(page):
    return dump(page)["events"]


def events_of(site, learner, since):
    """What the server has recorded of a learner since a moment of its clock."""
    return json.loads(site.shell(EVENTS.format(learner=learner, since=since)))


def now_of(site):
    return site.shell(NOW).strip()


def wait_until_waiting(page, number, seconds=60):
    """Until exactly so many wait in this browser: what is shown may be a moment ahead of what is kept."""
    until = time.monotonic() + seconds
    while (found := len(waiting(page))) != number:
        assert time.monotonic() < until, f"{found} wait, not {number}"
        page.wait_for_timeout(50)


def wait_until_sent(page, seconds=60):
    """Until nothing waits in this browser any more."""
    until = time.monotonic() + seconds
    while _still_waits(page):
        assert time.monotonic() < until, "it still waits"
        page.wait_for_timeout(50)


def _still_waits(page):
    """Asked of a page that may go on to another one by itself meanwhile."""
    try:
        return bool(waiting(page))
    except Error as gone:
        if "Execution context was destroyed" not in str(gone):
            raise
        return True
