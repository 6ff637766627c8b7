"""What the studio asks of authors beyond a page's plain fields."""

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from cms.blocks import NAMES

FIRST_WORDS = 60
SAYS = ("heading", "text", "question", "statement", "title", "caption", "transcript")  # where a block's words begin


EDITORS_FIELDS = ("slug", "seo_title", "search_description", "show_in_menus", "go_live_at", "expire_at")


def find_named(form):
    from courses.authoring import named  # which asks the models, whose forms these are

    named.find(form)


class LearnableForm(WagtailAdminPageForm):
    """Authors need not think of an address: see Learnable. For a village's, Wagtail's tabs about it are not there."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.for_user and not _edits_national(self.for_user):
            for name in EDITORS_FIELDS:
                self.fields.pop(name, None)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        find_named(self)
        return super().clean()


def _edits_national(user):
    from courses.authoring.rights import edits_national  # which knows the models, and these know their forms

    return edits_national(user)


class ReadingForm(WagtailAdminModelForm):
    """A recording, and which part it reads, chosen by the part's first words."""

    def __init__(self, *args, parts=(), **kwargs):
        super().__init__(*args, **kwargs)
        if "block" not in self.fields:
            return
        known = {key for key, _words in parts}
        if self.instance.block and str(self.instance.block) not in known:
            parts = [*parts, (str(self.instance.block), _("(a part that is no longer there)"))]
        self.fields["block"] = forms.TypedChoiceField(
            choices=[("", _("Title, and what one can do afterwards")), *parts],
            coerce=str,
            empty_value=None,
            required=False,
            label=self.fields["block"].label,
        )

    def clean(self):
        find_named(self)
        return super().clean()


class ReadingsPanel(InlinePanel):
    def get_form_options(self):
        options = super().get_form_options()
        options["formsets"][self.relation_name] |= {"form": ReadingForm, "inherit_kwargs": ["for_user"]}
        return options


class LessonForm(LearnableForm):
    """Gives the recordings the lesson's parts to choose from."""

    TWICE = gettext_lazy("Two recordings read the same part. Keep one of them.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "readings" in self.formsets:
            self.formsets["readings"].form_kwargs["parts"] = parts_by_first_words(self.instance)

    def is_valid(self):
        return super().is_valid() and self._each_part_once()

    def _each_part_once(self):
        readings = self.formsets.get("readings")
        read = set()
        for form in readings.forms if readings else ():
            part = form.cleaned_data.get("block")
            if not form.cleaned_data or form.cleaned_data.get("DELETE"):
                continue
            if part in read:
                form.add_error("block", self.TWICE)
                return False
            read.add(part)
        return True


def parts_by_first_words(lesson):
    """[(block id, "Text: ป้าแดงทำกล้วยตาก…")] in the order of the lesson."""
    return [
        (str(block.id), f"{place}. {NAMES[block.block_type]}: {first_words(block.value)}")
        for place, block in enumerate(lesson.body, start=1)
        if block.id
    ]


def first_words(value):
    """Of a block of whatever kind."""
    if isinstance(value, str):
        return Truncator(" ".join(value.split())).chars(FIRST_WORDS)
    if hasattr(value, "get"):
        value = next((value[name] for name in SAYS if value.get(name)), "")
    elif len(value):
        value = value[0]
    return first_words(str(value))
