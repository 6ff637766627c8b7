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


STUDIO = "wagtailadmin.access_admin"


def enters_studio(user):
    """Caretakers, core members and editors of the nation's courses; what each may do there, courses.authoring says."""
    if not hasattr(user, "_enters_studio"):
        caretaker = user.memberships.in_force().filter(role="caretaker")
        others = user.appointments.in_force(), user.ministry_posts.in_force().filter(edits_courses=True)
        user._enters_studio = caretaker.values("pk").union(*(role.values("pk") for role in others)).exists()
    return user._enters_studio


class PeopleBackend(ThrottledBackend):
    def has_perm(self, user_obj, perm, obj=None):
        """The studio opens by a role, and closes when it ends. Groups open nothing: none is kept in step with roles."""
        if perm == STUDIO and not user_obj.is_superuser:
            return user_obj.is_active and user_obj.is_authenticated and enters_studio(user_obj)
        return super().has_perm(user_obj, perm, obj)

    def get_user(self, user_id):
        """The person of a session, their home and their second factor; None if they may not sign in any more."""
        today = timezone.localdate().isoformat()
        people = User.objects.select_related("home").annotate(
            needs_second_factor=RawSQL(NEEDS_SECOND_FACTOR, [today] * 4, BooleanField()),
            second_factor_key=RawSQL(SECOND_FACTOR_KEY, [], UUIDField()),
        )
        user = people.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
