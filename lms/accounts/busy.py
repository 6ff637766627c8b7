"""Too much at once: what every page, file and program is told, wherever it is noticed."""

from math import ceil

from django.shortcuts import render
from django.utils.translation import gettext as _

from lms.accounts.exports import ASK_AGAIN
from lms.accounts.problems import problem_json


def come_again(request, wait=None):
    """429 with the seconds to wait in `Retry-After`: a page in words, or a problem where a program asks."""
    seconds = max(ceil(ASK_AGAIN if wait is None else wait), 1)
    if request.path.startswith("/api/"):
        told = _("This is too much at once. Wait %(seconds)d seconds, then send the same again.") % {"seconds": seconds}
        answer = problem_json(429, _("Too often"), told)
    else:
        answer = render(request, "429.html", {"seconds": seconds}, status=429)
    answer["Retry-After"] = str(seconds)
    return answer
