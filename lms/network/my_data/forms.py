"""What a learner may ask about their data."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.centres.forms import PlainForm
from lms.centres.models import DataRequest

Kind = DataRequest.Kind
KINDS = [(Kind.COPY, _("a copy on paper")), (Kind.CORRECT, Kind.CORRECT.label), (Kind.OBJECT, Kind.OBJECT.label)]


class WordsField(forms.CharField):
    def __init__(self, **kwargs):
        area = forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})
        super().__init__(max_length=500, required=False, widget=area, **kwargs)


class RequestForm(PlainForm):
    kind = forms.ChoiceField(label=_("What do you ask for?"), choices=KINDS, widget=forms.RadioSelect)
    words = WordsField(label=_("In your own words"), help_text=_("May be left empty"))


class ErasureForm(PlainForm):
    sure = forms.BooleanField(
        label=_("Yes, I ask to be erased"), error_messages={"required": _("Tick this if you really want it.")}
    )
    words = WordsField(label=_("In your own words"), help_text=_("May be left empty"))

    def clean(self):
        return super().clean() | {"kind": Kind.ERASE}
