"""The form of a question: the very block's own, as it is in a lesson, and the centre that keeps it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock
from wagtail.blocks.base import BlockField

from courses.authoring.bank.questions import as_stored, asked, blocks, words_of
from courses.models import BankQuestion
from lms.centres.models import Centre

MOST_ITEMS = 100  # of a list; a question has ten at most
UNREADABLE = _("This form did not arrive whole. Please fill it in once more.")


class CentreField(forms.ModelChoiceField):
    """Of the centres that one writes for; not asked of whoever has but one."""

    def __init__(self, centres, **kwargs):
        centres = list(centres)
        own = Centre.objects.filter(pk__in=[centre.pk for centre in centres])
        super().__init__(own, label=_("Centre"), empty_label=None, **kwargs)
        self.only = centres[0] if len(centres) == 1 else None
        self.required = self.only is None
        if self.only:
            self.widget = forms.HiddenInput()

    def label_from_instance(self, centre):
        return centre.name

    def clean(self, value):
        return self.only or super().clean(value)


class QuestionForm(forms.Form):
    """`question` is one that is there, or a new one with its kind."""

    def __init__(self, question, centres, data=None):
        self.question, self.block = question, blocks()[question.kind]
        if data is not None and not _is_whole(data, self.block):
            data = None
            self.unreadable = UNREADABLE
        value = self.block.to_python(question.value) if question.value else _empty(self.block)
        super().__init__(data, initial={"value": value, "centre": question.centre_id})
        if question._state.adding:
            self.fields["centre"] = CentreField(centres)
        self.fields["value"] = BlockField(self.block, label="")

    unreadable = ""

    def draft(self):
        """What is filled in so far, however little."""
        return self["value"].value()

    def save(self, user):
        question = self.question
        if "centre" in self.cleaned_data:
            question.centre = self.cleaned_data["centre"]
            question.created_by = user
        fill(question, as_stored(question.kind, self.cleaned_data["value"]))
        question.save()
        return question


def fill(question, stored):
    question.value, question.title = stored, asked(stored)[:200]
    question.search_text = words_of(stored)


def make(centre, user, kind, stored, **fields):
    question = BankQuestion(centre=centre, created_by=user, kind=kind, **fields)
    fill(question, stored)
    return question


def _empty(block):
    """With as many rows in each list as it must have, so that nobody has to look for how to add them."""
    value = block.get_default()
    for name, child in block.child_blocks.items():
        if isinstance(child, ListBlock):
            row = child.child_block.get_prep_value(child.child_block.get_default())
            value[name] = child.to_python([row] * max(child.meta.min_num or 1, 1))
    return value


def _is_whole(data, block):
    """Whether the block can read it: Wagtail's lists trust the numbers that a form sends with them."""
    counts = [value for name, value in data.items() if name.endswith("-count")]
    if any(not value.isascii() or not value.isdigit() or int(value[:9]) > MOST_ITEMS for value in counts):
        return False
    try:
        block.value_from_datadict(data, {}, "value")
    except (KeyError, TypeError, ValueError, ValidationError):
        return False
    return True
