"""Signing in with a user name and a password: for staff only, and not endlessly often."""

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied

from lms.accounts import tries


class ThrottledBackend(ModelBackend):
    """Every door that takes a password (the desk, the studio, the API) comes through here."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        if not username or password is None:
            return None
        if tries.password_wait(request, username):
            raise PermissionDenied
        user = super().authenticate(request, username=username, password=password, **kwargs)
        subjects = [subject for subject, _limit in tries.password_subjects(request, username)]
        if user is None:
            for subject in subjects:
                tries.note(subject)
        else:  # but not what was tried on other names from this address
            tries.forget(*(subject for subject in subjects if not subject.startswith("password-from:")))
        return user
