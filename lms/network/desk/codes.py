"""A learner's secret code: set anew, or its lock opened."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lms.centres.audit import Action, note, note_look
from lms.centres.choosing import choose_code
from lms.centres.consents import may_learn
from lms.centres.signing_in import open_lock, set_code
from lms.network.desk.access import desk, learner_to_look_after


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@desk
def code(request, learner):
    learner = learner_to_look_after(request, learner)
    if request.method == "POST" and "unlock" in request.POST:
        return unlock(request, learner)
    choice = choose_code(request, f"code:{learner.pk}")
    if choice.code:
        return keep(request, learner, choice)
    if choice.page is None:
        return redirect("desk:code", learner.pk)
    note_look(request.user, Action.LOOKED, learner, learner.home.centre_id, "code")
    context = {"section": "desk", "tab": "learners", "learner": learner} | choice.page
    return render(request, "desk/code.html", context, status=choice.status)


def unlock(request, learner):
    open_lock(learner)
    note(request.user, Action.UNLOCKED, learner, learner.home.centre)
    messages.success(request, _("%(name)s can try the same code again.") % {"name": learner})
    return redirect("desk:learner", learner.pk)


def keep(request, learner, choice):
    """With the first code registering is all but done: one may allow more, or not."""
    is_first = not hasattr(learner, "code")
    set_code(learner, choice.kind, choice.code)
    note(request.user, Action.CODE_SET, learner, learner.home.centre, choice.kind)
    if may_learn(learner):
        messages.success(request, _("%(name)s can sign in with the new code.") % {"name": learner})
    else:
        messages.warning(
            request, _("The code is kept. A guardian's yes is still missing for %(name)s.") % {"name": learner}
        )
    if is_first:
        return redirect(reverse("desk:consents", args=[learner.pk]) + "?new=1")
    return redirect("desk:learner", learner.pk)
