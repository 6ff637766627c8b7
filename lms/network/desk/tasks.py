"""Practical tasks: those that wait, and what a caretaker or helper says of one that they saw."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.models import LearningEvent
from courses.progress import Event, record
from courses.progress.checks import Check
from courses.tasks import BY_NAME, LONGEST_FIRST, WAITING, find, names_of, of_those_helped, tasks, told
from lms.accounts.ids import uuid7
from lms.centres.audit import Action, note, note_listed, note_look
from lms.network.desk.access import checking, chosen_centre
from lms.network.desk.forms import CheckForm

ON_A_PAGE = 50


@require_safe
@checking
def task_list(request):
    """A helper sees those that wait, and no others."""
    centre = chosen_centre(request)
    note_listed(request.user, centre, "tasks")
    state = "checked" if centre.is_cared_for and request.GET.get("state") == "checked" else WAITING
    rows = tasks(of_those_helped(request.user), state).filter(learner__home__centre=centre)
    rows = rows.order_by(*(LONGEST_FIRST if state == WAITING else BY_NAME))
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = framed(centre) | {
        "centres": request.centres,
        "page": page,
        "tasks": told(page, state),
        "state": state,
        "kept": [("centre", centre.code), ("state", state)],
    }
    return render(request, "desk/tasks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@checking
def task(request, learner, activity):
    centre, found = to_look_at(request, learner, activity)
    if request.method != "POST":
        note_look(request.user, Action.LOOKED, found.learner, centre, f"task {found.activity}")
        seen = {"done": found.check.done, "note": found.check.note} if found.check else {}
        return page(request, centre, found, CheckForm(task=found, initial=seen | {"event": uuid7()}))
    if not (centre.is_run or centre.is_helped):
        raise Http404
    form = CheckForm(request.POST, task=found)
    if form.is_valid() and save(request, centre, found, form):
        return redirect(f"{reverse('desk:tasks')}?centre={centre.code}")
    return page(request, centre, found, form, status=400)


def to_look_at(request, learner, activity):
    """The task with its centre. A helper finds those that wait, and what they said themselves."""
    found = find(of_those_helped(request.user), learner, activity)
    centre = found and next((centre for centre in request.centres if centre.code == found.centre), None)
    if centre is None:
        raise Http404
    own = found.check and found.check.by == request.user.pk
    if not (centre.is_cared_for or found.state == WAITING or own):
        raise Http404
    return centre, found


def save(request, centre, found, form):
    """Record what was seen. The same form again is done already; False if it could not be kept."""
    said, event = form.said(), form.cleaned_data["event"]
    before = LearningEvent.objects.filter(learner=found.learner, id=event).first()
    if before and before.answer == said:
        return True
    if found.check and not said["reason"]:
        form.add_error("reason", _("Somebody looked at this already. Say why you change it."))
        return False
    # A page that came back from the browser's history carries an old id with new words: that is a new event.
    if not record_check(request.user, found, uuid7() if before else event, said):
        form.add_error(None, _("This could not be kept. Open the task again and look once more."))
        form.renew()
        return False
    note(request.user, Action.CHECKED, found.learner, centre, f"task {found.activity}")
    passed = len(said["done"]) == len(found.checklist)
    words = _("%(name)s: passed.") if passed else _("%(name)s: will try again.")
    messages.success(request, words % {"name": found.name})
    return True


def record_check(user, found, id, said):
    """Whether it was taken."""
    event = Event(
        id=id,
        learner=found.learner,
        lesson=found.lesson,
        activity=UUID(found.activity),
        verb="checked",
        answer=said,
        occurred_at=timezone.now(),
    )
    return record([event], by=user)[0].status != "rejected"


def page(request, centre, found, form, status=200):
    looks = LearningEvent.objects.filter(learner=found.learner, lesson=found.lesson, activity=found.activity)
    looks = [Check.told(event) for event in looks.filter(verb="checked").order_by("-occurred_at", "-id")]
    names = names_of([look.by for look in looks])
    context = framed(centre) | {
        "task": found,
        "form": form,
        "things": form.things(),
        "may_check": centre.is_run or centre.is_helped,
        "looks": [(look, names.get(look.by, "")) for look in looks],
    }
    return render(request, "desk/task.html", context, status=status)


def framed(centre):
    """What the page around is: a helper's has no way to the rest of the desk."""
    return {"section": "desk" if centre.is_cared_for else "helping", "tab": "today", "centre": centre}
