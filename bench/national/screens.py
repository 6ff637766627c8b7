"""The ministry's screens as an officer's browser asks for them: each level, and many ways to look at the nation."""

import json
import statistics
import time

from bench.client import Browser
from bench.figures import Figure

# The demo's officer, signed in with both factors, and a place of each kind that has many centres.
OFFICER = """
import json
from django.test import Client
from courses.models import CoursePage, PeopleCount
from lms.accounts.models import SecondFactor, User
from lms.accounts.second_factor import MARK
from lms.centres.models import Centre, ProvinceRegion
officer = User.objects.filter(ministry_posts__isnull=False).first()
client = Client()
client.force_login(officer)
session = client.session
session[MARK] = str(SecondFactor.objects.get(user=officer).pk)
session.save()
centre = Centre.objects.filter(code__startswith="SAMPLE-").order_by("code")[7]
province, district = centre.subdistrict_id[:2], centre.subdistrict_id[:4]
region = ProvinceRegion.objects.get(region_set__is_current=True, province=province).region.code
course = CoursePage.objects.order_by("path").first().key
print(json.dumps({
    "session": session.session_key, "centre": centre.code, "province": province, "district": district,
    "region": region, "course": str(course),
}))
"""
TIMES, TIMES_COLD = 12, 3
SHEET = "/ministry/?by=centre&per=month&from=FY2569&to=FY2569&format=csv"


def screens_of(site):
    """{name: path} of the screens, and an officer's browser."""
    told = json.loads(site.shell(OFFICER))
    places = {kind: f"/ministry/{kind}/{told[kind]}/" for kind in ("region", "province", "district", "centre")}
    paths = {
        "nation": "/ministry/",
        **places,
        "nation, one course": f"/ministry/?course={told['course']}",
        "nation, by centre": "/ministry/?by=centre",
        "nation, by month, one year": "/ministry/?by=month&from=FY2569&to=FY2569",
        "nation, a hundred years": "/ministry/?from=1990-01&to=2090-01",
    }
    return paths, Browser(site.port, sessionid=told["session"])


def of_screens(site, restart, size):
    """p95 over all screens: cold is the first look after everything was started anew, warm all others."""
    cold, warm, slowest = [], [], (0, "")
    restart()
    paths, browser = screens_of(site)
    for path in [*paths.values()] * TIMES_COLD:
        restart()
        browser.line.close()
        cold.append(_ms(browser, path))
    for name, path in paths.items():
        taken = [_ms(browser, path) for _time in range(TIMES)]
        warm += taken
        slowest = max(slowest, (statistics.median(taken), name))
    yield Figure(f"ministry screens, {size}, cold, p95", _p95(cold), "ms", 300)
    yield Figure(f"ministry screens, {size}, warm, p95", _p95(warm), "ms", 150)
    yield Figure(f"slowest screen, {size}: {slowest[1]}", slowest[0], "ms", None)
    sheet = statistics.median(_ms(browser, SHEET) for _time in range(3)) / 1000
    yield Figure(f"CSV of all centres x 12 months, {size}", sheet, "s", 2)


def _ms(browser, path):
    start = time.perf_counter()
    browser.get(path)
    return (time.perf_counter() - start) * 1000


def _p95(values):
    """Never more than the slowest: of few values the other way to reckon leads beyond them."""
    return statistics.quantiles(values, n=20, method="inclusive")[18]
