"""What a group's screen must know to go on without a line; it lies in the memory of its page only."""

from django.db.models import F
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from courses.group_arrivals import door_key
from courses.group_lock import public_lock
from courses.group_shares import so_far
from courses.group_steps import steps_of
from courses.groups import present
from courses.models import GroupMember
from courses.views.together.access import leading, pages_of, people_offered
from courses.views.together.screen import about, tell
from lms.centres.names import page_of_names
from lms.centres.outbox import as_text

MOST_NAMES = 1_000  # are told to a screen beforehand


@require_safe
@leading
def steps(request):
    """All of them, and by what their answers are graded, for the screen to go on without a line."""
    course, lesson = pages_of(request.group)
    found, people = steps_of(course, lesson), present(request.group)
    told = [tell(request, lesson, found, place, people) for place in range(len(found))]
    html = render_to_string("together/steps.html", about(course, lesson) | {"all_told": told, "group": request.group})
    definitions = {step.activity.id: step.activity.definition for step in found if step.activity}
    more = {"door": as_text(door_key(request.group)), "lock": public_lock(), "newcomers": _newcomers(request)}
    return JsonResponse({"steps": html, "definitions": definitions} | more | so_far(request.group))


def _newcomers(request):
    """The names that may be touched here when somebody new comes; who was there before need not show a code again."""
    known = GroupMember.objects.filter(session=request.group).values("learner_id")
    people = people_offered(request).exclude(pk__in=known).annotate(kind=F("code__kind")).exclude(kind=None)
    return render_to_string("together/_newcomers.html", {"people": page_of_names(people, "", 1, most=MOST_NAMES)})
