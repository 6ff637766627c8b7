"""The authors' vocabulary: what a lesson asks. A block's own id is the activity's id.

Names of blocks and of their fields are stored with every lesson: they are not renamed.
Each kind is graded by courses.grading from the same shape as it is stored in.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from cms.block_help import explain
from cms.blocks import ContentBlock, Fields
from courses import block_help

EXPLAIN = _("Kind words that say why. A learner reads them after answering.")


class ChoiceBlock(Fields):
    text = blocks.CharBlock(max_length=300)
    correct = blocks.BooleanBlock(required=False)
    explanation = blocks.TextBlock(required=False, help_text=EXPLAIN)

    class Meta:
        form_classname = "struct-block asks-choice"  # css/studio/questions.css lets a form look like its question


class ActivityBlock(Fields):
    """What every activity shares; courses.rendering draws it for a learner."""

    class Meta:
        icon = "help"
        form_classname = "struct-block asks"
        preview_template = "courses/block_preview.html"

    def get_preview_context(self, value, parent_context=None):
        """As a learner sees it who has not answered."""
        from courses.rendering import draw_example

        return super().get_preview_context(value, parent_context) | {"drawn": draw_example(self.name, value)}


def _problem(message):
    return blocks.StructBlockValidationError(non_block_errors=[message])


class SingleChoiceBlock(ActivityBlock):
    question = blocks.TextBlock()
    choices = blocks.ListBlock(ChoiceBlock(), min_num=2, max_num=8)

    def clean(self, value):
        value = super().clean(value)
        if sum(choice["correct"] for choice in value["choices"]) != 1:
            raise _problem(_("Mark exactly one choice as right."))
        return value


class MultipleChoiceBlock(ActivityBlock):
    question = blocks.TextBlock()
    choices = blocks.ListBlock(ChoiceBlock(), min_num=2, max_num=10)

    def clean(self, value):
        value = super().clean(value)
        if not any(choice["correct"] for choice in value["choices"]):
            raise _problem(_("Mark at least one choice as right."))
        return value


class TrueFalseBlock(ActivityBlock):
    statement = blocks.TextBlock()
    answer = blocks.BooleanBlock(required=False, help_text=_("Tick it if the statement is true."))
    explanation = blocks.TextBlock(help_text=EXPLAIN)


class OrderingBlock(ActivityBlock):
    question = blocks.TextBlock()
    items = blocks.ListBlock(
        blocks.CharBlock(max_length=300),
        min_num=2,
        max_num=8,
        help_text=_("In the right order; learners see them shuffled."),
    )
    explanation = blocks.TextBlock(help_text=EXPLAIN)


class PairBlock(Fields):
    left = blocks.CharBlock(max_length=300)
    right = blocks.CharBlock(max_length=300)

    class Meta:
        form_classname = "struct-block asks-pair"


class MatchingBlock(ActivityBlock):
    question = blocks.TextBlock()
    pairs = blocks.ListBlock(PairBlock(), min_num=2, max_num=8)
    explanation = blocks.TextBlock(help_text=EXPLAIN)


class FillInBlock(ActivityBlock):
    question = blocks.TextBlock()
    answers = blocks.ListBlock(
        blocks.CharBlock(max_length=200), min_num=1, help_text=_("Every answer that counts as right.")
    )
    explanation = blocks.TextBlock(help_text=EXPLAIN)


class NumberBlock(ActivityBlock):
    question = blocks.TextBlock()
    answer = blocks.DecimalBlock(max_digits=14, decimal_places=4)
    tolerance = blocks.DecimalBlock(max_digits=14, decimal_places=4, min_value=0, default=0)
    unit = blocks.CharBlock(max_length=40, required=False)
    explanation = blocks.TextBlock(help_text=EXPLAIN)


class ReflectionBlock(ActivityBlock):
    """Nothing is right or wrong here."""

    question = blocks.TextBlock()
    hint = blocks.TextBlock(required=False)


class TaskBlock(ActivityBlock):
    """ลงมือทำ: something to do with one's hands, seen by the caretaker or by oneself."""

    title = blocks.CharBlock(max_length=200)
    instructions = blocks.TextBlock()
    checklist = blocks.ListBlock(blocks.CharBlock(max_length=300), min_num=1)
    observed_by = blocks.ChoiceBlock(choices=[("caretaker", _("caretaker")), ("self", _("the learner"))])


class LessonBlock(ContentBlock):
    """A lesson's body: everything it says and everything it asks."""

    single_choice = SingleChoiceBlock()
    multiple_choice = MultipleChoiceBlock()
    true_false = TrueFalseBlock()
    ordering = OrderingBlock()
    matching = MatchingBlock()
    fill_in = FillInBlock()
    number = NumberBlock()
    reflection = ReflectionBlock()
    task = TaskBlock()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        explain(self.child_blocks, block_help.DESCRIPTIONS, block_help.EXAMPLES, {}, block_help.ICONS)
