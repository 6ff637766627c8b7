"""Two questions for a lesson, asked of the author in a form that looks like the questions themselves."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from courses.authoring.patterns.form import new_block

LETTERS = ("1", "2", "3")
WHY = _("Why is it so? Learners read this after they answered.")


def words(label, example="", rows=2, most=500):
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=example, required=False, max_length=most, widget=widget)


class QuestionForm(forms.Form):
    """A question that may be left out; one that was begun is to be finished."""

    id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)  # sent twice, it is one question

    MISSING = {}  # {field: what is said where it is empty}

    def clean(self):
        cleaned = super().clean()
        if self.is_begun:
            for name, message in self.MISSING.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, message)
        return cleaned

    @property
    def is_begun(self):
        """Whether somebody filled in any of it."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.fields if name != "id")

    def new_block(self, kind, value):
        return new_block(kind, value, self.cleaned_data["id"])


class TrueFalseForm(QuestionForm):
    statement = words(_("A sentence that is true, or not"), _("For example: Bananas dry faster with the skin on."))
    answer = forms.ChoiceField(
        label=_("Is it so?"),
        choices=[("true", _("True"))] + [("false", _("Not true"))],
        required=False,
        widget=forms.RadioSelect,
    )
    why = words(WHY, most=1000)

    MISSING = {
        "statement": _("Write the sentence."),
        "answer": _("Mark whether it is true."),
        "why": _("Say in a sentence why, so that one learns from the answer."),
    }

    def block(self):
        said = self.cleaned_data
        value = {"statement": said["statement"], "answer": said["answer"] == "true", "explanation": said["why"]}
        return self.new_block("true_false", value)


class ChoiceForm(QuestionForm):
    question = words(_("The question"), _("For example: When are the bananas dry enough?"))
    choice1 = words(_("First answer"), rows=0, most=300)
    choice2 = words(_("Second answer"), rows=0, most=300)
    choice3 = words(_("Third answer"), rows=0, most=300)
    right = forms.ChoiceField(
        label=_("Which one is right?"), choices=[(n, n) for n in LETTERS], required=False, widget=forms.RadioSelect
    )
    why = words(WHY, most=1000)

    MISSING = {
        "question": _("Write the question."),
        "choice1": _("Write this answer."),
        "choice2": _("Write this answer."),
        "right": _("Mark the answer that is right."),
        "why": _("Say in a sentence why, so that one learns from the answer."),
    }

    def clean(self):
        cleaned = super().clean()
        right = cleaned.get("right")
        if right and not cleaned.get(f"choice{right}") and f"choice{right}" not in self.errors:
            self.add_error("right", ValidationError(_("The answer you marked is empty. Write it, or mark another.")))
        return cleaned

    @property
    def rows(self):
        """Each answer beside its mark, as a learner sees them."""
        marks = {mark.data["value"]: mark for mark in self["right"]}
        return [(marks[letter], self[f"choice{letter}"]) for letter in LETTERS]

    def block(self):
        said = self.cleaned_data
        choices = [
            {"text": text, "correct": letter == said["right"], "explanation": said["why"]}
            for letter in LETTERS
            if (text := said[f"choice{letter}"])
        ]
        items = [new_block("item", choice) for choice in choices]
        return self.new_block("single_choice", {"question": said["question"], "choices": items})
