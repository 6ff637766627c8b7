"""All that a level's page shows, read once: for the screen, its print and its PDF."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from courses import periods
from courses.definitions import DEFINITIONS
from courses.models import Oddity
from courses.statistics import Scope
from lms.network.ministry import ages, alike, biography, charts, dropoff, funnel, late, lesson, levels, tiles
from lms.network.ministry.asking import FILTERS
from lms.network.ministry.chosen import chosen
from lms.network.ministry.levels import BY_PROVINCE
from lms.network.ministry.reach import reach
from lms.network.ministry.table import Table

SILENT_SHOWN = 100


def screen(asked, scope, user, is_officer):
    """Raises BadFilter. The number of queries does not depend on how many centres or months there are."""
    report = asked.report(scope)
    table = Table(report, asked)
    steps = levels.path_to(scope, asked.kind, asked.code)
    here = next((step.code for step in steps if step.kind == "province"), "")
    shown = {
        "asked": asked,
        "scope": scope,
        "chosen": chosen(scope),
        "definitions": DEFINITIONS,
        "report": report,
        "table": table,
        "page": table.page,
        "path": [(step.label, asked.at(step.kind, step.code)) for step in steps],
        "here": steps[-1],
        "map_size": tiles.size(),
        "reach": reach(scope.places.values()),
        "silent": [(place, asked.at("centre", place.code)) for place in report.silent[:SILENT_SHOWN]],
        "more_silent": len(report.silent) - SILENT_SHOWN,
    }
    if is_officer:
        shown["questions"] = _questions(scope, user, steps)
    if asked.kind == "centre":
        shown["biography"] = biography.told(scope)
    if scope.lesson:
        return shown | lesson.screen(scope, asked, here)
    shown |= _of_people(asked, scope, user, report, here) | _by_province(asked, scope, is_officer, steps)
    report.made_at = scope.true_at  # of the chart too
    return shown


def _of_people(asked, scope, user, report, here):
    changed = late.changed_months(scope)
    of_map = scope if asked.kind in BY_PROVINCE else _of_its_province(asked, user, here)
    return {
        "funnel": funnel.stages(report.total),
        "chart": charts.monthly(scope.people_by_month(charts.LONGEST), changed),
        "changed": late.in_words(changed),
        "tiles": tiles.tiles(of_map, asked, here, of_map.learned_by_province()),
        "alike": alike.alike(user, scope, report) if asked.kind == "centre" else None,
    }


def _questions(scope, user, steps):
    """How many questions about the figures of these centres wait for an answer, and where they are."""
    waiting = scope.of_its_centres(Oddity.objects.visible_to(user).waiting()).count()
    near = [step for step in steps if step.kind in ("region", "province", "centre")][-1:]
    query = urlencode({"state": "waiting"} | {step.kind: step.code for step in near})
    return waiting, f"{reverse('ministry:oddities')}?{query}"


def _of_its_province(asked, user, code):
    """Of a district or a centre the map shows what its province has: one centre's rate is not the province's."""
    filters = {own: asked.given[public] for public, own in FILTERS.items() if public != "lesson"}
    return Scope(user, province=code, **filters)


def _by_province(asked, scope, is_officer, steps):
    """What is counted by province: of a district or centre the page of its province is named instead.

    Of a kind of host, or of some centres, nothing is known; ages are told of all courses together.
    """
    above = next((step for step in steps if step.kind == "province"), None)
    found = {
        "is_counted": is_officer and asked.kind in BY_PROVINCE and not scope.host_kind,
        "province": None,
        "dropoff": None,
        "ages": None,
        "ages_there": None,
    }
    if is_officer and above and asked.kind not in BY_PROVINCE:
        found["province"] = above.label, asked.at("province", above.code, host_kind="")
        found["ages_there"] = above.label, asked.at("province", above.code, host_kind="", course="")
    if found["is_counted"] and scope.course:
        found["dropoff"] = dropoff.dropoff(scope, asked)
        found["ages_there"] = _("All courses"), asked.of_all_courses
    elif found["is_counted"]:
        found["ages"] = ages.ages(scope, asked.kind, asked.code)
        found["ages_year"] = periods.fiscal_year_label(ages.told_year(scope.last))
    return found
