"""Rows of tests/test_access_matrix.py for the ministry's pages, and for questions about figures at the centre's desk.

The signs are explained there.
"""

from datetime import date

from courses.models import Oddity

ODDITY = "desk/oddities/<uuid:oddity>/"

#                                                 nobody learner caretaker other core retired ministry root
MINISTRY_ROWS = {
    ("GET", "desk/oddities/"):                   ">      -       .         .     .    -       -        -",
    ("GET", "desk/oddities/?centre=<slug:code>"): ">>    --      .-        -.    .-   --      --       --",
    ("GET", ODDITY):                             ">>     --      .-        -.    .-   --      --       --",
    ("POST", ODDITY):                            ">>     --      ?-        -?    --   --      --       --",
    ("GET", "ministry/oddities/"):               ">      -       -         -     -    -       .        .",
    ("GET", "ministry/oddities.csv"):            ">      -       -         -     -    -       .        .",
    ("GET", "ministry/"):                        ">      -       -         -     .    -       .        .",
    ("GET", "ministry/completions.csv"):         ">      -       -         -     .    -       .        .",
    ("GET", "ministry/audit/"):                  ">      -       -         -     -    -       .        .",
    ("GET", "ministry/audit.csv"):               ">      -       -         -     -    -       .        .",
    ("GET", "ministry/tokens/"):                 ">      -       -         -     -    -       .        .",
    ("POST", "ministry/tokens/"):                ">      -       -         -     -    -       ?        ?",
    ("POST", "ministry/tokens/<int:token>/"):    ">      -       -         -     -    -       -        -",
    ("GET", "ministry/requests/"):                ">      -       -         -     -    -       .        .",
}  # fmt: skip


def oddity_of(centre, learner):
    """What the address of a question is filled in with."""
    seen = {"times": 3, "seconds": 9, "minutes": 10}
    oddity = Oddity.objects.create(
        kind="fast", centre=centre, day=date(2026, 11, 23), subject=learner.pk, learner=learner, evidence=seen
    )
    return {"<uuid:oddity>": oddity.pk}
