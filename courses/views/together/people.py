"""Who is here: names touched and codes tapped, cards scanned, and whoever leaves or comes back."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from courses.groups import Joined, admit, gone, leave, present
from courses.models import GroupSession
from courses.models.group import MOST
from courses.views.together.access import group_page, is_at_centre, leading, pages_of, people_offered, place_of_codes
from lms.accounts.ids import uuid_in
from lms.accounts.qr import qr
from lms.accounts.views import please_wait
from lms.centres.cards import card_in, learner_among
from lms.centres.names import page_of_names
from lms.centres.signing_in import Answer, door_at, people_with_codes, try_code, wait_at
from lms.centres.taps import forget_taps
from lms.centres.views import asking, read_code


@require_http_methods(["GET", "HEAD", "POST"])
@leading
def people(request):
    """By POST somebody leaves (`leave`), is back (`back`), or the group answers in another way (`mode`)."""
    group = request.group
    if request.method == "POST":
        _change(request, group)
        return redirect("together_people", group.pk)
    forget_taps(request)
    words = request.GET.get("q", "")
    if text := card_in(words):
        return _by_card(request, text)
    return _page(request, words)


def _change(request, group):
    goes, comes = uuid_in(request.POST.get("leave")), uuid_in(request.POST.get("back"))
    if goes:
        leave(group, goes)
    elif comes:
        back = next((person for person in gone(group) if person.pk == comes), None)
        if back and told(request, admit(group, back), back):
            messages.success(request, _("%(name)s is here again.") % {"name": back.called})
    elif request.POST.get("mode") in GroupSession.Mode.values:
        group.mode = request.POST["mode"]
        group.save(update_fields=["mode"])


def _by_card(request, card):
    """A card names somebody, wherever this is; the code is still asked."""
    learner = learner_among(people_with_codes(request.group.centre_id), card)
    if learner is None:
        return _page(request, card=True, status=404)
    return redirect("together_code", request.group.pk, learner.pk)


def _page(request, words="", card=False, status=200):
    group = request.group
    course, lesson = pages_of(group)
    here = present(group)
    offered = people_offered(request).exclude(pk__in=[person.pk for person in here])
    address = request.build_absolute_uri(reverse("together_join") + f"?number={group.number_to_join()}")
    context = {
        "course": course,
        "lesson": lesson,
        "people": here,
        "gone": gone(group),
        "is_full": len(here) >= MOST,
        "most": MOST,
        "tiles": page_of_names(offered, words, request.GET.get("page")),
        "words": words,
        "card": card,
        "is_at_centre": is_at_centre(request),
        "modes": GroupSession.Mode.choices,
        "qr": qr(address, _("QR code to join with one's own phone")),
    }
    return group_page(request, "together/people.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("picture", "pin")
@leading
def code(request, learner):
    """Somebody shows by their code that it is them. Nobody is signed in or out by it."""
    group, place = request.group, place_of_codes(request)
    offered = people_with_codes(group.centre_id).select_related("code")
    learner = get_object_or_404(offered, pk=learner)
    if request.method != "POST":
        return _code_page(request, learner, door_at(place, learner))
    text, unreadable = read_code(request, learner, f"group:{learner.pk}")
    if unreadable:
        return _code_page(request, learner, None, status=400, message=unreadable)
    if text is None:
        return redirect("together_code", group.pk, learner.pk)
    answer = try_code(place, learner, text)
    if answer is not Answer.COME_IN:
        return _code_page(request, learner, answer, status=403)
    learner.called = learner.name
    if told(request, admit(group, learner), learner):
        messages.success(request, _("%(name)s is in the group.") % {"name": learner.name})
    return redirect("together_people", group.pk)


def told(request, joined, learner):
    """Whether they are in; else it is said why not."""
    if joined is Joined.COME_IN:
        return True
    why = {
        Joined.FULL: _("Eight people are here already. Somebody has to leave first."),
        Joined.NO_GUARDIAN: _("%(name)s is ten or younger. Their parents say yes first.") % {"name": learner.called},
        Joined.OVER: _("This group has ended."),
    }
    messages.warning(request, why[joined])
    return False


def _code_page(request, learner, answer, status=200, message=""):
    place = place_of_codes(request)
    if answer is Answer.WAIT:
        return please_wait(request, wait_at(place))
    context = asking(request, learner, answer, message, f"group:{learner.pk}")
    return group_page(request, "together/code.html", context, status=status)
