"""What is told upwards, to whoever listens."""

from django.dispatch import Signal

left_out = Signal()  # sent with part=: a replica's alias, or "cache", which did not answer and is left out for a while
