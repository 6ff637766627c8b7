"""Member cards: whose, and the PDF to print."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from lms.centres.audit import Action, note, note_listed
from lms.centres.models import Learner
from lms.network.cards import printed
from lms.network.desk.access import centre_to_run, desk, learner_to_look_after

LONGEST_SEARCH = 60
MOST = 400  # in one PDF: 50 pages, half a pack of card
SHOWN = 8  # names on the page before printing: those of the first sheet


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def cards(request):
    if pk := request.POST.get("learner"):
        learner = learner_to_look_after(request, id_of(pk))
        return pdf(request, learner.home.centre, [learner])
    centre = centre_to_run(request)
    learners = Learner.objects.visible_to(request.user).at(centre).active().in_name_order()
    asked = request.POST if request.method == "POST" else request.GET
    words, part = asked.get("q", "")[:LONGEST_SEARCH], part_of(asked.get("part", ""))
    found = learners.named(words)
    if request.method == "POST" and (people := list(found[part * MOST : (part + 1) * MOST])):
        return pdf(request, centre, people)
    return page(request, centre, found, words, 400 if request.method == "POST" else 200)


def pdf(request, centre, learners):
    answer = HttpResponse(
        printed(learners, centre, f"{request.scheme}://{request.get_host()}"), content_type="application/pdf"
    )
    answer["Content-Disposition"] = 'inline; filename="sala-cards.pdf"'
    only = learners[0] if len(learners) == 1 else None
    note(request.user, Action.CARDS, only, centre, detail=str(len(learners)))
    return answer


def page(request, centre, found, words, status):
    note_listed(request.user, centre, "cards")
    count = found.count()
    context = {
        "section": "desk",
        "tab": "more",
        "centre": centre,
        "centres": request.centres,
        "words": words,
        "count": count,
        "pages": -(-count // 8),
        "first": found[:SHOWN],
        "more": max(0, count - SHOWN),
        "parts": [(n, n * MOST + 1, min(count, (n + 1) * MOST)) for n in range(-(-count // MOST))],
    }
    return render(request, "desk/cards.html", context, status=status)


def part_of(text):
    """Which lot of a large centre is to be printed."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def id_of(text):
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
