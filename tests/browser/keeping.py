"""A learner's own phone in a browser, and what its browser keeps."""

import re
import time

INVITE = """
from lms.accounts.models import User
from lms.centres.models import Centre, Learner, PhoneInvite
nok = User.objects.get(username="nok")
somsri = Learner.objects.at(Centre.objects.cared_for_by(nok).first()).get(name="ป้าสมศรี")
print(PhoneInvite.objects.make(somsri, nok)[1])
"""
DUMP = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const text = await (await cache.match(request, { ignoreVary: true })).text();
      found[`${name} ${decodeURIComponent(new URL(request.url).pathname)}`] = text;
    }
  }
  return found;
}"""
IS_KEPT = "async (path) => Boolean(await caches.match(path, { ignoreVary: true, cacheName: 'sala-kept-pages' }))"
COURSE = "/courses/online-safety/"
LESSONS = f"{COURSE}scams-we-meet/", f"{COURSE}otp-and-our-accounts/"
BEGUN = "/courses/community-enterprise/"


def link_phone(page, site):
    """This browser becomes ป้าสมศรี's own phone, as by the caretaker's QR."""
    page.goto(f"/phone/{site.shell(INVITE).strip()}/")
    page.click(".bar button.go")
    page.wait_for_url(re.compile(r":\d+/$"))
    worker_ready(page)


def worker_ready(page):
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.reload()  # one that was on its way while the worker began is not the worker's yet
    until(page, "() => navigator.serviceWorker.controller !== null")


def kept(page):
    """{cache and path: text} of all that this browser keeps."""
    return page.evaluate(DUMP)


def paths(page, cache="sala-kept-pages"):
    return {key.split(" ", 1)[1] for key in kept(page) if key.startswith(f"{cache} ")}


def wait_until_kept(page, path):
    until(page, IS_KEPT, path)


def wait_until_gone(page):
    until(page, "async () => !(await caches.keys()).some((name) => name.startsWith('sala-kept'))")


def keep_whole_course(page, course=COURSE):
    page.goto(course)
    page.click("[data-all] [data-keep]")
    page.locator("[data-all] [data-here]").wait_for()


def until(page, script, argument=None, seconds=60):
    """Wait until the page says that it is so. (Playwright's own waiting evaluates text, which our policy forbids.)"""
    end = time.monotonic() + seconds
    while not page.evaluate(script, argument):
        assert time.monotonic() < end, script
        page.wait_for_timeout(100)
