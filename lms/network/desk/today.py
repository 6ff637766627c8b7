"""วันนี้: who needs help and why, which tasks wait, who sits where, and what is left to do."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses import needs
from courses.needs import HERE, Need
from lms.centres.audit import note_listed
from lms.centres.outbox import sealed_for
from lms.centres.seats import Seat, seats_at
from lms.network.desk.access import chosen_centre, desk
from lms.network.desk.day import day_at

SHOWN = 6  # of each reason, and of the tasks


@require_safe
@desk
def today(request):
    """The page refreshes itself: eight queries, whoever is here."""
    centre = chosen_centre(request)
    note_listed(request.user, centre, "today")
    seats = seats_at([centre])
    found = needs.told(needs.today(request.user, centre, seats, SHOWN + 1), seats)
    context = {
        "section": "desk",
        "tab": "today",
        "now": timezone.now(),
        "centre": centre,
        "centres": request.centres,
        "seats": taken(seats, found),
        "free": sum(not seat.learner for seat in seats),
        "day": day_at(request.user, centre),
    }
    context |= sealed_for(request)  # what waits of a group that they led without a line is sent from here
    return render(request, "desk/today.html", context | lists(found))


def lists(found):
    """Who needs help, and the tasks; `more_...` says that there are others than those shown."""
    tasks = [need for need in found if need.why == "unchecked"]
    wanted = {why: [need for need in found if need.why == why] for why in ("stuck", "waiting", "away")}
    return {
        "needs": [need for each in wanted.values() for need in each[:SHOWN]],
        "more_needs": any(len(each) > SHOWN for each in wanted.values()),
        "tasks": tasks[:SHOWN],
        "more_tasks": len(tasks) > SHOWN,
    }


@dataclass(frozen=True)
class Taken:
    """A machine with the lesson in which whoever sits there is."""

    seat: Seat
    lesson: Need | None


def taken(seats, found):
    lessons = {need.learner: need for need in found if need.why == HERE}
    return [Taken(seat, lessons.get(seat.learner)) for seat in seats]
