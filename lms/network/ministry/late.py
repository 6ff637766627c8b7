"""Past months that changed after they were over, because learning came in late."""

from typing import NamedTuple

from django.db.models import Max, Sum, Value

from courses import periods
from courses.models import LateCount, MovedAway


class Changed(NamedTuple):
    """What happened to a month after it was over."""

    late: int = 0  # events that came in
    last_at: object = None  # when the last of them did
    moved_at: object = None  # when people of it were last found to have begun or finished in an earlier month


def in_words(changed):
    """(label of the month, what changed it) of what `changed_months` gives, in their order."""
    return [(periods.month_label(*set(periods.read(code))), told) for code, told in sorted(changed.items())]


def changed_months(scope):
    """{"2026-10": Changed} for the places and months of a scope."""
    late, moved = (scope.of_the_scope(model.objects.order_by()).values("month") for model in (LateCount, MovedAway))
    late = late.annotate(number=Sum("events"), at=Max("last_at"), is_moved=Value(False))
    moved = moved.annotate(number=Value(0), at=Max("at"), is_moved=Value(True))
    found = {}
    for row in late.union(moved, all=True):
        if row["number"] or row["is_moved"]:
            more = {"moved_at": row["at"]} if row["is_moved"] else {"late": row["number"], "last_at": row["at"]}
            found[row["month"]] = found.get(row["month"], Changed())._replace(**more)
    return {periods.code(month): told for month, told in found.items()}
