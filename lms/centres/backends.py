"""Who is signed in, with the centre they call home: pages ask for both every time."""

from django.db.models import BooleanField, UUIDField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from lms.accounts.backends import ThrottledBackend
from lms.accounts.models import User

# In the query that reads the person, so that asking costs no other; a role that was just given counts at once.
NEEDS_SECOND_FACTOR = """
(accounts_user.is_superuser
 OR EXISTS (SELECT 1 FROM centres_ministrypost WHERE user_id = accounts_user.id
            AND started_on <= %s AND (ended_on IS NULL OR ended_on >= %s))
 OR EXISTS (SELECT 1 FROM centres_appointment WHERE user_id = accounts_user.id
            AND started_on <= %s AND (ended_on IS NULL OR ended_on >= %s)))
"""
SECOND_FACTOR_KEY = "(SELECT id FROM accounts_secondfactor WHERE user_id = accounts_user.id)"


class PeopleBackend(ThrottledBackend):
    def get_user(self, user_id):
        """The person of a session, their home and their second factor; None if they may not sign in any more."""
        today = timezone.localdate().isoformat()
        people = User.objects.select_related("home").annotate(
            needs_second_factor=RawSQL(NEEDS_SECOND_FACTOR, [today] * 4, BooleanField()),
            second_factor_key=RawSQL(SECOND_FACTOR_KEY, [], UUIDField()),
        )
        user = people.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
