"""Where a machine hands in what its learners left behind, sealed."""

import msgspec
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from rest_framework.exceptions import Throttled

from courses.outbox import LARGEST_BODY, Boxes, hand_in
from courses.overload import turns
from courses.progress import Verdict
from lms.accounts.problems import problem_json
from lms.centres.signing_in import device_of


class Verdicts(msgspec.Struct):
    verdicts: list[Verdict]


@require_POST
def outbox(request):
    """The browser must be a bound device, where nobody has to be signed in, or of somebody; and each box must open."""
    device = device_of(request)
    if device is None and not request.user.is_authenticated:
        return problem_json(403, _("Not allowed"), _("This is not a machine of a centre."))
    body = request.read(LARGEST_BODY + 1)
    if len(body) > LARGEST_BODY:
        return problem_json(413, _("Too much at once"), _("Send fewer boxes in a request."))
    try:
        boxes = msgspec.json.decode(body, type=Boxes).boxes
    except (ValueError, RecursionError):
        return problem_json(400, _("Bad request"), _("The request was not understood. Please check its form."))
    try:
        with turns.turn():
            verdicts = hand_in(boxes, device, request.user)
    except Throttled as overrun:
        return wait_for_your_turn(overrun.wait)
    return HttpResponse(msgspec.json.encode(Verdicts(verdicts)), content_type="application/json")


def wait_for_your_turn(seconds):
    told = _("This is too much at once. Wait %(seconds)d seconds, then send the same again.") % {"seconds": seconds}
    refusal = problem_json(429, _("Too often"), told)
    refusal["Retry-After"] = str(seconds)
    return refusal
