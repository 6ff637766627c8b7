"""Whose people a person looks after: the question under every list, so it is asked in plain SQL.

Built by Django's query builder the same condition cost more than all the rest of recording an event.
"""

from django.db.models.expressions import RawSQL
from django.utils import timezone

CARED_FOR = """
SELECT centre_id FROM centres_membership
WHERE user_id = %s AND role = 'caretaker' AND started_on <= %s AND (ended_on IS NULL OR ended_on >= %s)
UNION
SELECT charge.centre_id FROM centres_appointment
JOIN centres_appointment_centres charge ON charge.appointment_id = centres_appointment.id
WHERE user_id = %s AND started_on <= %s AND (ended_on IS NULL OR ended_on >= %s)
"""


ONLY_ONE = (
    f"SELECT centre_id FROM ({CARED_FOR}) cared_for WHERE centre_id = (SELECT id FROM centres_centre WHERE code = %s)"
)


def only_centre(user):
    """The code of the one centre that may be seen, of who comes with a token made for it; else nothing."""
    return getattr(user, "only_centre", "")


def sees_all(user):
    """A superuser, but not by a token that was made for one centre."""
    return user.is_superuser and not only_centre(user)


def centres_cared_for(user):
    """The pks of the centres that a person looks after today, as caretaker or as core member; of a visitor, none.

    Who comes with a token that was made for one centre looks after that one at most.
    """
    today = timezone.localdate().isoformat()
    asked = [user.pk and user.pk.hex, today, today] * 2
    only = only_centre(user)
    return RawSQL(ONLY_ONE, [*asked, only]) if only else RawSQL(CARED_FOR, asked)
