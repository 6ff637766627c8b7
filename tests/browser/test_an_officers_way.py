"""An officer goes from the nation to a silent centre, and what they download adds up to the screen."""

import csv
import re

from tests.browser.conftest import PC

# A province with one centre that was never heard from.
SILENT = """
from courses.models import LastHeard
from lms.centres.models import Centre
LastHeard.objects.filter(centre=Centre.objects.order_by("code").first()).delete()
print(Centre.objects.order_by("code").first().code)
"""


def figures(page):
    """{label: first figure} of the table on the screen, and its total."""
    rows = {}
    for row in page.locator("section:has(> h2#report) tbody tr").all():
        rows[row.locator("th").inner_text()] = whole(row.locator("td").first.inner_text())
    return rows, whole(page.locator("section:has(> h2#report) tfoot td").first.inner_text())


def whole(text):
    return int(text.replace(",", ""))


def test_from_the_nation_to_a_silent_centre(open_page, live_site, sign_in_staff):
    code = live_site.shell(SILENT).strip().splitlines()[-1]
    page = open_page(PC)
    sign_in_staff(page, "wipha")
    rows, total = figures(page)
    assert total > 0
    assert sum(rows.values()) == total

    with page.expect_download() as download:
        page.click("a[href*='format=csv']")
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        sheet = list(csv.DictReader(file))
    assert {row["label"]: int(row["people_joined"]) for row in sheet} == rows

    for level in ("region", "province", "district", "centre"):
        way = page.locator(f"section:has(> h2#report) a[href*='/ministry/{level}/']")
        if not way.count():
            page.click(f"nav a[href*='by={level}']")
        label = way.first.inner_text()
        expected = figures(page)[0][label]
        way.first.click()
        page.wait_for_url(re.compile(f"/ministry/{level}/"))
        if level != "centre":
            assert figures(page)[1] == expected, "the row is the total of the page it leads to"

    page.goto("/ministry/")
    page.click("section:has(> h2#silent) summary")
    page.click(f"section:has(> h2#silent) a[href*='/ministry/centre/{code}/']")
    assert page.locator("section:has(> h2#silent) .chip").count() == 1
    assert page.locator("h1").inner_text()
