"""Too much at once is said as that, with when to come again: on pages, for files and to programs, and is no fault."""

import re

import pytest
from django.test import Client
from django.urls import path
from rest_framework.exceptions import Throttled
from rest_framework.views import APIView

from lms.accounts.exports import AT_ONCE, Export
from lms.centres.models import AuditEntry

pytestmark = pytest.mark.django_db


class Busy(APIView):
    authentication_classes = permission_classes = ()

    def get(self, request):
        raise Throttled(None)


def busy(request):
    raise Throttled(7.2)


urlpatterns = [path("api/page/", busy), path("api/view/", Busy.as_view())]


@pytest.fixture
def sending():
    """As many long files as may be sent at a time are on their way."""
    exports = [Export(lambda: iter(())) for _place in range(AT_ONCE)]
    yield
    for export in exports:
        export.close()


def said(answer):
    """Its words, without the places where a line may break."""
    return re.sub(r"<[^>]+>|\u200b", "", answer.content.decode())


def opened(person, address):
    browser = Client()
    browser.force_login(person)
    return browser.get(address)


@pytest.mark.parametrize(
    "address", ["/ministry/audit.csv", "/ministry/oddities.csv", "/ministry/?per=month&format=csv"]
)
def test_a_long_file_of_the_ministry_asks_to_come_again_in_words(sending, wipha, address):
    answer = opened(wipha, address)
    assert (answer.status_code, answer["Retry-After"]) == (429, "15")
    assert "รอ 15 วินาที" in said(answer)
    assert "Wait 15 seconds" in said(opened(wipha, f"/en{address}"))
    assert not AuditEntry.objects.filter(action="exported").exists(), "nothing was taken out"


def test_open_data_asks_visitors_to_come_again_in_words_and_other_sites_too(client):
    slow = client.get("/data/monthly.csv")
    answer = client.get("/data/monthly.csv")
    assert (answer.status_code, answer["Retry-After"]) == (429, "15")
    assert "รอ 15 วินาที" in said(answer) and answer["Access-Control-Allow-Origin"] == "*"
    slow.close()


def test_an_empty_list_to_be_filled_in_waits_for_nobody(sending, nok):
    assert opened(nok, "/desk/import/template.csv").status_code == 200


def test_whatever_view_says_that_it_is_too_much_is_answered_429(client, settings):
    settings.ROOT_URLCONF = __name__
    for address, wait in (("/api/page/", "8"), ("/api/view/", "1")):
        answer = client.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (429, wait)
        assert answer["Content-Type"] == "application/problem+json" and wait in answer.json()["detail"]
