"""Making a certificate, its size, and checking one in a browser that has no line."""

import json

from playwright.sync_api import sync_playwright

from bench.figures import Figure
from tests.chromium import launch

# Through the same functions as the page, with the start of the process that sets it.
MAKE = """
import json, statistics, time
from courses.certificates import certificate_of, pdf_of
from courses.models import CertificateSheet, Enrolment
given = certificate_of(Enrolment.objects.completed().order_by("completed_at").first())
taken = []
for _ in range(5):
    CertificateSheet.objects.all().delete()
    start = time.perf_counter()
    pdf = pdf_of(given, "https://sala.example.go.th")
    taken.append(time.perf_counter() - start)
print(json.dumps({"seconds": statistics.median(taken), "bytes": len(pdf), "statement": given.statement}))
"""
CHECK = """async (text) => {
  const form = document.querySelector("#ask"), result = document.querySelector("#result");
  const taken = [];
  for (let n = 0; n < 11; n += 1) {
    result.replaceChildren();
    form.elements.q.value = text;
    const start = performance.now();
    const told = new Promise((tell) => new MutationObserver((_, seen) => { seen.disconnect(); tell(); })
      .observe(result, { childList: true }));
    form.requestSubmit();
    await told;
    taken.push(performance.now() - start);
    if (!result.querySelector("[data-state=unconfirmed]")) throw new Error(result.textContent);
    await new Promise((go) => setTimeout(go, 50));
  }
  return taken.sort((a, b) => a - b)[5];
}"""


def of_certificates(site, seed):
    made = json.loads(site.shell(MAKE))
    yield Figure("certificate, made and kept", made["seconds"], "s", 0.3)
    yield Figure("certificate, size", made["bytes"] / 1000, "kB", 60)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_context(base_url=site.url).new_page()
        page.goto("/check/")
        page.context.set_offline(True)
        yield Figure("certificate checked without a line", page.evaluate(CHECK, made["statement"]), "ms", 100)
        browser.close()
