"""Letters, contrast and theme: everybody's own, and nobody else's at a shared machine."""

import time

import pytest

YEAR = 365 * 24 * 3600


def test_large_letters_stay_for_a_year_and_go_again(client, db):
    answer = client.post("/look/", {"letters": "large", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    assert answer.cookies["letters"]["max-age"] == YEAR
    assert 'data-letters="large"' in client.get("/sign-in/").content.decode()
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
