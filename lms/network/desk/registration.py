"""A new learner, in under a minute."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.accounts.ids import uuid7
from lms.centres.audit import note_listed
from lms.centres.consents import is_minor
from lms.centres.subdistricts import offered, typed_code
from lms.centres.welcoming import people_called, register
from lms.network.desk.access import centre_to_run, desk
from lms.network.desk.forms import RegistrationForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def new_learner(request):
    centre = centre_to_run(request)
    if request.method != "POST":
        return page(request, centre, RegistrationForm(initial={"id": uuid7()}, centre=centre))
    form = RegistrationForm(request.POST, centre=centre)
    if "find" in request.POST:  # a subdistrict by its name, where there is no JavaScript
        return page(request, centre, RegistrationForm(initial=request.POST.dict(), centre=centre))
    if not form.is_valid():
        if "id" in form.errors:
            form.data = form.data.copy()
            form.data["id"] = str(uuid7())
        return page(request, centre, form, status=400)
    asked = form.cleaned_data
    namesakes = people_called(asked["name"], centre).exclude(pk=asked["id"])
    if namesakes and not asked["another"]:
        note_listed(request.user, centre, "learners")
        return page(request, centre, form, namesakes, status=409)
    learner = register(centre, asked, request.user)
    if learner is None:
        form.add_error(None, _("Open this form again and fill it in once more."))
        return page(request, centre, form, status=409)
    messages.success(request, _("%(name)s is a learner here now.") % {"name": learner})
    step = "desk:guardian" if is_minor(learner) else "desk:code"
    return redirect(f"{reverse(step, args=[learner.pk])}?kind={asked['kind']}")


def page(request, centre, form, namesakes=(), status=200):
    context = {
        "section": "desk",
        "tab": "learners",
        "centre": centre,
        "centres": request.centres,
        "form": form,
        "namesakes": namesakes,
        "places": offered(centre, request.POST.get("q", ""), typed_code(form["subdistrict"].value())),
    }
    return render(request, "desk/new_learner.html", context, status=status)
