"""The authors' vocabulary: what a lesson says. What a lesson asks is in courses/blocks.py.

Names of blocks and of their fields are stored with every lesson: they are not renamed.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from cms.block_help import explain

MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


# One word for one thing: the same name is the same thing in every block.
NAMES = {
    "heading": _("Heading"),
    "text": _("Text"),
    "steps": _("Steps"),
    "picture": _("Picture"),
    "table": _("Table"),
    "tip": _("A good way"),
    "warning": _("Take care"),
    "example": _("For example"),
    "fact": _("Fact that can change"),
    "audio": _("Sound"),
    "video": _("Film"),
    "document": _("Document"),
    "file": _("File"),
    "title": _("Title"),
    "caption": _("Words under it"),
    "captions": _("Words on the film"),
    "transcript": _("In words"),
    "head": _("Head of the table"),
    "rows": _("Rows"),
    "checked": _("Last checked"),
    "owner": _("Who can confirm it"),
    "recheck": _("Waits to be confirmed"),
    "single_choice": _("Choose one"),
    "multiple_choice": _("Choose several"),
    "true_false": _("True or not"),
    "ordering": _("Put in order"),
    "matching": _("Match pairs"),
    "fill_in": _("Fill in a word"),
    "number": _("Work out a number"),
    "reflection": _("Think it over"),
    "task": _("Try it yourself"),
    "question": _("Question"),
    "statement": _("Statement"),
    "choices": _("Choices"),
    "correct": _("Right"),
    "explanation": _("Explanation"),
    "items": _("Items"),
    "pairs": _("Pairs"),
    "left": _("Left"),
    "right": _("Goes with"),
    "answer": _("Right answer"),
    "answers": _("Right answers"),
    "tolerance": _("May differ by"),
    "unit": _("Unit"),
    "hint": _("Hint"),
    "instructions": _("What to do"),
    "checklist": _("Checklist"),
    "observed_by": _("Who looks at it"),
}


class Fields(blocks.StructBlock):
    """A block of several fields, named in the author's language.

    The names are put on here and not in the blocks' own arguments, so that no migration holds them.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_fields(self.child_blocks)


def name_fields(child_blocks):
    for name, block in child_blocks.items():
        if name in NAMES:
            block.label = NAMES[name]


class PictureBlock(Fields):
    image = ImageChooserBlock(label=_("picture"))
    alt = blocks.CharBlock(label=_("what it shows"), max_length=200, help_text=_("For those who cannot see it."))
    caption = blocks.CharBlock(label=_("words under it"), max_length=300, required=False)

    class Meta:
        icon = "image"
        template = "cms/blocks/picture.html"


class StepsBlock(blocks.ListBlock):
    def __init__(self, **kwargs):
        super().__init__(blocks.CharBlock(max_length=500), **kwargs)

    class Meta:
        icon = "list-ol"
        template = "cms/blocks/steps.html"


class TableBlock(Fields):
    """A small table. Every row has as many cells as the head."""

    caption = blocks.CharBlock(required=False, max_length=200)
    head = blocks.ListBlock(blocks.CharBlock(max_length=200))
    rows = blocks.ListBlock(blocks.ListBlock(blocks.CharBlock(max_length=500, required=False)))

    class Meta:
        icon = "table"
        template = "cms/blocks/table.html"

    def clean(self, value):
        value = super().clean(value)
        if any(len(row) != len(value["head"]) for row in value["rows"]):
            message = _("Each row needs as many cells as the head has.")
            raise blocks.StructBlockValidationError(non_block_errors=[message])
        return value


class FactBlock(Fields):
    """Something that can change: who confirms it, and when it was last looked at."""

    text = blocks.TextBlock()
    checked = blocks.CharBlock(max_length=7, help_text=_("Year and month it was last checked, as 2026-11."))
    owner = blocks.CharBlock(max_length=200, help_text=_("Who can confirm it."))
    recheck = blocks.BooleanBlock(required=False, help_text=_("Must be confirmed before publishing."))

    class Meta:
        icon = "calendar-check"
        template = "cms/blocks/fact.html"

    def clean(self, value):
        value = super().clean(value)
        if not MONTH.fullmatch(value["checked"]):
            message = ValidationError(_("Write the year and the month as 2026-11."))
            raise blocks.StructBlockValidationError(block_errors={"checked": message})
        return value


class AudioBlock(Fields):
    file = DocumentChooserBlock()
    transcript = blocks.TextBlock(help_text=_("The same in words, for those who cannot hear it."))

    class Meta:
        icon = "media"
        template = "cms/blocks/audio.html"


class VideoBlock(Fields):
    file = DocumentChooserBlock()
    captions = DocumentChooserBlock(required=False, help_text=_("WebVTT file."))
    transcript = blocks.TextBlock(help_text=_("The same in words, for those who cannot see or hear it."))

    class Meta:
        icon = "media"
        template = "cms/blocks/video.html"


class DocumentBlock(Fields):
    file = DocumentChooserBlock()
    title = blocks.CharBlock(max_length=200)

    class Meta:
        icon = "doc-full"
        template = "cms/blocks/document.html"


def _words(template, icon, max_length=3000):
    return blocks.TextBlock(max_length=max_length, template=f"cms/blocks/{template}.html", icon=icon)


class ContentBlock(blocks.StreamBlock):
    """Everything a lesson can say."""

    heading = blocks.CharBlock(max_length=200, template="cms/blocks/heading.html", icon="title")
    text = _words("text", "pilcrow", 6000)
    steps = StepsBlock()
    picture = PictureBlock()
    table = TableBlock()
    tip = _words("tip", "help")
    warning = _words("warning", "warning")
    example = _words("example", "openquote")
    fact = FactBlock()
    audio = AudioBlock()
    video = VideoBlock()
    document = DocumentBlock()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_fields(self.child_blocks)
        explain(self.child_blocks)
