"""What is typed by newcomers, and by caretakers for them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.accounts import thai
from lms.accounts.codes import is_easily_guessed, pin_code
from lms.accounts.models import SecretCode, User
from lms.centres.models import Subdistrict

EASY_PIN = _("This one is easily guessed. Choose digits that others would not try first.")


class NameField(forms.CharField):
    """A name with something to see in it, in one spelling."""

    def clean(self, value):
        name = thai.normalise(super().clean(value))
        if self.required and not name:
            raise forms.ValidationError(self.error_messages["required"])
        return name

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"autocomplete": "off"}


def typed(request):
    """What a form is bound to: nothing, where the page is only opened."""
    return request.POST if request.method == "POST" else None


class PlainForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class NameForm(PlainForm):
    """How to call a newcomer, and what tells them apart."""

    name = NameField(
        label=_("Name to call"),
        max_length=60,
        help_text=_("As everybody calls them, like ป้าสมศรี"),
        widget=forms.TextInput({"autofocus": True}),
    )
    family_name = NameField(
        label=_("Family name or house"),
        max_length=60,
        required=False,
        help_text=_("Only where two share a name; may be left empty"),
    )


class AgeForm(PlainForm):
    age_band = forms.ChoiceField(label=_("Age"), choices=User.AgeBand, widget=forms.RadioSelect)


class PlaceForm(PlainForm):
    """The subdistrict where somebody lives; the centre's own where none is told."""

    subdistrict = forms.ModelChoiceField(
        Subdistrict.objects.all(),
        label=_("Subdistrict where they live"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of these subdistricts.")},
    )

    def __init__(self, *args, centre, **kwargs):
        super().__init__(*args, **kwargs)
        self.centre = centre

    def clean_subdistrict(self):
        return self.cleaned_data["subdistrict"] or self.centre.subdistrict


class PinForm(PlainForm):
    """Six digits, typed twice by the learner."""

    pin = forms.CharField(label=_("Six digits"), max_length=40, widget=forms.PasswordInput)
    again = forms.CharField(label=_("The same digits again"), max_length=40, widget=forms.PasswordInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs |= {"inputmode": "numeric", "autocomplete": "off", "class": "pin"}

    def clean_pin(self):
        code = pin_code(self.cleaned_data["pin"])
        if code is None:
            raise forms.ValidationError(_("Type six digits."))
        if is_easily_guessed(SecretCode.Kind.PIN, code):
            raise forms.ValidationError(EASY_PIN)
        return code

    def clean(self):
        first, again = self.cleaned_data.get("pin"), self.cleaned_data.get("again")
        if first and again and pin_code(again) != first:
            self.add_error("again", _("These are other digits than above. Type them once more."))
