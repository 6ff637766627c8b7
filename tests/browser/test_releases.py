"""A new version of the site replaces the old one, traps nobody on stale pages and touches no outbox."""

import json
import os
import shutil

from tests.browser.keeping import BEGUN, LESSONS, link_phone, paths, until, wait_until_kept
from tests.browser.lines import wait_until_sent, waiting
from tests.live import ROOT

NOTE = """(value) => new Promise((resolve, reject) => {
  const request = indexedDB.open("sala");
  request.onupgradeneeded = () => request.result.createObjectStore("state", { keyPath: "name" });
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const store = request.result.transaction("state", value ? "readwrite" : "readonly").objectStore("state");
    const asked = value ? store.put({ name: "proof", value }) : store.get("proof");
    asked.onsuccess = () => resolve(asked.result?.value ?? null);
    asked.onerror = () => reject(asked.error);
  };
})"""

ALL_NAME_IT = """async (digest) => {
  const cache = await caches.open("sala-kept-pages");
  const pages = await Promise.all((await cache.keys()).map((key) => cache.match(key, { ignoreVary: true })));
  const texts = await Promise.all(pages.map((page) => page?.text() ?? ""));
  return texts.length > 0 && texts.every((text) => text.includes(digest));
}"""

SHELLS = "async (n) => (await caches.keys()).filter((name) => name.startsWith('sala-shell')).length === n"
SETTLED = """async () => {
  const { installing, waiting, active } = await navigator.serviceWorker.getRegistration();
  return !installing && !waiting && active?.state === "activated";
}"""
RECORDED = """
import json
from courses.models import LearningEvent
rows = LearningEvent.objects.filter(id__in={ids}, learner__name="ป้าสมศรี")
print(json.dumps([[str(row.id), row.verb] for row in rows.order_by("verb")]))
"""


def test_a_new_version_replaces_the_old_one_and_touches_no_outbox(open_page, live_site, tmp_path):
    page = open_page()
    link_phone(page, live_site)
    wait_until_kept(page, f"/kept{BEGUN}")
    page.evaluate(NOTE, "what waits")
    [first], old_style = shells(page), style_of(page)
    sealed = answer_without_a_line(page, live_site)
    live_site.environment |= {"SALA_TEST_SENT": str(tmp_path / "sent"), "SALA_TEST_BUSY": "1"}
    release(live_site, tmp_path / "second", "0123456789ab")
    page.context.set_offline(False)
    assert page.evaluate("(url) => fetch(url).then(({ status }) => status)", old_style) == 200, "an open page lost it"
    come_until(page, SHELLS, 2)
    wait_until_settled(page)
    page.goto("/")
    assert "0123456789ab" in style_of(page)
    assert shells(page)[0] == first, "pages of the old version may still be open"
    wait_until_new(page, "0123456789ab")
    release(live_site, tmp_path / "third", "ba9876543210")
    come_until(page, "async (first) => !(await caches.keys()).includes(first)", first)
    wait_until_settled(page)
    assert len(shells(page)) == 2
    wait_until_new(page, "ba9876543210")
    assert waiting(page) == sealed
    is_sent_and_recorded_once(page, live_site, sealed, tmp_path / "sent")
    live_site.kill()
    page.goto(BEGUN)
    assert "ba9876543210" in style_of(page)
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--new').trim()") == "ba9876543210"
    assert page.evaluate(NOTE, None) == "what waits"


def answer_without_a_line(page, site):
    """What waits then, sealed: that the lesson was begun, as it may be, and an answer."""
    page.goto(LESSONS[0])
    wait_until_sent(page)
    page.context.set_offline(True)
    site.stop()  # the line of the worker too
    card = page.locator("[data-activity]:has(input[type=radio])").first
    card.locator("input[type=radio]").first.check()
    card.locator("button.btn").last.click()
    card.locator("[role=status]").first.wait_for()
    until(page, "() => !document.querySelector('[data-tell=waiting]').hidden")
    sealed = waiting(page)
    assert sealed and all(row["box"] and "answered" not in row["box"] for row in sealed)
    return sealed


def is_sent_and_recorded_once(page, site, sealed, log):
    """As soon as the site, which was too busy for it until now, takes it."""
    ids = [row["id"] for row in sealed]
    assert json.loads(site.shell(RECORDED.format(ids=ids))) == []
    site.stop()
    del site.environment["SALA_TEST_BUSY"]
    site.start()
    page.goto("/")
    wait_until_sent(page)
    [sent] = log.read_text().splitlines()
    assert sorted(json.loads(sent)) == sorted(ids)
    recorded = json.loads(site.shell(RECORDED.format(ids=ids)))
    assert sorted(key for key, _verb in recorded) == sorted(ids)
    assert [verb for _key, verb in recorded].count("answered") == 1


def release(site, folder, digest):
    """The same site with one style that has changed, and the old one gone."""
    site.stop()
    shutil.copytree(ROOT / "static", folder, copy_function=os.link)
    manifest = folder / "staticfiles.json"
    names = json.loads(manifest.read_text())
    old = names["paths"]["css/sala.css"]
    names["paths"]["css/sala.css"] = f"css/sala.{digest}.css"
    (folder / f"css/sala.{digest}.css").write_text((folder / old).read_text() + f"body {{ --new: {digest} }}")
    for path in folder.glob(f"{old}*"):
        path.unlink()
    manifest.unlink()
    manifest.write_text(json.dumps(names))
    site.environment |= {"DJANGO_SETTINGS_MODULE": "tests.browser.released", "SALA_TEST_STATIC": str(folder)}
    site.start()


def come_until(page, script, argument):
    """People open one page after another. The first need not find a release: see wait_until_settled."""
    for _ in range(4):
        page.goto("/")
        try:
            return until(page, script, argument, seconds=20)
        except AssertionError:
            pass
    raise AssertionError(script)


def wait_until_settled(page):
    """The new worker is at work, and none is on its way.

    At the very moment when one takes over from the other Chromium may end the old one with the page's request in it,
    which then hangs until it is asked for again, and may forget to look for a newer one. Its trace of workers says so:
    a fetch event goes out, and in the same millisecond the wish to end, which came before, is granted.
    """
    until(page, SETTLED)


def shells(page):
    return page.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('sala-shell')))")


def wait_until_new(page, digest):
    """The kept pages have come anew, one after the other, and name the new style."""
    until(page, ALL_NAME_IT, digest)
    assert f"/kept{BEGUN}" in paths(page)


def style_of(page):
    return page.get_attribute("link[rel=stylesheet][href*='css/sala.']", "href")
