"""Two villages with their lessons and files, and whoever opens the studio."""

import pytest
from django.test import Client

from tests.courses.authoring.places import village


@pytest.fixture(autouse=True)
def _files_of_a_test(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def own(shelf, ban_nong_bua, nok):
    """What Ban Nong Bua has in the studio."""
    return village(ban_nong_bua, nok)


@pytest.fixture
def theirs(shelf, ban_pua, kham):
    """What Ban Pua has."""
    return village(ban_pua, kham)


@pytest.fixture
def studio_of():
    """Somebody's browser: studio_of(nok)."""

    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make
