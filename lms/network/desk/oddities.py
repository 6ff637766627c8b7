"""คำถามเรื่องตัวเลข: what looked odd at a centre, and what the centre says to it."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from courses.models import Oddity
from lms.accounts import thai
from lms.centres.audit import Action, note, note_look
from lms.centres.forms import PlainForm, typed
from lms.network.desk.access import chosen_centre, desk
from lms.network.oddities import told

ON_A_PAGE = 50
Answer = Oddity.Answer


class AnswerForm(PlainForm):
    """What it was, as far as the centre knows."""

    answer = forms.ChoiceField(label=gettext_lazy("What was it?"), choices=Answer, widget=forms.RadioSelect)
    words = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=gettext_lazy("The ministry reads this. Write nobody's name."),
    )

    def __init__(self, data=None, *, oddity):
        super().__init__(data)
        self.oddity = oddity
        never = set() if oddity.kind == Oddity.Kind.CLOSED else {Answer.WAS_OPEN}
        self.fields["answer"].choices = [(each, each.label) for each in Answer if each not in never]

    def clean(self):
        said = super().clean()
        if said.get("answer") == Answer.OTHER and not said.get("words"):
            self.add_error("words", _("Say in some words what it was."))
        learner = self.oddity.learner
        if learner and thai.search_text(learner.name) in thai.search_text(said.get("words", "")):
            self.add_error("words", _("Leave the name out: the ministry reads this."))
        return said


@require_safe
@desk
def oddities(request):
    """Those that wait, or those that are answered, the latest first."""
    centre = chosen_centre(request)
    state = "answered" if request.GET.get("state") == "answered" else "waiting"
    of_centre = Oddity.objects.visible_to(request.user).filter(centre=centre).select_related("elsewhere", "centre")
    found = of_centre.answered() if state == "answered" else of_centre.waiting()
    page = Paginator(found.order_by("-day", "-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    note_look(request.user, Action.LISTED, centre=centre, detail="questions")
    context = framed(centre) | {
        "centres": request.centres,
        "page": page,
        "oddities": told(page, request.user),
        "state": state,
        "kept": [("centre", centre.code), ("state", state)],
    }
    return render(request, "desk/oddities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk
def oddity(request, oddity):
    """One question. Who runs the centre answers it, once; a core member reads it."""
    mine = Oddity.objects.visible_to(request.user).filter(centre__in=request.centres)
    found = get_object_or_404(mine.select_related("centre", "elsewhere", "learner", "answered_by"), pk=oddity)
    centre = next(centre for centre in request.centres if centre.pk == found.centre_id)
    if request.method == "POST" and not centre.is_run:
        raise Http404
    form = AnswerForm(typed(request), oddity=found)
    if request.method == "POST" and (found.answered_at or form.is_valid()):
        _answer(request, found, form)
        return redirect(list_of(centre))
    note_look(request.user, Action.LOOKED, found.learner, centre, "questions")
    context = framed(centre) | {"oddity": told([found], request.user)[0], "form": form}
    return render(request, "desk/oddity.html", context, status=400 if form.is_bound else 200)


def _answer(request, found, form):
    if found.answered_at is None and found.explain(request.user, **form.cleaned_data):
        note(request.user, Action.EXPLAINED, found.learner, found.centre, f"{found.kind} {found.answer}")
        messages.success(request, _("Thank you. Your answer stands beside the question."))


def list_of(centre):
    return f"{reverse('desk:oddities')}?centre={centre.code}"


def framed(centre):
    return {"section": "desk", "tab": "more", "centre": centre}
