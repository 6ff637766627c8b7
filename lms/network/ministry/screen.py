"""All that a level's page shows, read once: for the screen, its print and its PDF."""

from courses import periods
from courses.definitions import DEFINITIONS
from lms.network.ministry import alike, charts, dropoff, funnel, late, levels, tiles
from lms.network.ministry.reach import reach
from lms.network.ministry.table import Table

SILENT_SHOWN = 100


def screen(asked, scope, user, is_officer):
    """Raises BadFilter. The number of queries does not depend on how many centres or months there are."""
    report = scope.report(asked.by).sorted(asked.given["sort"])
    table = Table(report, asked)
    steps = levels.path_to(scope, asked.kind, asked.code)
    changed = late.changed_months(scope)
    here = next((step.code for step in steps if step.kind == "province"), "")
    return {
        "asked": asked,
        "scope": scope,
        "definitions": DEFINITIONS,
        "report": report,
        "table": table,
        "page": table.page,
        "path": [(step.label, asked.at(step.kind, step.code)) for step in steps],
        "here": steps[-1],
        "funnel": funnel.stages(report.total, scope.course),
        "chart": charts.monthly(scope.people_by_month(charts.LONGEST), changed),
        "changed": [(periods.month_label(*set(periods.read(code))), *told) for code, told in sorted(changed.items())],
        "tiles": tiles.tiles(scope, asked, here),
        "map_size": tiles.size(),
        "reach": reach(scope.places.values()),
        "silent": [(place, asked.at("centre", place.code)) for place in report.silent[:SILENT_SHOWN]],
        "more_silent": len(report.silent) - SILENT_SHOWN,
        "alike": alike.alike(user, scope, report) if asked.kind == "centre" else None,
        **_dropoff(asked, scope, is_officer),
    }


def _dropoff(asked, scope, is_officer):
    """Lessons are counted by province: of a district, a centre, a kind of host or some centres nothing is known."""
    is_counted = is_officer and asked.kind in ("nation", "region", "province") and not scope.host_kind
    if not (scope.course and is_counted):
        return {"lessons_are_counted": is_counted, "dropoff": None}
    provinces = [
        code
        for code, region in scope.region_of.items()
        if scope.region in ("", region) and scope.province in ("", code)
    ]
    return {"lessons_are_counted": True, "dropoff": dropoff.dropoff(scope, provinces)}
