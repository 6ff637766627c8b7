"""What is told upwards, to whoever listens."""

from django.dispatch import Signal

events_judged = Signal()  # sent with verdicts=, when what is accepted is on disk
