"""A pattern's questions as a form, and its answers as the blocks of a lesson."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from cms.photos import store_photo
from courses.authoring.patterns.kinds import LINE, LIST, PHOTO, PHOTO_WORDS, WORDS

LONGEST = {LINE: 200, WORDS: 3000, LIST: 3000, PHOTO_WORDS: 200}
LONGEST_LINE = 500  # of cms.blocks.StepsBlock


class ListField(forms.CharField):
    """One thing a line."""

    def clean(self, value):
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        lines = [line for line in lines if line]
        for place, line in enumerate(lines, start=1):
            if len(line) > LONGEST_LINE:
                raise ValidationError(_("Line %(n)d is too long. Make two of it."), params={"n": place})
        return lines


def field_of(ask):
    """A field with its example as help. What is asked for has words of its own where it is missing."""
    told = {"label": ask.label, "help_text": ask.example, "required": ask.is_needed}
    told["error_messages"] = {"required": _("This is the heart of the lesson: write a few words here.")}
    if ask.kind == PHOTO:
        camera = forms.FileInput(attrs={"accept": "image/*", "data-photo": ""})
        return forms.FileField(widget=camera, **told)
    rows = {WORDS: 3, LIST: 4}.get(ask.kind)
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    kind = ListField if ask.kind == LIST else forms.CharField
    return kind(widget=widget, max_length=LONGEST[ask.kind], **told)


class PatternForm(forms.Form):
    """A photo that arrived is stored at once, and `kept` names it: a form with errors need not send it again."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)  # sent twice, it is one lesson

    def __init__(self, pattern, places, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.pattern, self.places, self.user, self.kept = pattern, places, user, None
        if places.is_asked:  # on the page before
            self.fields["place"] = forms.ChoiceField(
                label=_("Which course is it for?"), choices=places.choices, widget=forms.HiddenInput
            )
        for ask in pattern.asks:
            self.fields[ask.name] = field_of(ask)

    def clean(self):
        cleaned = super().clean()
        if "place" in self.errors:  # it was among them when the form was opened
            self.fields["place"].widget = forms.Select(choices=self.places.choices)
        self.kept = self._stored(cleaned.get("photo")) or self._kept_before()
        if self.kept and not cleaned.get("photo_words"):
            self.add_error("photo_words", _("Say what the photo shows, for those who cannot see it."))
        return cleaned

    def _stored(self, upload):
        if not upload:
            return None
        title = self.cleaned_data.get("photo_words") or self.cleaned_data.get("title") or upload.name
        try:
            return store_photo(upload, self._centre(), self.user, title)
        except ValidationError as refused:
            self.add_error("photo", refused)
            return None

    def _kept_before(self):
        """The photo of an earlier try; only one's own."""
        kept = self.data.get("kept", "")
        if not kept.isdecimal() or len(kept) > 18 or self.data.get("without_photo"):
            return None
        return get_image_model().objects.filter(pk=kept, uploaded_by_user=self.user).first()

    def _centre(self):
        return self.places.centre_of(self.place)

    @property
    def place(self):
        """The chosen place, or the only one."""
        if "place" in self.fields:
            return self.cleaned_data.get("place")
        return self.places.choices[0][0]

    @property
    def place_name(self):
        return self.places.name_of(self["place"].value()) if "place" in self.fields else None

    @property
    def title(self):
        return self.cleaned_data["title"]

    def blocks(self):
        """The lesson's body, in the order of the questions; what was left empty is left out."""
        return [block for ask in self.pattern.asks for block in self._blocks_of(ask)]

    def _blocks_of(self, ask):
        value = self._value_of(ask)
        if not value:
            return
        if ask.heading:
            yield new_block("heading", str(ask.heading))
        yield new_block(ask.block, value)

    def _value_of(self, ask):
        """As the block stores it."""
        said = self.cleaned_data.get(ask.name)
        if not ask.block:
            return None
        if ask.kind == PHOTO:
            return self.kept and {"image": self.kept.pk, "alt": self.cleaned_data["photo_words"], "caption": ""}
        if ask.block == "reflection":
            return said and {"question": said, "hint": ""}
        if ask.block == "steps":
            return said and [{"type": "item", "value": line, "id": str(uuid.uuid4())} for line in said]
        return "\n".join(said) if ask.kind == LIST else said

    def fields_of_lesson(self):
        """What the lesson's page itself holds."""
        alt = self.cleaned_data.get("photo_words", "")
        picture = {"picture": self.kept, "picture_alt": alt} if self.kept else {}
        return {"title": self.title, "key": self.cleaned_data["key"] or uuid.uuid4()} | picture


def new_block(kind, value, key=None):
    """A block with an id of its own, which an activity keeps for good."""
    return {"type": kind, "value": value, "id": str(key or uuid.uuid4())}
