"""What caretakers type: a new learner, a code of digits, a machine's name."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.accounts import thai
from lms.accounts.codes import is_easily_guessed, pin_code
from lms.accounts.models import SecretCode, User
from lms.centres.models import Device

EASY_PIN = _("This one is easily guessed. Choose digits that others would not try first.")


class NameField(forms.CharField):
    """A name with something to see in it, in one spelling."""

    def clean(self, value):
        name = thai.normalise(super().clean(value))
        if self.required and not name:
            raise forms.ValidationError(self.error_messages["required"])
        return name


class PlainForm(forms.Form):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)


class RegistrationForm(PlainForm):
    """A learner in under a minute. `id` is made with the empty form: sending it twice makes one person."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    name = NameField(label=_("Name to call"), max_length=60, help_text=_("As everybody calls them, like ป้าสมศรี"))
    family_name = NameField(
        label=_("Family name or house"),
        max_length=60,
        required=False,
        help_text=_("Only where two share a name; may be left empty"),
    )
    age_band = forms.ChoiceField(label=_("Age"), choices=User.AgeBand, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language"), choices=User.Language, widget=forms.RadioSelect, initial="th")
    kind = forms.ChoiceField(
        label=_("Secret code"), choices=SecretCode.Kind, widget=forms.RadioSelect, initial=SecretCode.Kind.PICTURES
    )
    another = forms.BooleanField(label=_("Yes, this is another person"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("name", "family_name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"

    def clean_id(self):
        if self.cleaned_data["id"].version != 7:
            raise forms.ValidationError(_("Open this form again and fill it in once more."))
        return self.cleaned_data["id"]


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


class DeviceForm(PlainForm):
    """The name under which a machine is known at its centre."""

    name = NameField(label=_("Name of this machine"), max_length=40, help_text=_("As it is called here, like เครื่อง 1"))

    def __init__(self, *args, centre, **kwargs):
        super().__init__(*args, **kwargs)
        self.centre = centre
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Device.objects.bound().filter(centre=self.centre, name=name).exists():
            raise forms.ValidationError(_("Another machine here has this name. Choose another."))
        return name
