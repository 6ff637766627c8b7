"""Like beside like: a centre beside those with the same kind of host, about as many PCs and the same line."""

from dataclasses import dataclass
from statistics import median

from django.utils.translation import gettext as _

from courses import people
from courses.definitions import DEFINITIONS
from courses.groupings import was_heard
from lms.centres.models import Centre

BANDS = ((1, 5), (6, 10), (11, 15), (16, 500))  # PCs
FEWEST = 5  # of fewer a middle says little
SHOWN = ("people_joined", "people_active", "people_finishers")


@dataclass
class Alike:
    about: list  # what they have in common, in words
    number: int  # how many of them were heard from: the others' figures are missing and not nothing
    silent: int
    figures: list  # of (name, this centre's number, the middle of theirs or None)

    @property
    def told(self):
        return [(DEFINITIONS[name].title, here, middle) for name, here, middle in self.figures]


def alike(user, scope, report):
    """The scope's one centre beside its like among those that this person may see. Two queries."""
    (pk,) = scope.places or (None,)
    centre = Centre.objects.filter(pk=pk).first()
    if centre is None or not centre.line or not centre.seats:
        return None
    low, high = next(band for band in BANDS if centre.seats <= band[1])
    like = (
        Centre.objects.order_by()
        .visible_to(user)
        .filter(status=Centre.Status.OPEN, host_kind=centre.host_kind, line=centre.line, seats__range=(low, high))
    )
    known = dict(like.exclude(pk=pk).values_list("pk", "last_heard__at"))
    heard = [other for other, at in known.items() if was_heard(at, scope.since)]
    rows = people.by_centre(heard, scope.first, scope.last, scope.course) if len(heard) >= FEWEST else {}
    figures = []
    for name in SHOWN:
        numbers = [getattr(rows.get(other), name.removeprefix("people_"), 0) for other in heard]
        figures.append((name, getattr(report.total, name), median(numbers) if rows else None))
    size = _("%(low)s to %(high)s PCs") % {"low": low, "high": high}
    about = [centre.get_host_kind_display(), size, centre.get_line_display()]
    return Alike(about, len(heard), len(known) - len(heard), figures)
