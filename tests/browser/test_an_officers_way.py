"""An officer goes from the nation to a silent centre, and what they download adds up to the screen at each level."""

import csv
import re

from tests.browser.conftest import PC

# A centre of which nothing was ever heard: as if its people had not come yet.
SILENT = """
from courses.models import CourseCount, LastHeard, PeopleCount
from lms.centres.models import Centre
centre = Centre.objects.order_by("code").first()
for counts in (LastHeard, CourseCount, PeopleCount):
    counts.objects.filter(centre=centre).delete()
place = centre.subdistrict
print("/".join([place.district.province.provinceregion_set.get(region_set__is_current=True).region.code,
    place.district.province_id, place.district_id, centre.code]))
"""
UNKNOWN = "–"


def figures(page):
    """{label: first figure} of the table on the screen, and its total."""
    rows = {}
    for row in page.locator("section:has(> h2#report) tbody tr").all():
        rows[row.locator("th").inner_text()] = row.locator("td").first.inner_text()
    return rows, page.locator("section:has(> h2#report) tfoot td").first.inner_text()


def whole(text):
    return 0 if text == UNKNOWN else int(text.replace(",", ""))


def downloaded(page):
    with page.expect_download() as download:
        page.click("a[href*='format=csv']")
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_from_the_nation_to_a_silent_centre(open_page, live_site, sign_in_staff):
    way = live_site.shell(SILENT).strip().splitlines()[-1].split("/")
    page = open_page(PC)
    sign_in_staff(page, "wipha")
    expected = None
    for level, code in zip(("region", "province", "district", "centre"), way, strict=True):
        rows, total = figures(page)
        assert sum(map(whole, rows.values())) == whole(total)
        assert expected in (None, total), "the row is the total of the page it leads to"
        sheet = {row["label"]: row["people_joined"] or UNKNOWN for row in downloaded(page)}
        assert sheet == {label: number.replace(",", "") for label, number in rows.items()}
        down = page.locator(f"section:has(> h2#report) a[href*='/ministry/{level}/{code}/']")
        if not down.count():
            page.click(f"nav a[href*='by={level}']")
        expected = figures(page)[0][down.inner_text()]
        down.click()
        page.wait_for_url(re.compile(f"/ministry/{level}/{code}/"))
    assert expected == UNKNOWN
    assert [page.locator("dl.figures dd.big").nth(place).inner_text().split()[0] for place in range(3)] == [UNKNOWN] * 3
    assert page.locator(".funnel dd.num").all_inner_texts() == [UNKNOWN] * 5
    assert page.locator("section:has(> h2#silent) .chip").count() == 1
    assert "ไม่ทราบ" in page.locator("section:has(> h2#monthly)").inner_text()
