"""Everybody who needs help, and why, fifty on a page."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.needs import BY_NAME, BY_URGENCY, REASONS, needs, told
from lms.centres.audit import note_listed
from lms.centres.seats import seats_at
from lms.network.desk.access import chosen_centre, desk

ON_A_PAGE = 50


@require_safe
@desk
def help_wanted(request):
    centre = chosen_centre(request)
    note_listed(request.user, centre, "help")
    why = request.GET.get("why") if request.GET.get("why") in REASONS else None
    sort = "name" if request.GET.get("sort") == "name" else "urgency"
    seats = seats_at([centre])
    found = needs(request.user, seats, why).at(centre).order_by(*(BY_NAME if sort == "name" else BY_URGENCY))
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "desk",
        "tab": "today",
        "centre": centre,
        "centres": request.centres,
        "page": page,
        "needs": told(page, seats),
        "why": why or "",
        "sort": sort,
        "kept": [("centre", centre.code), ("why", why), ("sort", sort)],
    }
    return render(request, "desk/help.html", context)
