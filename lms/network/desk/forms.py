"""What caretakers type: a new learner, a code of digits, a machine's name."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.progress.checks import LONGEST_NOTE
from lms.accounts.ids import uuid7
from lms.accounts.models import SecretCode, User
from lms.centres.consents import EXTRAS, Relation
from lms.centres.forms import AgeForm, NameField, NameForm, PlaceForm, PlainForm
from lms.centres.models import Consent, Device

LONGEST_HELP = timedelta(days=366)
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RegistrationForm(NameForm, AgeForm, PlaceForm):
    """A learner in under a minute. `id` is made with the empty form: sending it twice makes one person."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Language"), choices=User.Language, widget=forms.RadioSelect, initial="th")
    kind = forms.ChoiceField(
        label=_("Secret code"), choices=SecretCode.Kind, widget=forms.RadioSelect, initial=SecretCode.Kind.PICTURES
    )
    another = forms.BooleanField(label=_("Yes, this is another person"), required=False)

    def clean_id(self):
        if self.cleaned_data["id"].version != 7:
            raise forms.ValidationError(_("Open this form again and fill it in once more."))
        return self.cleaned_data["id"]


class GuardianForm(PlainForm):
    """Who lets somebody under 20 learn."""

    name = NameField(label=_("Name of the father, mother or guardian"), max_length=120)
    relation = forms.ChoiceField(label=_("What they are to the learner"), choices=Relation, widget=forms.RadioSelect)
    how = forms.ChoiceField(label=_("How they said yes"), choices=Consent.How, widget=forms.RadioSelect)


class ExtrasForm(PlainForm):
    """What else the learner allows; nothing is ticked beforehand, and nothing need be."""

    allow = forms.MultipleChoiceField(
        choices=[(extra.value, extra.label) for extra in EXTRAS], widget=forms.CheckboxSelectMultiple, required=False
    )
    how = forms.ChoiceField(
        label=_("How they said yes"), choices=Consent.How, widget=forms.RadioSelect, initial=Consent.How.SCREEN
    )


class DeviceForm(PlainForm):
    """The name under which a machine is known at its centre."""

    name = NameField(label=_("Name of this machine"), max_length=40, help_text=_("As it is called here, like เครื่อง 1"))

    def __init__(self, *args, centre, **kwargs):
        super().__init__(*args, **kwargs)
        self.centre = centre

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Device.objects.shared().bound().filter(centre=self.centre, name=name).exists():
            raise forms.ValidationError(_("Another machine here has this name. Choose another."))
        return name


class CheckForm(PlainForm):
    """What somebody saw of a task. `event` is made with the empty form: sending it twice says it once."""

    event = forms.UUIDField(widget=forms.HiddenInput)
    done = forms.TypedMultipleChoiceField(coerce=int, required=False)
    note = forms.CharField(
        label=_("A note to the learner"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What went well, and what to try next. It may be left empty."),
    )
    reason = forms.CharField(
        label=_("Why is it changed?"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("What was said before is kept."),
    )

    def __init__(self, *args, task, **kwargs):
        super().__init__(*args, **kwargs)
        self.task = task
        self.fields["done"].choices = [(str(index), text) for index, text in enumerate(task.checklist)]

    def clean_event(self):
        event = self.cleaned_data["event"]
        if event.version != 7:
            raise forms.ValidationError(_("Open this form again and fill it in once more."))
        return event

    def clean(self):
        if "event" in self.errors:
            self.renew()

    def renew(self):
        """Another event for what is sent next."""
        self.data = self.data.copy()
        self.data["event"] = str(uuid7())

    def said(self):
        """What courses.progress.checks takes."""
        asked = self.cleaned_data
        return {"done": sorted(set(asked["done"])), "note": asked["note"], "reason": asked["reason"]}

    def things(self):
        """Each thing to do: its number, its words, whether it is ticked here, and whether the learner ticked it."""
        ticked = {str(value) for value in self["done"].value() or ()}
        own = set(self.task.ticked)
        return [
            {"index": index, "text": text, "is_seen": str(index) in ticked, "is_ticked": index in own}
            for index, text in enumerate(self.task.checklist)
        ]


class HelperForm(PlainForm):
    """From when until when a learner is a helper."""

    started_on = forms.DateField(label=_("From"), widget=DAY)
    ended_on = forms.DateField(label=_("Until"), widget=DAY, help_text=_("A year at most. It can be given again."))

    def clean_started_on(self):
        day = self.cleaned_data["started_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

    def clean(self):
        first, last = self.cleaned_data.get("started_on"), self.cleaned_data.get("ended_on")
        if first and last and not first <= last <= first + LONGEST_HELP:
            self.add_error("ended_on", _("Choose a day after the first one, within a year."))
