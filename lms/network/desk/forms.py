"""What caretakers type: a new learner, a code of digits, a machine's name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.accounts.models import SecretCode, User
from lms.centres.consents import EXTRAS, Relation
from lms.centres.forms import AgeForm, NameField, NameForm, PlaceForm, PlainForm
from lms.centres.models import Consent, Device


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
