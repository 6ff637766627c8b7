"""Letters, contrast and theme: everybody's own, and nobody else's at a shared machine."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lms.centres.models import Device, PhoneInvite

YEAR = 365 * 24 * 3600


@pytest.mark.parametrize("size", ["large", "larger"])
def test_large_letters_stay_for_a_year_and_go_again(client, db, size):
    answer = client.post("/look/", {"letters": size, "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    assert answer.cookies["letters"]["max-age"] == YEAR
    assert f'data-letters="{size}"' in client.get("/sign-in/").content.decode()
    client.post("/look/", {"letters": ""})
    assert "data-letters" not in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize(("name", "value"), [("contrast", "more"), ("theme", "dark"), ("theme", "light")])
def test_contrast_and_theme_are_kept_too(client, db, name, value):
    client.post("/look/", {name: value})
    assert f'data-{name}="{value}"' in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize("value", ["huge", "\0", "x" * 5000, '"><script>', "large; Domain=evil"])
def test_a_look_that_does_not_exist_is_not_kept(client, db, value):
    answer = client.post("/look/", {"letters": value, "next": "//evil.example"})
    assert answer["Location"] == "/"
    assert not client.cookies["letters"].value


def test_a_link_changes_no_look(client, db):
    assert client.get("/look/?letters=large").status_code == 405


def test_one_look_leaves_the_others_alone(client, db):
    client.post("/look/", {"theme": "dark"})
    client.post("/look/", {"letters": "large"})
    assert client.cookies["theme"].value == "dark"


def test_the_next_person_at_a_shared_machine_starts_fresh(client, somsri):
    client.force_login(somsri)
    session = client.session
    session["seen"] = int(time.time())
    session.save()
    client.post("/look/", {"letters": "large", "theme": "dark"})
    client.post("/sign-out/")
    assert client.cookies["letters"].value == ""
    assert client.cookies["theme"].value == ""


def test_on_a_machine_of_ones_own_the_look_stays(client, nok):
    client.force_login(nok)
    client.post("/look/", {"letters": "large"})
    client.post("/sign-out/")
    assert client.cookies["letters"].value == "large"


def page_of(browser):
    return browser.get("/courses/").content.decode()


def test_the_look_goes_with_the_person_and_stays_at_no_shared_machine(somsri, thongbai, device, ban_nong_bua, sits_at):
    first = sits_at(somsri, device)
    first.post("/look/", {"letters": "larger"})
    first.post("/look/", {"theme": "dark"})
    assert not first.cookies["letters"].value  # who comes next without her having signed out finds nothing
    assert 'data-letters="larger"' in page_of(first)
    second = sits_at(somsri, Device.objects.create(centre=ban_nong_bua, name="เครื่อง 2"))
    assert 'data-theme="dark" data-letters="larger"' in page_of(second)
    second.post("/sign-out/")
    assert "data-letters" not in page_of(second)
    assert "data-letters" not in page_of(sits_at(thongbai, device))


def test_what_a_visitor_chose_serves_until_the_person_chooses(somsri, device, sits_at, set_code):
    browser = Client()
    browser.post("/look/", {"letters": "large"})
    browser.cookies["sala_device"] = device.cookie
    set_code(somsri, "fish-lotus-mango")
    browser.post(f"/who/{somsri.pk}/", {"picture": ["fish", "lotus", "mango"]})
    assert 'data-letters="large"' in page_of(browser)
    browser.post("/look/", {"contrast": "more"})
    somsri.refresh_from_db()
    assert (somsri.letters, somsri.contrast) == ("large", "more")  # what she sees is what is kept
    browser.post("/look/", {"letters": ""})
    assert "data-letters" not in page_of(browser)


def test_on_a_phone_of_ones_own_the_look_stays_when_signed_out(somsri, nok, device, sits_at):
    sits_at(somsri, device).post("/look/", {"letters": "larger"})
    phone = Client()
    phone.post(f"/phone/{PhoneInvite.objects.make(somsri, nok)[1]}/")
    assert phone.cookies["letters"].value == "larger"
    phone.post("/look/", {"contrast": "more"})
    phone.post("/sign-out/")
    assert 'data-contrast="more" data-letters="larger"' in phone.get("/sign-in/").content.decode()
    sits_at(somsri, device).post("/look/", {"contrast": "", "letters": "large"})
    phone.post(f"/who/{somsri.pk}/", {"picture": ["fish", "lotus", "mango"]})
    assert phone.cookies["letters"].value == "large"
    assert not phone.cookies["contrast"].value


def test_the_look_of_a_person_costs_no_query(client, somsri, django_assert_num_queries):
    client.force_login(somsri)
    page_of(client)
    with CaptureQueriesContext(connection) as before:
        page_of(client)
    queries = len(before)
    client.post("/look/", {"letters": "larger", "contrast": "more"})
    with django_assert_num_queries(queries):
        assert "larger" in page_of(client)
