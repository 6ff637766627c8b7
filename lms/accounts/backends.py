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
        for subject in subjects:
            tries.forget(subject) if user else tries.note(subject)
        return user
