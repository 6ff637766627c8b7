"""What an author is told and shown of each activity before choosing it; see cms/block_help.py."""

from django.utils.translation import gettext_lazy as _

WHY = _("The skin keeps the water inside.")

DESCRIPTIONS = {
    "single_choice": _("A learner reads a question and taps one of several answers. Then they read why it is right."),
    "multiple_choice": _("A learner taps all answers that are right; there may be several."),
    "true_false": _("A learner reads a sentence and says whether it is so. The quickest question to write."),
    "ordering": _("A learner puts shuffled lines in the right order. Good for how something is made."),
    "matching": _("A learner finds what belongs together: a tool and its use, a word and what it means."),
    "fill_in": _("A learner types a word that is missing. Write every spelling that counts as right."),
    "number": _("A learner works out a number and types it. Good for prices and amounts."),
    "reflection": _("A learner thinks and writes for themselves. Nothing is right or wrong; only they see it."),
    "task": _("A learner does something with their hands and ticks what is done. You or they themselves look at it."),
}

EXAMPLES = {
    "single_choice": {
        "question": _("When are the bananas dry enough?"),
        "choices": [
            {"text": _("After one day"), "correct": False, "explanation": ""},
            {"text": _("When no water comes out"), "correct": True, "explanation": WHY},
            {"text": _("When they are black"), "correct": False, "explanation": ""},
        ],
    },
    "multiple_choice": {
        "question": _("What is needed?"),
        "choices": [
            {"text": _("Ripe bananas"), "correct": True, "explanation": ""},
            {"text": _("Salt"), "correct": True, "explanation": ""},
            {"text": _("Ice"), "correct": False, "explanation": ""},
        ],
    },
    "true_false": {"statement": _("Bananas dry faster with the skin on."), "answer": False, "explanation": WHY},
    "ordering": {
        "question": _("What comes first?"),
        "items": [_("Peel the bananas."), _("Wash them in salt water."), _("Dry them for five days.")],
        "explanation": WHY,
    },
    "matching": {
        "question": _("What is it for?"),
        "pairs": [{"left": _("Salt"), "right": _("to wash")}, {"left": _("Tray"), "right": _("to dry on")}],
        "explanation": WHY,
    },
    "fill_in": {"question": _("Wash them in … water."), "answers": [_("salt")], "explanation": WHY},
    "number": {
        "question": _("Bananas 40, salt 5, gas 15: what do they cost together?"),
        "answer": "60",
        "tolerance": "0",
        "unit": _("baht"),
        "explanation": WHY,
    },
    "reflection": {"question": _("Who in your house still knows this?"), "hint": ""},
    "task": {
        "title": _("Dry one hand of bananas"),
        "instructions": _("Do it at home and bring them along."),
        "checklist": [_("Peeled"), _("Dried")],
        "observed_by": "caretaker",
    },
}

ICONS = {
    "single_choice": "radio-full",
    "multiple_choice": "tasks",
    "true_false": "sala-true-false",
    "ordering": "order",
    "matching": "sala-match",
    "fill_in": "sala-gap",
    "number": "decimal",
    "reflection": "comment",
    "task": "sala-hand",
}
