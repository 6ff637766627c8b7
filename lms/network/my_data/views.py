"""ข้อมูลของฉัน: see, correct, copy, ask, take back."""

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lms.centres.forms import typed
from lms.centres.models import DataRequest
from lms.network.correcting import CorrectionForm, correct
from lms.network.data_requests import ask
from lms.network.my_data.access import own_data
from lms.network.my_data.copies import copy_of
from lms.network.my_data.forms import ErasureForm, RequestForm
from lms.network.my_data.kept import kept_of


@require_safe
@own_data
def my_data(request):
    return render(request, "my_data/my_data.html", kept_of(request.learner))


@require_safe
@own_data
def copy(request):
    """A page to read and to print, with nothing left out that a reader can use."""
    return render(request, "my_data/copy.html", kept_of(request.learner, latest=None))


@require_safe
@own_data
def copy_json(request):
    headers = {"Content-Disposition": 'attachment; filename="my-data.json"'}
    return StreamingHttpResponse(copy_of(request.learner), content_type="application/json", headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
@own_data
def correction(request):
    finds = "find" in request.POST  # a subdistrict by its name, where there is no JavaScript
    form = CorrectionForm(typed(request), learner=request.learner, alone=True)
    if not finds and form.is_valid():
        correct(request.learner, form.cleaned_data, request.user)
        messages.success(request, _("Put right."))
        return redirect("my_data:my_data")
    context = {"form": form, "places": form.places(request.POST.get("q", "")), "finds": finds}
    return render(request, "my_data/correction.html", context, status=400 if form.is_bound and not finds else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@own_data
def new_request(request):
    return _asked(request, RequestForm, "my_data/request.html")


@require_http_methods(["GET", "HEAD", "POST"])
@own_data
def erasure(request):
    """Says first what will happen; the caretaker does it."""
    return _asked(request, ErasureForm, "my_data/erasure.html")


def _asked(request, form_class, template):
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_valid():
        ask(request.learner, form.cleaned_data["kind"], form.cleaned_data["words"])
        messages.success(request, _("The caretaker has your request. It is answered within 30 days."))
        return redirect("my_data:my_data")
    return render(request, template, {"form": form}, status=400 if form.is_bound else 200)


@require_POST
@own_data
def taken_back(request, data_request):
    """No longer asked. Taking back what was answered changes nothing."""
    asked = get_object_or_404(DataRequest.objects.of(request.learner), pk=data_request)
    asked.answer(request.user, DataRequest.Outcome.TAKEN_BACK)
    messages.success(request, _("You no longer ask for it."))
    return redirect("my_data:my_data")
