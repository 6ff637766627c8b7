"""What is written in a review: words to the author, and comments on parts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import LessonReview, ReviewComment


class WordsForm(forms.ModelForm):
    class Meta:
        model = LessonReview
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"words": _("Say first what is good, then what to mend.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["words"].required = True
        self.fields["words"].error_messages["required"] = _("Write a few words, so that they know what to mend.")


class CommentForm(forms.ModelForm):
    """On one part of the lesson, or on the whole."""

    class Meta:
        model = ReviewComment
        fields = ["words", "block"]
        widgets = {"words": forms.Textarea(attrs={"rows": 2}), "block": forms.HiddenInput}
        error_messages = {"words": {"required": _("Write a few words, so that they know what to mend.")}}

    def __init__(self, *args, parts=(), **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["block"].required = False
        self.parts = parts

    def clean_block(self):
        """A part that is not in this version is none; the words are kept, for the whole lesson."""
        block = self.cleaned_data["block"]
        return block if str(block) in self.parts else None
