"""Who looks at the ministry's pages."""

import pytest
from django.test import Client


@pytest.fixture
def officer(wipha):
    browser = Client()
    browser.force_login(wipha)
    return browser
