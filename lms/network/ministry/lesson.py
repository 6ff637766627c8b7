"""What a level's page shows of one lesson. What has no meaning by lesson (joining, certificates, ages) is left out."""

from courses import lesson_report, periods
from lms.network.ministry import charts, dropoff, late, tiles


def screen(scope, asked, here):
    """The key figures are in the report; here its latest months, the map and the question that is missed most."""
    counted = {province: numbers for province, *numbers in lesson_report.counted(scope, "province")}
    pages = [page for page in dropoff.pages_of(scope) if page.key == scope.lesson]
    return {
        "lesson": scope.lessons[scope.lesson],
        "lesson_months": _months(scope),
        "changed": late.in_words(late.changed_months(scope)),
        "tiles": tiles.tiles(scope, asked, here, counted),
        "missed": dropoff.most_missed(scope, pages),
    }


def _months(scope):
    """(label, reached, finished, how long their bars are) of the latest months; nothing where nobody was there."""
    counted = {month: numbers for month, *numbers in lesson_report.counted(scope, "month")}
    months = scope.months[-charts.LONGEST :]
    most = max((max(counted[month]) for month in months if month in counted), default=0)
    if not most:
        return []
    rows = [(month, *counted.get(month, (0, 0))) for month in months]
    return [
        (periods.month_label(month), reached, finished, round(100 * reached / most), round(100 * finished / most))
        for month, reached, finished in rows
    ]
