"""What a cold page weighs: counted by the browser itself."""

from playwright.sync_api import sync_playwright

from tests.chromium import launch


def cold_page_kb(site, seed):
    """Bytes received for a signed-in learner's lesson page with an empty cache, in kB (1000 bytes)."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        try:
            return _weigh(browser, site, seed)
        finally:
            browser.close()


def _weigh(browser, site, seed):
    cookie = {"name": "sala_device", "value": seed["device"], "url": site.url}
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_cookies([cookie])
    page = context.new_page()
    page.goto(f"{site.url}/who/{seed['learners'][0]}/")
    for picture in ("fish", "lotus", "mango"):
        page.locator(f'button[value="{picture}"]').click()
    page.wait_for_url(f"{site.url}/")
    signed_in = context.cookies()
    context.close()
    return _bytes_of(browser, signed_in, f"{site.url}/courses/{seed['course']}/{seed['lesson']}/") / 1000


def _bytes_of(browser, cookies, url):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.add_cookies(cookies)
    page = context.new_page()
    line = context.new_cdp_session(page)
    received = []
    line.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    line.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    context.close()
    return sum(received)
