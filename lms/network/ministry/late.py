"""Past months that changed after they were over, because learning came in late."""

from django.db.models import Max, Sum

from courses import periods
from courses.models import LateCount


def in_words(changed):
    """(label of the month, how many, when) of what `changed_months` gives, in their order."""
    return [(periods.month_label(*set(periods.read(code))), *told) for code, told in sorted(changed.items())]


def changed_months(scope):
    """{"2026-10": (how many events came late, when the last of them did)} for the places and months of a scope."""
    found = scope.of_the_scope(LateCount.objects.all())
    rows = found.order_by().values("month").annotate(late=Sum("events"), at=Max("last_at"))
    return {periods.code(row["month"]): (row["late"], row["at"]) for row in rows if row["late"]}
