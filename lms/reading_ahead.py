"""What each process of a server would make for its first page: made once, before the server divides into them."""

from django.conf import settings
from django.urls import get_resolver
from django.utils import translation


def read_addresses():
    """All addresses, as each language has them: half of what a first page took, and memory that processes share."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            get_resolver().reverse_dict  # noqa: B018 - it is made by being looked at
