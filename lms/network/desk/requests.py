"""The register of what people ask about their data, and its answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lms.centres.audit import Action, note, note_listed, note_look
from lms.centres.models import Centre, DataRequest
from lms.network.data_requests import ask, told
from lms.network.desk.access import chosen_centre, desk, learner_to_look_after
from lms.network.desk.request_forms import AnswerForm, WrittenForm

ON_A_PAGE = 50


@require_safe
@desk
def requests(request):
    """Open ones first, those with the fewest days left on top."""
    centre = chosen_centre(request)
    of_centre = DataRequest.objects.visible_to(request.user).filter(centre=centre).select_related("learner")
    found = of_centre.order_by(F("answered_at").desc(nulls_first=True), "due_on", "pk")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    page.object_list = told(page.object_list)
    note_listed(request.user, centre, "data requests")
    return render(request, "desk/requests.html", shell(centre=centre, centres=request.centres, page=page))


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def written(request, learner):
    """What somebody asked by voice or on paper, written down for them."""
    learner = learner_to_look_after(request, learner)
    form = WrittenForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ask(learner, **form.cleaned_data, by=request.user)
        messages.success(request, _("Written down. The 30 days run from the day it was asked."))
        return redirect(register_of(learner.home.centre))
    note_look(request.user, Action.LOOKED, learner, learner.home.centre_id, "request")
    context = shell(learner=learner, form=form)
    return render(request, "desk/written_request.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def answer(request, data_request):
    run = Centre.objects.run_by(request.user).order_by().values("pk")
    mine = DataRequest.objects.visible_to(request.user).filter(centre__in=run)
    asked = get_object_or_404(mine.select_related("learner", "centre", "answered_by", "taken_by"), pk=data_request)
    form = AnswerForm(request.POST if request.method == "POST" else None, asked=asked)
    if asked.answered_at is None and form.is_valid():
        asked.answer(request.user, form.cleaned_data["outcome"], form.cleaned_data["reason"])
        note(request.user, Action.REQUEST, asked.learner, asked.centre, f"{asked.kind} {asked.outcome}")
        messages.success(request, _("Answered."))
        return redirect(register_of(asked.centre))
    if request.method == "POST" and asked.answered_at:
        return redirect(register_of(asked.centre))
    if asked.learner:  # who is erased is named no more
        note_look(request.user, Action.LOOKED, asked.learner, asked.centre, "request")
    (asked,) = told([asked])
    return render(request, "desk/request.html", shell(asked=asked, form=form), status=400 if form.is_bound else 200)


def register_of(centre):
    return f"{reverse('desk:requests')}?centre={centre.code}"


def shell(**context):
    return {"section": "desk", "tab": "more"} | context
