"""The way to what is done now and then."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from lms.network.desk.access import chosen_centre, desk


@require_safe
@desk
def more(request):
    context = {"section": "desk", "tab": "more", "centre": chosen_centre(request), "centres": request.centres}
    return render(request, "desk/more.html", context)
