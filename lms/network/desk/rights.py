"""What the caretaker does for a learner's rights: correct what is kept, erase a person, ask who stays."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lms.centres.audit import Action, note, note_look
from lms.centres.consents import is_minor
from lms.centres.forms import typed
from lms.centres.models import AuditEntry, Centre, DataRequest, HomeCentre
from lms.network.correcting import CorrectionForm, correct, what_it_changes
from lms.network.desk.access import centre_to_run, chosen_centre, desk, learner_to_look_after
from lms.network.desk.request_forms import StayForm
from lms.network.desk.requests import shell
from lms.network.erasing import HasARole, erase


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def correction(request, learner):
    learner = learner_to_look_after(request, learner)
    finds = "find" in request.POST  # a subdistrict by its name, where there is no JavaScript
    form, asks = CorrectionForm(typed(request), learner=learner, alone=False), ""
    if not finds and form.is_valid():
        band = form.cleaned_data["age_band"]
        asks = "" if request.POST.get("sure") == band else what_it_changes(learner, band)
        if not asks:
            return _corrected(request, learner, form.cleaned_data)
    note_look(request.user, Action.LOOKED, learner)
    context = shell(learner=learner, form=form, places=form.places(request.POST.get("q", "")), finds=finds, asks=asks)
    status = 409 if asks else 400 if form.is_bound and not finds else 200
    return render(request, "desk/correction.html", context, status=status)


def _corrected(request, learner, changes):
    """On to the papers, if another age changes them."""
    goes_on = bool(what_it_changes(learner, changes["age_band"]))
    correct(learner, changes, request.user)
    messages.success(request, _("Put right."))
    return redirect("desk:consents" if goes_on else "desk:learner", learner.pk)


@require_POST
@desk
def age(request, learner):
    """The age of somebody under 20 is still right: asked once a year, as only age bands are known."""
    learner = learner_to_look_after(request, learner)
    if not is_minor(learner):
        raise Http404
    HomeCentre.objects.filter(learner=learner.pk).update(age_checked_on=timezone.localdate())
    note(request.user, Action.CORRECTED, learner, learner.home.centre_id, "age is still right")
    messages.success(request, _("It is asked again in a year."))
    return redirect("desk:learner", learner.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def erasure(request, learner):
    """What goes and what stays, a tick, and gone. Only for who runs the centre."""
    if request.method == "POST" and _is_erased(request, learner):
        return redirect("desk:requests")
    learner = learner_to_look_after(request, learner)
    if request.method != "POST":
        note_look(request.user, Action.LOOKED, learner)
        return _erasure(request, learner)
    if "sure" not in request.POST:
        return _erasure(request, learner, _("Tick that it may be done, then press the button."), 400)
    name = str(learner)
    try:
        erase(learner, request.user)
    except HasARole:
        text = _("This person works for the network. Let their role be ended in the studio first, then erase.")
        return _erasure(request, learner, text, 409)
    messages.success(request, _("%(name)s is erased. The numbers of the centre stay as they were.") % {"name": name})
    return redirect("desk:requests")


def _is_erased(request, learner):
    """A second click: whoever ran the centre then is told the same, and not that there is nobody."""
    run = Centre.objects.run_by(request.user).order_by().values("pk")
    return AuditEntry.objects.filter(subject=learner, action=Action.ERASED, centre__in=run).exists()


def _erasure(request, learner, problem="", status=200):
    asked = DataRequest.objects.open().filter(learner=learner, kind=DataRequest.Kind.ERASE).first()
    context = shell(learner=learner, asked=asked, problem=problem)
    return render(request, "desk/erasure.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def staying(request):
    """Whoever was away for long is asked, by the caretaker, whether they stay."""
    if request.method == "POST":
        return _stays(request)
    centre = chosen_centre(request)
    asked = HomeCentre.objects.visible_to(request.user).filter(centre=centre, learner__is_active=True)
    homes = list(
        asked.filter(asked_to_stay_on__lte=timezone.localdate())
        .select_related("learner")
        .order_by("asked_to_stay_on", "learner__sort_key")[:200]
    )
    for home in homes:
        home.until = home.asked_to_stay_on + timedelta(days=settings.SALA_RETENTION_STAY_ANSWER)
    note_look(request.user, Action.LISTED, centre=centre, detail="asked to stay")
    return render(request, "desk/staying.html", shell(centre=centre, centres=request.centres, homes=homes))


def _stays(request):
    """Not asked again before they were away for as long once more: until then the day lies ahead."""
    centre = centre_to_run(request)
    chosen = StayForm(request.POST)
    home = (
        chosen.is_valid() and HomeCentre.objects.filter(centre=centre, learner=chosen.cleaned_data["learner"]).first()
    )
    if not home:
        raise Http404
    home.asked_to_stay_on = timezone.localdate() + timedelta(days=settings.SALA_RETENTION_UNUSED)
    home.save(update_fields=["asked_to_stay_on"])
    note(request.user, Action.CORRECTED, home.learner_id, centre, "stays")
    messages.success(request, _("%(name)s stays.") % {"name": home.learner})
    return redirect(f"{request.path}?centre={centre.code}")
