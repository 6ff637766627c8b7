"""What centres announce; upper layers listen."""

from django.dispatch import Signal

homes_given = Signal()  # sent with learners=[pks], in the transaction in which they were given a home centre
