"""Who is signed in, with the centre they call home: pages ask for both every time."""

from django.db.models import BooleanField, UUIDField
from django.db.models.expressions import RawSQL
from django.utils import timezone

from lms.accounts.backends import ThrottledBackend
from lms.accounts.models import User
from lms.accounts.prepared import Prepared, fields_of, object_of
from lms.centres.models import HomeCentre

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
        for row in _PERSON.rows(timezone.localdate().isoformat(), person=user_id):
            user, home = object_of(User, row), object_of(HomeCentre, row, "home__")
            if home:
                user.home = home
            else:
                user._state.fields_cache["home"] = None  # so that nobody asks for it again
            user.needs_second_factor, user.second_factor_key = row["needs_second_factor"], row["second_factor_key"]
            return user if self.user_can_authenticate(user) else None
        return None


def _person(today, person):
    people = User.objects.filter(pk=person).annotate(
        needs_second_factor=RawSQL(NEEDS_SECOND_FACTOR, [today] * 4, BooleanField()),
        second_factor_key=RawSQL(SECOND_FACTOR_KEY, [], UUIDField()),
    )
    told = "needs_second_factor", "second_factor_key"
    return people.values(*fields_of(User), *fields_of(HomeCentre, "home__"), *told)


_PERSON = Prepared(_person)  # asked for by every page of everybody who is signed in
