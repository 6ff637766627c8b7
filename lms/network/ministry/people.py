"""A person's record: found by what the officer knows already, opened for a reason, read and not changed."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from courses.models import Certificate
from lms.accounts import thai
from lms.centres import opened
from lms.centres.audit import Action, note
from lms.centres.consents import guardians_consent, is_minor
from lms.centres.forms import NameField, PlainForm, typed
from lms.centres.models import Centre, Learner
from lms.network.desk.learners import papers_of
from lms.network.desk.phones import phones_of
from lms.network.desk.reached import lessons_of
from lms.network.desk.timeline import timeline
from lms.network.ministry.access import ministry_only

SHORTEST, LONGEST = 10, 150  # letters of a reason
MENU = {"section": "ministry", "tab": "people"}


class PersonForm(PlainForm):
    """Who it is, and why. There is no list to choose from."""

    number = forms.CharField(
        label=gettext_lazy("Number of a certificate, or a scanned member card"),
        help_text=gettext_lazy("Leave it empty where you know the centre and the name"),
        widget=forms.TextInput({"autocomplete": "off"}),
        max_length=300,
        required=False,
    )
    centre = forms.SlugField(label=gettext_lazy("Centre's code"), max_length=20, required=False)
    name = NameField(
        label=gettext_lazy("The person's name"),
        help_text=gettext_lazy("Exactly as the centre calls them; the family name as well, where there is one"),
        max_length=121,
        required=False,
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why is this record to be opened?"), choices=opened.Reason, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("What it is about"),
        help_text=gettext_lazy("The centre and the person read this. Write nobody's name."),
        widget=forms.Textarea({"rows": 3, "autocomplete": "off"}),
        min_length=SHORTEST,
        max_length=LONGEST,
    )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["number"] and not (cleaned["centre"] and cleaned["name"]):
            raise forms.ValidationError(_("Give a number; or the centre's code and the person's name."))
        return cleaned

    def found(self, user):
        """The one person who is meant, or None with what to mend. A name that finds nobody is noted: a guess."""
        asked = self.cleaned_data
        if asked["number"]:
            people = _by_number(asked["number"])
        else:
            centre = Centre.objects.visible_to(user).filter(code=asked["centre"]).first()
            people = opened.found_by_name(centre, asked["name"]) if centre else []
            if len(people) != 1:
                note(user, Action.LISTED, centre=centre, detail="record")
        return self._the_only_one(people)

    def _the_only_one(self, people):
        if not people:
            self.add_error(None, _("Nobody is found by this. Ask the centre how it is written there."))
        elif len(people) > 1:
            self.add_error(
                "name", _("More than one is called so. Give the family name, or the number of a certificate.")
            )
        elif thai.search_text(people[0].name) in thai.search_text(self.cleaned_data["words"]):
            self.add_error("words", _("Leave the name out: this log is kept when a person is erased."))
        else:
            return people[0]
        return None


def _by_number(text):
    owner = Certificate.objects.filter(number__iexact=text.strip()).values("learner_id")
    return list(Learner.objects.filter(pk__in=owner)) or opened.found_by_card(text)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@ministry_only
def find(request):
    form = PersonForm(typed(request))
    learner = form.found(request.user) if form.is_bound and form.is_valid() else None
    if learner is None:
        return render(request, "ministry/people.html", MENU | {"form": form}, status=400 if form.errors else 200)
    opened.open_record(request, learner, form.cleaned_data["reason"], form.cleaned_data["words"])
    return redirect("ministry:person", learner.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@ministry_only
def person(request, learner):
    """What their caretaker sees, without codes and without anything to change; sent as a form, it is closed."""
    learner = opened.opened_person(request, learner)
    if learner is None:
        raise Http404
    if request.method == "POST":
        opened.close_record(request, learner.pk)
        messages.success(request, _("The record is closed."))
        return redirect("ministry:people")
    context = MENU | {
        "learner": learner,
        "minutes": -(-opened.seconds_left(request, learner.pk) // 60),
        "waits_for_guardian": is_minor(learner) and not guardians_consent(learner),
        "papers": papers_of(learner),
        "courses": lessons_of(learner),
        "phones": phones_of(learner),
        "timeline": timeline(learner, request.GET.get("page")),
    }
    return render(request, "ministry/person.html", context)
