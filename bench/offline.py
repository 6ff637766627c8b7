"""What a lesson costs on a learner's own phone: its scripts, and opening it without a line."""

import gzip
import re
import statistics

from playwright.sync_api import sync_playwright

from bench.figures import Figure
from tests.browser.keeping import IS_KEPT, until, worker_ready
from tests.chromium import launch

SLOWER = 4  # a cheap phone beside the machine that measures
ROUNDS = 5
INVITE = """
from lms.centres.models import Learner, PhoneInvite
print(PhoneInvite.objects.make(Learner.objects.get(pk="{learner}"), None)[1])
"""
HAS_LOOKED = "() => JSON.parse(localStorage.getItem('sala:kept') ?? '{}').at > 0"
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"


def of_offline(site, seed):
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=site.url)
            yield from _of_phone(context, site, seed)
        finally:
            browser.close()


def _of_phone(context, site, seed):
    lesson = f"/courses/{seed['course']}/{seed['lesson']}/"
    page = context.new_page()
    page.goto(f"/phone/{site.shell(INVITE.format(learner=seed['learners'][0])).strip()}/")
    page.click(".bar button.go")
    page.wait_for_url(re.compile(r":\d+/$"))
    until(page, IS_KEPT, f"/kept{lesson}")
    until(page, HAS_LOOKED)
    worker_ready(page)
    yield Figure("script of a lesson page, gzipped", _script_kb(page, lesson), "kB", 25)
    context.set_offline(True)
    yield Figure("lesson opened without a line, CPU / 4", _seconds_to_open(context, lesson), "s", 1)


def _script_kb(page, lesson):
    """All modules that the page loads, those that others import among them, in kB (1000 bytes)."""
    scripts = {}

    def note(response):
        if response.request.resource_type == "script":
            scripts[response.url] = response

    page.on("response", note)
    page.goto(lesson, wait_until="networkidle")
    return sum(len(gzip.compress(response.body())) for response in scripts.values()) / 1000


def _seconds_to_open(context, lesson):
    """From the tap to the end of loading, scripts run: the median. The worker beside the page is not slowed."""
    taken = []
    for _ in range(ROUNDS):
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(lesson, wait_until="load")
        until(page, f"() => {LOADED} > 0")
        assert page.locator("body[data-copy]").count() == 1, "this page came over the line"
        taken.append(page.evaluate(LOADED) / 1000)
        page.close()
    return statistics.median(taken)
