"""Who is signed in, with the centre they call home: pages ask for both every time."""

from lms.accounts.backends import ThrottledBackend
from lms.accounts.models import User


class PeopleBackend(ThrottledBackend):
    def get_user(self, user_id):
        """The person of a session and their home, in one query; None if they may not sign in any more."""
        user = User.objects.select_related("home").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
