"""What a caretaker writes into the register of requests."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lms.centres.forms import PlainForm
from lms.centres.models import Consent, DataRequest
from lms.network.my_data.forms import WordsField

How, Kind, Outcome = Consent.How, DataRequest.Kind, DataRequest.Outcome
LONGEST_AGO = timedelta(days=366)


class WrittenForm(PlainForm):
    kind = forms.ChoiceField(label=_("What was asked for?"), choices=Kind, widget=forms.RadioSelect)
    how = forms.ChoiceField(
        label=_("How was it asked?"),
        choices=[(how, how.label) for how in (How.VOICE, How.PAPER)],
        widget=forms.RadioSelect,
        initial=How.VOICE,
    )
    words = WordsField(label=_("In their words"), help_text=_("May be left empty"))
    asked_on = forms.DateField(
        label=_("Asked on"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_asked_on(self):
        day = self.cleaned_data["asked_on"]
        if not timezone.localdate() - LONGEST_AGO <= day <= timezone.localdate():
            raise forms.ValidationError(_("Give a day of the last twelve months."))
        return day


class AnswerForm(PlainForm):
    outcome = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Your reason"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("The learner reads this. Needed where it is not done."),
    )

    def __init__(self, data=None, *, asked):
        super().__init__(data)
        # "Erased" is said by erasing, and not by hand.
        answers = [Outcome.REFUSED] if asked.kind == Kind.ERASE else [Outcome.DONE, Outcome.REFUSED]
        self.fields["outcome"].choices = [(each, each.label) for each in answers]

    def clean(self):
        said = super().clean()
        if said.get("outcome") == Outcome.REFUSED and not said.get("reason"):
            self.add_error("reason", _("Say why it is not done."))
        return said


class StayForm(PlainForm):
    learner = forms.UUIDField()
