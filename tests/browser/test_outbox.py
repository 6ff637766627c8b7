"""The line drops, the server dies, the disk is full, somebody leaves: each answer arrives once, as its learner's."""

import json
import re
import time
from datetime import datetime, timedelta

import pytest

from tests.browser.answering import activities, course, fill_in
from tests.browser.conftest import PC
from tests.browser.lines import LESSON, dump, events_of, now_of, wait_until_sent, waiting
from tests.browser.test_accessibility import check
from tests.chromium import CHROMIUM, FLAGS

ASKED = activities(course("01-phone-and-internet")[1][0])
API, FORMS = "**/api/v1/events/", "**/activities/**"
ALONE = {"service_workers": "block"}  # the worker sends too, when the browser wakes it: tests/browser/test_kept.py


@pytest.fixture
def learning(open_page, people, sign_in_learner):
    """The newcomer on the lesson's page, at the bound machine: learning(), learning("learner")."""

    def make(who="newcomer", page=None):
        page = page or open_page(PC, **ALONE)
        sign_in_learner(page, people, who)
        return open_lesson(page)

    return make


def open_lesson(page):
    page.goto(LESSON)
    page.wait_for_load_state("networkidle")
    return page


def answer(page, place, wrong=False):
    """Answer one activity, and wait for what is said to it."""
    kind, asked = ASKED[place]
    card = page.locator(f"#activity-{asked['id']}")
    fill_in(card, kind, asked, wrong)
    card.locator("button.btn:not([data-move])").last.click()
    card.locator(".note[role=status], p[role=status]").first.wait_for()
    return card


def answered(site, people, since, who="newcomer"):
    """The activities whose answers the server has since then."""
    return [event["activity"] for event in events_of(site, people[who], since) if event["verb"] == "answered"]


def ids(*places):
    return [ASKED[place][1]["id"] for place in places]


def told(page, name, words):
    """Wait until the banner tells that."""
    page.locator(f"[data-tell={name}]", has_text=words).wait_for()


def sign_out(page):
    page.click("header form[data-sign-out] button")
    page.wait_for_url(re.compile("/who/"))


def test_the_line_is_cut_while_a_lesson_is_learned_and_everything_arrives_once(learning, people, live_site):
    page, since = learning(), now_of(live_site)
    answer(page, 0)
    page.context.set_offline(True)
    for place in range(1, len(ASKED)):
        answer(page, place)
    page.click(".bar button.go")
    page.locator("[data-finish-kept]").wait_for()
    told(page, "waiting", f"รอส่ง {len(ASKED)} รายการ")
    found = check(page, "what waits is told")
    page.context.set_offline(False)
    told(page, "sent", re.compile(r"ส่งแล้วเมื่อ \d\d:\d\d น"))
    assert found + check(page, "that it was sent is told") == []
    assert not waiting(page)
    events = events_of(live_site, people["newcomer"], since)
    assert [event["activity"] for event in events if event["verb"] == "answered"] == ids(*range(len(ASKED)))
    assert [event["verb"] for event in events].count("finished") == 1
    assert {event["claimed_correct"] for event in events} == {None}
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"


def test_a_reply_that_is_lost_and_a_server_that_is_killed_cost_nothing(learning, people, live_site):
    page, since = learning(), now_of(live_site)

    def lose(route):
        route.fetch()
        route.abort()

    page.route(FORMS, lose)
    page.route(API, lose, times=1)  # the reply to the outbox's own sending too
    answer(page, 1)
    wait_until_sent(page)

    def kill(route):
        route.fetch()
        live_site.kill()
        route.abort()

    page.unroute(FORMS)
    page.route(FORMS, kill, times=1)
    answer(page, 3, wrong=False)
    assert len(waiting(page)) == 1
    live_site.start()
    wait_until_sent(page)
    assert answered(live_site, people, since) == ids(1, 3)
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"


def test_a_server_that_asks_for_rest_is_obeyed_and_one_bad_event_holds_up_no_other(learning, people, live_site):
    page, since = learning(), now_of(live_site)
    calls = []

    def busy(route):
        calls.append(time.monotonic())
        if len(calls) <= 2:
            return route.fulfill(status=[429, 503][len(calls) - 1], headers={"Retry-After": "2"}, body="")
        return route.continue_()

    page.route(API, busy)
    page.context.set_offline(True)
    for place in (0, 1):
        answer(page, place)
    page.context.set_offline(False)
    wait_until_sent(page)
    assert min(later - earlier for earlier, later in zip(calls, calls[1:], strict=False)) >= 2

    # One that the server rejects, and one that makes a whole request fail: both are put aside, the others go.
    page.unroute(API)
    page.context.set_offline(True)
    page.evaluate(NOTE, {"verb": "started", "lesson": "00000000-0000-7000-8000-000000000000"})
    page.evaluate(NOTE, {"verb": "started", "lesson": "poison"})
    for place in (2, 3):
        answer(page, place)

    def poisoned(route):
        if "poison" in route.request.post_data:
            return route.fulfill(status=400, content_type="application/problem+json", body="{}")
        return route.continue_()

    page.route(API, poisoned)
    page.context.set_offline(False)
    wait_until_sent(page)
    assert {row["reason"] for row in dump(page)["aside"]} == {"unknown_lesson", "http_400"}
    told(page, "aside", "2 รายการ")
    assert answered(live_site, people, since) == ids(0, 1, 2, 3)


NOTE = """async (facts) => {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const { note } = await import(loaded.find((url) => url.includes("/outbox/index.")));
  return note(facts);
}"""


def test_a_session_that_ended_keeps_everything_and_asks_for_signing_in(learning, people, live_site, sign_in_learner):
    page, since = learning(), now_of(live_site)
    page.context.set_offline(True)
    answer(page, 0)
    live_site.shell("from django.contrib.sessions.models import Session as S; S.objects.all().delete()")
    page.context.set_offline(False)
    told(page, "sign-in", "เข้าอีกครั้งเพื่อส่ง")
    answer(page, 1)  # with a line, but without a session
    assert len(waiting(page)) == 2
    page.route("**/outbox/", lambda route: route.abort())  # at a centre's machine these would go by themselves
    sign_in_learner(page, people, "newcomer")
    wait_until_sent(page)
    assert answered(live_site, people, since) == ids(0, 1)


def test_two_learners_one_after_the_other_each_get_their_own(learning, people, live_site):
    page, since = learning(), now_of(live_site)
    page.context.set_offline(True)
    answer(page, 0)
    answer(page, 1)
    kept = waiting(page)
    readable = json.dumps([row["box"] for row in kept], ensure_ascii=False)
    assert not re.search("answered|occurred|" + "|".join(ids(0, 1)), readable)
    page.route(API, lambda route: route.abort())
    page.route("**/outbox/", lambda route: route.abort())
    page.context.set_offline(False)
    sign_out(page)
    told(page, "others", "2 รายการ")
    second = learning("learner", page)
    assert sorted(row["box"] for row in waiting(second)) == sorted(row["box"] for row in kept)
    assert not second.locator("[data-tell]:visible").count()  # the second one sees nothing of it
    second.unroute(API)
    second.unroute("**/outbox/")
    sent = []
    second.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    open_lesson(second)
    wait_until_sent(second)
    assert [url.partition(live_site.url)[2] for url in sent] == ["/outbox/"]  # sealed, and not in the second one's name
    assert answered(live_site, people, since) == ids(0, 1)
    assert answered(live_site, people, since, "learner") == []
    assert {event["recorder_id"] for event in events_of(live_site, people["newcomer"], since)} == {None}


def test_two_tabs_send_one_at_a_time_and_one_that_is_closed_leaves_its_turn(learning, people, live_site):
    page, since = learning(), now_of(live_site)
    other = open_lesson(page.context.new_page())
    at_once, most, sent = [], [], []

    def watch(route):
        at_once.append(1)
        most.append(len(at_once))
        sent.extend(event["id"] for event in json.loads(route.request.post_data)["events"])
        response = route.fetch()
        at_once.pop()
        route.fulfill(response=response)

    page.context.route(API, watch)
    page.context.set_offline(True)
    for place in (0, 1):
        answer(page, place)
    answer(other, 2)
    page.context.set_offline(False)
    wait_until_sent(page)
    assert max(most) == 1
    assert len(sent) == len(set(sent)) == 3

    page.context.unroute(API)
    page.context.set_offline(True)
    answer(other, 3)
    page.close()
    unanswered = []
    other.route(API, lambda route: unanswered.append(route))
    other.context.set_offline(False)
    while not unanswered:
        other.wait_for_timeout(50)
    context = other.context
    other.close()
    began = time.monotonic()
    wait_until_sent(open_lesson(context.new_page()))
    assert time.monotonic() - began < 15, "the closed one still had its turn"
    assert sorted(answered(live_site, people, since)) == sorted(ids(0, 1, 2, 3))


def test_a_clock_that_is_wrong_by_a_day_is_told_and_put_right(learning, people, live_site, open_page):
    page = open_page(PC, **ALONE)
    page.context.add_init_script(A_DAY_BEHIND)
    since, bodies = now_of(live_site), []
    learning(page=page)
    page.route(API, lambda route: (bodies.append(json.loads(route.request.post_data)), route.continue_()))
    page.context.set_offline(True)
    answer(page, 0)
    page.context.set_offline(False)
    wait_until_sent(page)
    [event] = bodies[-1]["events"]
    assert abs(event["clock_offset"] - 86_400) < 60
    [event] = [event for event in events_of(live_site, people["newcomer"], since) if event["verb"] == "answered"]
    put_right, claimed, since = (
        datetime.fromisoformat(each) for each in (event["occurred_at"], event["claimed_at"], since)
    )
    assert claimed < since <= put_right + timedelta(seconds=5)


A_DAY_BEHIND = """(() => {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...parts) { super(...(parts.length ? parts : [Real.now() - 86400e3])); }
    static now() { return Real.now() - 86400e3; }
  };
})()"""


def test_a_full_device_says_so_and_what_it_had_taken_stays(learning, people, live_site, open_page):
    page, since = open_page(PC, **ALONE), now_of(live_site)
    devtools = page.context.new_cdp_session(page)
    room = {"origin": live_site.url, "quotaSize": 20_000_000}
    devtools.send("Storage.overrideQuotaForOrigin", room)  # from the start: Chromium looks every half minute only
    learning(page=page)
    page.context.set_offline(True)
    answer(page, 0)
    assert page.evaluate(FILL) == "QuotaExceededError"
    kind, asked = ASKED[1]
    card = page.locator(f"#activity-{asked['id']}")
    fill_in(card, kind, asked)
    card.locator("button.btn").last.click()
    told(page, "full", "ไม่มีที่ว่าง")
    card.locator("[data-no-line]").wait_for()  # and nothing else is said to the answer
    page.context.set_offline(False)
    card.locator("button.btn").last.click()
    card.locator(".note[role=status]:not([data-no-line])").first.wait_for()  # sent directly
    page.evaluate("() => new Promise((done) => { indexedDB.deleteDatabase('filler').onsuccess = () => done() })")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": live_site.url})
    wait_until_sent(open_lesson(page))
    assert sorted(answered(live_site, people, since)) == sorted(ids(0, 1))


# Another database of the same site takes all the room there is, to the last bytes.
FILL = """async () => {
  const database = await new Promise((done) => {
    const request = indexedDB.open("filler");
    request.onupgradeneeded = () => request.result.createObjectStore("rows", { autoIncrement: true });
    request.onsuccess = () => done(request.result);
  });
  const put = (size) => new Promise((done) => {
    const transaction = database.transaction("rows", "readwrite", { durability: "strict" });
    transaction.objectStore("rows").add(crypto.getRandomValues(new Uint8Array(size)));
    transaction.oncomplete = () => done(null);
    transaction.onabort = () => done(transaction.error.name);
  });
  let problem = null;
  for (const size of [65536, 4096, 64]) while (!(problem = await put(size)));
  database.close();
  return problem;
}"""


def test_a_thousand_that_wait_are_sent_within_ten_seconds(learning, people, live_site):
    page, since = learning(), now_of(live_site)
    page.context.set_offline(True)
    lesson = page.get_attribute("article[data-lesson]", "data-lesson")
    facts = {"verb": "answered", "lesson": lesson, "activity": ids(1)[0], "answer": ASKED[1][1].get("answer", 0)}
    page.evaluate(MANY, [facts, 1000])
    assert len(waiting(page)) == 1000
    began = time.monotonic()
    page.context.set_offline(False)
    wait_until_sent(page)
    assert time.monotonic() - began < 10
    assert len(answered(live_site, people, since)) == 1000


MANY = """async ([facts, number]) => {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const { note } = await import(loaded.find((url) => url.includes("/outbox/index.")));
  for (let n = 0; n < number; n++) await note(facts);
}"""


def test_on_a_centres_plain_network_the_outbox_works_too(people, live_site, chromium):
    """An address that is neither https nor localhost: no service worker, no crypto.subtle, no locks."""
    host = f"http://sala.lan:{live_site.port}"
    flags = [*FLAGS, "--host-resolver-rules=MAP sala.lan 127.0.0.1"]
    with chromium.browser_type.launch(executable_path=CHROMIUM, args=flags) as browser:
        page = browser.new_context(viewport=PC, locale="th-TH", base_url=host).new_page()
        page.context.add_cookies([{"name": "sala_device", "value": people["device"], "url": host}])
        page.goto(f"/who/{people['newcomer']}/")
        for picture in ("fish", "lotus", "mango"):
            page.click(f"button[value={picture}]")
        page.wait_for_url(f"{host}/")
        since = now_of(live_site)
        open_lesson(page)
        assert page.evaluate("() => [isSecureContext, Boolean(crypto.subtle), Boolean(navigator.locks)]") == [False] * 3
        page.context.set_offline(True)
        answer(page, 0)
        answer(page, 1)
        page.context.set_offline(False)
        wait_until_sent(page)
    assert answered(live_site, people, since) == ids(0, 1)
