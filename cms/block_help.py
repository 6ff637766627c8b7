"""What an author is told and shown of a block before choosing it: what a learner will see, and a small example.

Put onto the blocks here and not in their arguments, so that no migration holds them. Activities are in
courses/block_help.py.
"""

from functools import partial

from django.utils.translation import gettext_lazy as _

DESCRIPTIONS = {
    "heading": _("A learner sees a big line that says what comes next. Good before each new thought."),
    "text": _("A learner reads a paragraph. Three or four short sentences are enough; an empty line begins a new one."),
    "steps": _("A learner sees numbered steps, one under the other, and does one after the other."),
    "picture": _("A learner sees your photo with a line under it. Who cannot see it hears what it shows."),
    "table": _("A learner sees a small table, such as prices or times. On a phone three columns are the most."),
    "tip": _("A learner sees a yellow box with a lamp: a trick that makes it easier."),
    "warning": _(
        "A learner sees a red-brown box with a warning sign. Only for real danger: money, health, electricity."
    ),
    "example": _("A learner sees a box with a story from life: somebody here, and what they did."),
    "fact": _("A learner sees a box with a fact that can change, when it was last checked, and who can confirm it."),
    "audio": _("A learner hears a recording: a song, an interview. The same words can be read below."),
    "video": _("A learner sees a short film. It needs much data: keep it under three minutes."),
    "document": _("A learner gets a button to download a file, such as a form to print."),
}

# As the blocks store them; what needs a file of the library has a template of its own that shows one of ours.
EXAMPLES = {
    "heading": _("How to make it"),
    "text": _("Auntie Daeng dries bananas when they are cheap. They keep for a month and taste like honey."),
    "steps": [_("Peel the bananas."), _("Wash them in salt water."), _("Dry them for five days.")],
    "table": {
        "caption": _("What it costs"),
        "head": [_("Thing"), _("Baht")],
        "rows": [[_("Bananas"), "40"], [_("Salt"), "5"]],
    },
    "tip": _("Press them flat on the third day, then they dry evenly."),
    "warning": _("Hot oil splashes. Keep children away from the stove."),
    "example": _("Uncle Kham wrote down every cost for a month. Then he saw where the money went."),
    "fact": {"text": _("Cyber police: call 1441"), "checked": "2026-11", "owner": _("Police"), "recheck": False},
}
TEMPLATES = {name: f"cms/block_previews/{name}.html" for name in ("picture", "audio", "video", "document")}

ICONS = {"text": "pilcrow", "tip": "sala-lamp", "example": "group", "audio": "sala-sound", "video": "sala-film"}


def spoken(value):
    """An example in the reader's language, at the moment when it is shown."""
    if isinstance(value, dict):
        return {name: spoken(part) for name, part in value.items()}
    if isinstance(value, list):
        return [spoken(part) for part in value]
    return value if isinstance(value, bool) else str(value)


def explain(child_blocks, descriptions=DESCRIPTIONS, examples=EXAMPLES, templates=TEMPLATES, icons=ICONS):
    """Tell each block what it is to say of itself in the window where one chooses among them."""
    for name, block in child_blocks.items():
        if name in descriptions:
            block.meta.description = descriptions[name]
        if name in examples:
            block.meta.preview_value = partial(spoken, examples[name])
        if name in templates:
            block.meta.preview_template = templates[name]
        if name in icons:
            block.meta.icon = icons[name]
