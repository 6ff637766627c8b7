"""At a machine of the centre."""

import pytest
from django.test import Client

from lms.centres.signing_in import DEVICE_COOKIE


@pytest.fixture
def at():
    """A browser that is a device: at(device)."""

    def make(device, **kwargs):
        browser = Client(**kwargs)
        browser.cookies[DEVICE_COOKIE] = device.cookie
        return browser

    return make


@pytest.fixture
def machine(at, device):
    """The browser of machine 1 at Ban Nong Bua."""
    return at(device)
