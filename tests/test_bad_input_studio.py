"""What the studio is sent by hand or by mistake: every address of Wagtail's, with ids and questions that are none."""

import re

import pytest
from django.test import Client

from lms.accounts.models import User
from tests.addresses import studio_routes

ODD = {
    "str": ["x", "0", "9" * 30, "86cb3335-9282-4cb6-bf47-06a9e39cb1b7", "%00"],
    "slug": ["x"],
    "int": ["0", "9" * 30],
    "uuid": ["86cb3335-9282-4cb6-bf47-06a9e39cb1b7"],
    "path": ["x/y"],
}
QUESTIONS = "?" + "&".join(
    ["id=x", "page=x", "p=-1", "q=%00", "ordering=x", "content_type=x", "user=x", "next=x", "type=x", "locale=x"]
)
MARK = re.compile("<(?:(\\w+):)?\\w+>")


def odd(route, turn):
    """The address with the odd value whose turn it is in each place; None for a route that is a pattern."""

    def value(mark):
        values = ODD.get(mark[1] or "str", ODD["str"])
        return values[turn % len(values)]

    return None if "(" in route or "^" in route else f"/{MARK.sub(value, route)}"


ADDRESSES = sorted({odd(route, turn) for route in studio_routes() for turn in range(len(ODD["str"]))} - {None})


def test_there_are_many_addresses():
    assert len(ADDRESSES) > 250


@pytest.mark.slow
@pytest.mark.parametrize("question", ["", QUESTIONS], ids=["without questions", "with odd questions"])
def test_odd_ids_and_questions_to_the_studio_are_never_our_fault(question, shelf):
    """Asked by a superuser, before whom no other door stands."""
    root = User.objects.create_superuser("root", "password-of-root")
    client = Client(raise_request_exception=False)
    client.force_login(root)
    faults = [address for address in ADDRESSES if client.get(address + question).status_code >= 500]
    assert faults == []


@pytest.mark.slow
def test_empty_forms_to_the_studio_are_never_our_fault(shelf):
    root = User.objects.create_superuser("root", "password-of-root")
    client = Client(raise_request_exception=False)
    faults = []
    for address in ADDRESSES:
        client.force_login(root)  # one of the addresses signs out
        if client.post(address).status_code >= 500:
            faults.append(address)
    assert faults == []
