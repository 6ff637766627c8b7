"""The way to what is done now and then."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.models import Oddity
from lms.network.desk.access import chosen_centre, desk


@require_safe
@desk
def more(request):
    centre = chosen_centre(request)
    questions = Oddity.objects.visible_to(request.user).waiting().filter(centre=centre).count()
    context = {"section": "desk", "tab": "more", "centre": centre, "centres": request.centres, "questions": questions}
    return render(request, "desk/more.html", context)
