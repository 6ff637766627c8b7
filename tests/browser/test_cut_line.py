"""The line is cut at every step of a lesson on a learner's own phone, and each answer arrives once."""

import json
import re

import pytest

from tests.browser.answering import activities, course, fill_in
from tests.browser.cable import cable_to
from tests.browser.conftest import PHONE
from tests.browser.keeping import COURSE, IS_KEPT, LESSONS, until, worker_ready
from tests.browser.lines import wait_until_sent, waiting
from tests.chromium import CHROMIUM, FLAGS

LESSON = LESSONS[0]
TAUGHT = next(lesson for lesson in course("02-online-safety")[1] if lesson["slug"] == LESSON.split("/")[-2])
ASKED = activities(TAUGHT)
STEPS = ["open", *(step for place in range(len(ASKED)) for step in (("fill in", place), ("answer", place))), "finish"]

# A newcomer for each place where the line may be cut, and the invitation that makes this phone theirs.
INVITES = f"""
import json
from lms.accounts.models import User
from lms.centres.models import Centre, PhoneInvite
nok = User.objects.get(username="nok")
centre = Centre.objects.cared_for_by(nok).first()
newcomers = [User.objects.create_user(name=f"คนใหม่ {{n}}", age_band="60+") for n in range({len(STEPS) + 1})]
for newcomer in newcomers:
    centre.welcome(newcomer)
print(json.dumps([(str(each.pk), PhoneInvite.objects.make(each, nok)[1]) for each in newcomers]))
"""

RECORDED = """
import json
from courses.models import LearningEvent
rows = LearningEvent.objects.filter(lesson="{lesson}", learner__in={learners}).order_by("occurred_at", "id")
print(json.dumps(list(rows.values("id", "learner", "verb", "activity", "correct")), default=str))
"""

FAILS = "() => fetch('/healthz', { cache: 'no-store' }).then(() => false, () => true)"


class Phone:
    """A browser whose profile stays on the disk: it can be closed and opened again.

    DevTools cut the line for its pages, which see it (navigator.onLine). For the worker, which wakes while the browser
    starts and before DevTools reach it, the cable is cut.
    """

    def __init__(self, chromium, folder, cable):
        self.chromium, self.folder, self.cable = chromium, folder, cable
        self.open()

    def open(self, **options):
        self.context = self.chromium.browser_type.launch_persistent_context(
            self.folder,
            executable_path=CHROMIUM,
            args=FLAGS,
            viewport=PHONE,
            locale="th-TH",
            base_url=self.cable.url,
            **options,
        )
        self.context.set_default_timeout(30_000)
        self.page = self.context.pages[0]

    def cut(self):
        self.cable.cut()
        self.context.set_offline(True)  # Network.emulateNetworkConditions
        assert self.page.evaluate(FAILS)
        assert all(worker.evaluate(FAILS) for worker in self.context.service_workers)

    def close_and_open_without_a_line(self):
        self.context.close()
        self.open(offline=True)

    def mend(self):
        self.cable.mend()
        self.context.set_offline(False)


@pytest.fixture
def phone(chromium, live_site, tmp_path):
    with cable_to(live_site) as cable:
        phone = Phone(chromium, tmp_path / "phone", cable)
        yield phone
        phone.context.close()


@pytest.mark.slow
def test_the_line_is_cut_at_every_step_of_a_lesson_and_each_answer_arrives_once(phone, live_site):
    people = json.loads(live_site.shell(INVITES))
    for place, (_learner, text) in enumerate(people):
        begin(phone.page, text)
        learn(phone, STEPS[:place], STEPS[place:])
        phone.mend()
        wait_until_sent(phone.page)
        sign_out(phone.page)
    events = recorded(live_site, [learner for learner, _text in people])
    assert len({event["id"] for event in events}) == len(events)
    for learner, _text in people:
        assert_each_once([event for event in events if event["learner"] == learner])
    assert live_site.manage("rebuild_progress", "--check") == "0 rows differ\n"


def begin(page, text):
    """This phone becomes somebody's own, and keeps the lesson and the next."""
    page.goto(f"/phone/{text}/")
    page.click(".bar button.go")
    page.wait_for_url(re.compile(r":\d+/$"))
    worker_ready(page)
    page.goto(COURSE)
    page.click("[data-keeping] summary")
    for place, path in enumerate(LESSONS):
        page.locator("[data-rows] li").nth(place).locator("[data-keep]").click()
        until(page, IS_KEPT, f"/kept{path}")


def learn(phone, with_line, without):
    """Some steps with a line; then it is cut, the page is loaded anew, and all goes on to the end, and a day later."""
    for step in with_line:
        take(phone.page, step)
    phone.cut()
    phone.page.reload()
    if "open" in with_line and "finish" not in with_line:
        shows(phone.page, done(with_line))
    for step in without:
        take(phone.page, step)
    phone.close_and_open_without_a_line()
    take(phone.page, "open")
    assert phone.page.evaluate(FAILS)
    shows(phone.page, len(ASKED))
    unsent = done(without) + ("finish" in without)
    assert unsent <= len(waiting(phone.page)) <= unsent + 2  # besides, that it and the next one were begun


def take(page, step):
    if step == "open":
        return page.goto(LESSON)
    if step == "finish":
        page.click("form[data-finish] button")
        return page.wait_for_url(f"**{LESSONS[1]}")
    what, place = step
    kind, asked = ASKED[place]
    card = page.locator(f"#activity-{asked['id']}")
    fill_in(card, kind, asked)  # once more where the page was loaded anew before it was sent
    if what == "answer":
        card.locator("button.btn:not([data-move])").last.click()
        card.locator(".note[role=status], p[role=status]").first.wait_for()
    return None


def done(steps):
    return sum(step[0] == "answer" for step in steps)


def shows(page, number):
    """Wait until the page shows that so many were answered."""
    settled = "(n) => document.querySelectorAll('[data-activity]:not([data-open])').length === n"
    until(page, settled, number)


def sign_out(page):
    page.goto("/")
    page.click("header form[data-sign-out] button")
    page.wait_for_url(re.compile("/who/"))


def recorded(site, learners):
    return json.loads(site.shell(RECORDED.format(lesson=TAUGHT["key"], learners=learners)))


def assert_each_once(events):
    answers = {event["activity"]: event["correct"] for event in events if event["verb"] == "answered"}
    verbs = [event["verb"] for event in events]
    assert answers == {asked["id"]: None if kind == "task" else True for kind, asked in ASKED}
    assert verbs.count("answered") == len(ASKED)
    assert verbs.count("finished") == 1
    assert verbs.index("started") == 0
