"""A new learner, in under a minute."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lms.accounts.ids import uuid7
from lms.accounts.models import User
from lms.centres.models import Learner
from lms.network.desk.access import centre_to_run, desk
from lms.network.desk.forms import RegistrationForm


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def new_learner(request):
    centre = centre_to_run(request)
    if request.method != "POST":
        return page(request, centre, RegistrationForm(initial={"id": uuid7()}))
    form = RegistrationForm(request.POST)
    if not form.is_valid():
        if "id" in form.errors:
            form.data = form.data.copy()
            form.data["id"] = str(uuid7())
        return page(request, centre, form, status=400)
    asked = form.cleaned_data
    namesakes = people_called(asked["name"], centre).exclude(pk=asked["id"])
    if namesakes and not asked["another"]:
        return page(request, centre, form, namesakes, status=409)
    learner = register(centre, asked)
    if learner is None:
        form.add_error(None, _("Open this form again and fill it in once more."))
        return page(request, centre, form, status=409)
    messages.success(
        request, _("%(name)s is a learner here now. One step is left: the secret code.") % {"name": learner}
    )
    return redirect(f"{reverse('desk:code', args=[learner.pk])}?kind={asked['kind']}")


def register(centre, asked):
    """The new learner, or the same one again where the form came twice; None where the id is another's."""
    fields = {name: asked[name] for name in ("id", "name", "family_name", "age_band", "language")}
    try:
        with transaction.atomic():
            centre.welcome(User.objects.create_user(**fields))
    except IntegrityError:
        pass
    return Learner.objects.at(centre).active().filter(pk=asked["id"], name=asked["name"]).first()


def people_called(name, centre):
    return Learner.objects.at(centre).active().filter(name=name).in_name_order()


def page(request, centre, form, namesakes=(), status=200):
    context = {"section": "desk", "tab": "learners", "centre": centre, "centres": request.centres}
    return render(request, "desk/new_learner.html", context | {"form": form, "namesakes": namesakes}, status=status)
