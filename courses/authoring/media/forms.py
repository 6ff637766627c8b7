"""What is asked of who sends something: little, and in the words of who will read it."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.films import check_film
from courses.forms import parts_by_first_words
from courses.models import LessonPage

ANSWERED = {"required": _("Choose a file first.")}


class PutForm(forms.Form):
    """Something new in the lesson. `block` is made with the page, so that what is sent twice is there once."""

    block = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    after = forms.ChoiceField(label=_("Where"), required=False)

    def __init__(self, *args, draft, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = [("", _("At the end")), *_behind(draft)]

    def clean_after(self):
        return uuid.UUID(self.cleaned_data["after"]) if self.cleaned_data["after"] else None


def _behind(draft):
    return [(block, _("After %(part)s") % {"part": words}) for block, words in parts_by_first_words(draft)]


class PhotoForm(PutForm):
    taken = forms.FileField(
        label=_("Take a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "capture": "environment", "data-photo": ""}),
    )
    file = forms.FileField(
        label=_("Or choose one that you have"),
        help_text=_("It is made small, and the place and time in it are taken out."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*", "data-photo": ""}),
    )
    alt = forms.CharField(
        label=_("What it shows"),
        max_length=200,
        help_text=_("For those who cannot see it, such as: aunt Daeng turns the bananas on a bamboo tray."),
    )
    caption = forms.CharField(label=_("Words under it"), max_length=300, required=False)

    field_order = ["taken", "file", "alt", "caption", "after"]

    def clean(self):
        """The one that was taken or chosen is `file`."""
        cleaned = super().clean()
        cleaned["file"] = cleaned.get("taken") or cleaned.get("file")
        if not cleaned["file"] and not self.errors.keys() & {"taken", "file"}:
            self.add_error("file", ANSWERED["required"])
        return cleaned


class VoiceForm(forms.Form):
    file = forms.FileField(
        label=_("A recording from the phone's own recorder"),
        error_messages=ANSWERED,
        widget=forms.FileInput(attrs={"accept": "audio/*", "data-voice": ""}),
    )


class StoryForm(PutForm, VoiceForm):
    transcript = forms.CharField(
        label=_("The same in words"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For those who cannot hear it. The most important is enough."),
    )

    field_order = ["file", "transcript", "after"]


class FilmForm(PutForm):
    file = forms.FileField(
        label=_("Film"),
        error_messages=ANSWERED,
        widget=forms.FileInput(attrs={"accept": "video/*", "data-film": ""}),
    )
    transcript = forms.CharField(
        label=_("The same in words"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For those who cannot see or hear it. The most important is enough."),
    )

    field_order = ["file", "transcript", "after"]

    def clean_file(self):
        check_film(self.cleaned_data["file"])
        return self.cleaned_data["file"]


class CreditForm(forms.Form):
    credit = forms.CharField(
        label=_("Whose knowledge is it?"),
        max_length=200,
        required=False,
        help_text=_("Shown at the lesson's end. Leave it empty if it is everybody's."),
    )
    credit_consent = forms.BooleanField(
        label=_("They agreed that their name, picture and voice are shown."), required=False
    )
    licence = forms.ChoiceField(
        label=_("Who may use it?"), choices=LessonPage.Licence.choices, widget=forms.RadioSelect
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("credit") and not cleaned.get("credit_consent"):
            self.add_error("credit_consent", _("Ask them first. Without their yes, leave their name out."))
        return cleaned
