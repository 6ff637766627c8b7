"""What cannot be sent is tried again after pauses that grow to ten minutes, and never by all phones at once."""

import time

from tests.browser.conftest import PC
from tests.browser.lines import wait_until_sent
from tests.browser.test_outbox import ALONE, API, FORMS, answer, open_lesson

TRIES = 12
PHONES = 200
LONGEST = 600

RESTS = """async ([tries, phones]) => {
  const { restAfter } = await import("/static/js/outbox/sender.js");
  const each = (n) => Array.from({ length: phones }, () => restAfter(n) / 1e3);
  return Array.from({ length: tries }, (_, n) => each(n));
}"""


def test_pauses_grow_to_ten_minutes_and_no_two_phones_agree(open_page):
    page = open_page()
    page.goto("/")
    for failures, rests in enumerate(page.evaluate(RESTS, [TRIES, PHONES])):
        most = min(2 * 2**failures, LONGEST)
        assert most / 2 <= min(rests) < most * 0.6, "half of it at least, and somebody begins that early"
        assert most * 0.9 < max(rests) <= most
        assert len(set(rests)) == PHONES


def test_a_page_waits_longer_after_each_try_that_fails(open_page, people, sign_in_learner):
    """The server fails and asks for no rest: 1 to 2 seconds, then 2 to 4, then 4 to 8."""
    page, calls = open_page(PC, **ALONE), []
    page.add_init_script("Math.random = () => 0")  # the shortest that each may be
    sign_in_learner(page, people, "newcomer")
    open_lesson(page)

    def fail(route):
        calls.append(time.monotonic())
        return route.fulfill(status=502, body="") if len(calls) <= 3 else route.continue_()

    page.route(FORMS, lambda route: route.abort())
    page.route(API, fail)
    answer(page, 0)
    wait_until_sent(page)
    pauses = [later - earlier for earlier, later in zip(calls, calls[1:], strict=False)]
    assert len(pauses) == 3
    for pause, least in zip(pauses, [1, 2, 4], strict=True):
        assert pause >= least * 0.9  # a try is seen here a little after it was made
