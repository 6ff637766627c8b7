"""Somebody new registers by themselves at a machine of the centre: one question on each page, and they are in.

What they said is kept in the session until the end, and nowhere else; the names page forgets it.
"""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from lms.accounts.ids import uuid7
from lms.accounts.models import User
from lms.accounts.views import please_wait
from lms.centres.choosing import choose_code
from lms.centres.consents import is_minor
from lms.centres.forms import AgeForm, NameForm, PlaceForm, typed
from lms.centres.models import Subdistrict
from lms.centres.notice import VERSION
from lms.centres.signing_in import Answer, seconds_to_wait, who_may_sign_in
from lms.centres.subdistricts import offered, typed_code
from lms.centres.views import on_a_device
from lms.centres.welcoming import forget_newcomer, let_in_new, people_called, wait_for_newcomers

NAMESAKES_SHOWN = 12
AGE_PICTURES = ["child", "student", "person", "farmer", "older-person"]


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("picture", "pin", "again")
@on_a_device
def newcomer(request, step="name"):
    if step not in STEPS or request.device.owner_id:  # a phone of one's own is nobody else's way in
        raise Http404
    if seconds := seconds_to_wait(request.device):
        return please_wait(request, seconds)
    if seconds := wait_for_newcomers(request.device):
        return enough(request, seconds)
    said = request.session.get("newcomer", {})
    missing = next((each for each in STEPS if each not in said), "code")
    if list(STEPS).index(missing) < list(STEPS).index(step):
        return go_to(missing)
    return STEPS[step](request, said)


def ask_name(request, said):
    form = NameForm(typed(request), initial=said.get("name"))
    if not form.is_valid():
        return page(request, "name", 400 if form.is_bound else 200, form=form)
    name, family_name = form.cleaned_data["name"], form.cleaned_data["family_name"]
    namesakes = people_called(name, request.device.centre)
    if namesakes and (not family_name or namesakes.filter(family_name=family_name).exists()):
        here = who_may_sign_in(request.device).filter(name=name).in_name_order()[:NAMESAKES_SHOWN]
        form.fields["family_name"].help_text = _("Like บ้านเหนือ")
        if family_name:
            form.add_error("family_name", _("Somebody of this name is here already. Say something else of you."))
        return page(request, "name", 409, form=form, namesakes=here)
    id = said["name"]["id"] if "name" in said else str(uuid7())
    return keep(request, "name", {"id": id, "name": name, "family_name": family_name})


def ask_age(request, said):
    form = AgeForm(typed(request))
    if not form.is_valid():
        ages = [(*band, picture) for band, picture in zip(User.AgeBand.choices, AGE_PICTURES, strict=True)]
        return page(request, "age", 400 if form.is_bound else 200, form=form, ages=ages)
    if form.cleaned_data["age_band"] == User.AgeBand.CHILD:
        forget_newcomer(request)  # nothing is kept of a child before a guardian has been asked
        return page(request, "child")
    return keep(request, "age", form.cleaned_data["age_band"])


def ask_place(request, said):
    centre = request.device.centre
    form = PlaceForm(typed(request), centre=centre)
    if request.method == "POST" and form.is_valid():
        return keep(request, "place", form.cleaned_data["subdistrict"].pk)
    chosen = typed_code(request.POST.get("subdistrict")) or said.get("place")
    places = offered(centre, request.GET.get("q", ""), chosen)
    return page(request, "place", 400 if form.is_bound else 200, form=form, places=places)


def show_notice(request, said):
    if request.method == "POST":
        return keep(request, "notice", VERSION)
    return page(request, "notice", is_minor=is_minor(User(age_band=said["age"])))


def ask_code(request, said):
    choice = choose_code(request, "newcomer")
    if choice.code:
        return come_in(request, said, choice)
    if choice.page is None:
        return redirect(request.get_full_path())
    return page(request, "code", choice.status, **choice.page)


def come_in(request, said, choice):
    """All is said: the person, their code and their session are made in one moment."""
    asked = said["name"] | {
        "age_band": said["age"],
        "subdistrict": Subdistrict.objects.get(pk=said["place"]),
        "language": get_language()[:2],
    }
    answer = let_in_new(request, request.device, asked, choice.kind, choice.code)
    forget_newcomer(request)
    if answer is Answer.COME_IN:
        return redirect(reverse("my_consents") + "?new=1")
    return redirect("newcomer") if answer is Answer.WAIT else redirect("names")


STEPS = {"name": ask_name, "age": ask_age, "place": ask_place, "notice": show_notice, "code": ask_code}


def enough(request, seconds):
    answer = page(request, "enough", status=429)
    answer["Retry-After"] = str(seconds)
    return answer


def keep(request, step, value):
    request.session["newcomer"] = request.session.get("newcomer", {}) | {step: value}
    return go_to(list(STEPS)[list(STEPS).index(step) + 1])


def go_to(step):
    return redirect("newcomer") if step == "name" else redirect("newcomer", step)


def page(request, step, status=200, **context):
    """`templates/centres/newcomer_<step>.html`, with how far it is and the way back."""
    steps = list(STEPS)
    if step in steps:
        place = steps.index(step)
        context |= {"step": place + 1, "steps": len(steps), "back": steps[place - 1] if place else ""}
    return render(request, f"centres/newcomer_{step}.html", {"centre": request.device.centre} | context, status=status)
