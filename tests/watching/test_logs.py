"""The log says what happened and to which page, and never to whom."""

import http.client
import io
import json
import logging
import socket
import sys
from importlib import import_module

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, OperationalError
from django.test import Client

from lms.accounts.models import User
from lms.watching import logs

SPOKEN = ["fish", "lotus", "mango", "password-of", "แดง", "secret-word", "nok", "127.0.0.1", "?"]


@pytest.fixture
def lines():
    """What is logged meanwhile, as a function that reads it."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(logs.Json())
    root, ours = logging.getLogger(), logging.getLogger("sala")
    root.addHandler(handler)
    before = ours.level
    ours.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in text.getvalue().splitlines()]
    root.removeHandler(handler)
    ours.setLevel(before)


def said(record_args, message):
    return logs.wording(logging.LogRecord("x", logging.ERROR, "x", 1, message, record_args, None))


def error_of(raising):
    try:
        raising()
    except Exception:
        return logs.errors(sys.exc_info()[1])


def test_a_day_at_a_centre_names_nobody(lines, somsri, nok, device, sits_at, hands_on, ban_nong_bua, monkeypatch):
    learner = sits_at(somsri, device)
    learner.raise_request_exception = False
    lesson = hands_on.get_url()
    learner.get(lesson + "?name=ป้าสมศรี")
    learner.post(f"{lesson}activities/{hands_on.body[0].id}/", {"answer": "1"})
    learner.get("/my-data/copy.json")
    stranger = Client(raise_request_exception=False)
    stranger.cookies = learner.cookies.__class__({"sala_device": device.cookie})
    stranger.post(f"/who/{somsri.pk}/", {"picture": ["fish", "fish", "fish"]})
    stranger.post("/sign-in/", {"username": "nok", "password": "password-of-somebody"})
    stranger.get("/ไม่มี/secret-word/")
    stranger.get("/", headers={"host": "secret-word.example"})
    desk = Client(raise_request_exception=False)
    desk.force_login(nok)
    people = SimpleUploadedFile("แดง.csv", "ชื่อเรียก,นามสกุล\nแดง,ใจดี\n".encode())
    desk.post(f"/desk/import/?centre={ban_nong_bua.code}", {"file": people})
    desk.get(f"/desk/learners/{somsri.pk}/")
    desk.get(f"/studio/users/{somsri.pk}x/")

    def broken(*args):
        raise ValueError("ป้าสมศรี chose fish-lotus-mango")

    monkeypatch.setattr(import_module("courses.views.lesson"), "reader_of", broken)
    assert learner.get(lesson).status_code == 500
    assert nobody_in(lines(), somsri, nok)
    views = {line.get("view") for line in lines() if line["logger"] == "sala.requests"}
    assert {"lesson", "answers", "sign_in", "none"} <= views
    assert {line.get("role") for line in lines()} >= {"learner", "staff", "visitor"}
    fault = next(line for line in lines() if line["logger"] == "django.request" and "errors" in line)
    assert fault["errors"][0]["kind"] == "builtins.ValueError"
    assert fault["errors"][0]["places"][-1].endswith(" broken")
    request = next(line for line in lines() if line.get("status") == 500)
    assert request["request_id"] == fault["request_id"]


def nobody_in(found, *people):
    assert found
    for line in found:
        text = json.dumps(line, ensure_ascii=False)
        for word in [*SPOKEN, *(form for person in people for form in (str(person.pk), person.pk.hex, person.name))]:
            assert word not in text, (word, text)
        assert not any("ก" <= letter <= "๛" for letter in text), text
    return True


@pytest.mark.django_db
def test_what_a_database_says_of_a_row_is_left_out_and_what_it_says_of_itself_stays():
    User.objects.create_user("wilai", name="ป้าวิไล")
    (error, *causes) = error_of(lambda: User.objects.create_user("wilai", name="ป้าวิไล"))
    assert error["kind"].endswith("IntegrityError") and "said" not in error and causes
    assert error_of(lambda: _raise(IntegrityError("Key (name)=(Wilai) exists")))[0].keys() == {"kind", "places"}
    assert error_of(lambda: _raise(OperationalError("database is locked")))[0]["said"] == "database is locked"


def _raise(error):
    raise error


@pytest.mark.parametrize(
    ("args", "message", "written"),
    [
        (("Somsri",), "%s came", "… came"),
        ((3, "Somsri"), "%d letters for %s", "3 letters for …"),
        (("Somsri",), "%d letters", "… letters"),
        (({"who": "Somsri"},), "%(who)s came", "… came"),
        ((), "ป้าสมศรี came", "… came"),
        ((), "Invalid request from ip=10.0.0.7: 'Somsri'", "Invalid request from ip=…: …"),
        ((), "from fe80::1:2 by a@b.th at /desk/learners/x/", "from … by … at …"),
        ((), "row 86cb3335-9282-4cb6-bf47-06a9e39cb1b7 is odd", "row … is odd"),
        ((), "row 86cb333592824cb6bf4706a9e39cb1b7 is odd", "row … is odd"),
        ((), "two\nlines", "two lines"),
    ],
)
def test_only_the_wording_of_a_message_is_written(args, message, written):
    assert said(args, message) == written


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("0123456789abcdef0123456789abcdef", True),
        ("86cb3335-9282-4cb6-bf47-06a9e39cb1b7", True),
        ("", False),
        ("somsri", False),
        ("a" * 65, False),
        ('0123456789abcdef"}\n{', False),
    ],
)
def test_a_request_keeps_its_number_where_that_is_one(client, given, taken):
    answer = client.get("/healthz", headers={"x-request-id": given})
    assert (answer["X-Request-ID"] == given) is taken
    assert len(answer["X-Request-ID"]) >= 16


@pytest.mark.django_db
def test_being_well_is_not_news(client, lines):
    client.get("/healthz")
    client.get("/static/nothing.css")
    told = [line for line in lines() if line["logger"] == "sala.requests"]
    assert [(line["view"], line["status"]) for line in told] == [("static", 404)]


def test_for_people_an_error_has_lines_of_its_own():
    try:
        _raise(OperationalError("disk I/O error"))
    except OperationalError:
        record = logging.LogRecord("sala", logging.ERROR, "x", 1, "no %s", ("room",), sys.exc_info())
    first, second, *places = logs.Plain().format(record).splitlines()
    assert first.endswith(" error sala no …")
    assert second == "  django.db.utils.OperationalError: disk I/O error"
    assert places[-1].endswith(" _raise")


@pytest.mark.slow
def test_every_line_of_a_server_is_json_gunicorns_own_too(prepared_site, tmp_path):
    site = prepared_site.copy_to(tmp_path / "site")
    site.environment["SALA_LOG"] = "json"
    site.shell("from django.db import connection as c; c.cursor().execute('ALTER TABLE courses_topic RENAME TO gone')")
    site.start()
    try:
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
        for address in ("/courses/?word=secret-word", "/nothing-secret-word/", "/static/secret-word.css", "/notice/"):
            line.request("GET", address, headers={"X-Request-ID": "0123456789abcdef"})
            line.getresponse().read()
        with socket.create_connection(("127.0.0.1", site.port)) as odd:
            odd.sendall(b"GET /secret-word BAD/9\r\nHost: x\r\n\r\n")
            odd.recv(1000)
    finally:
        site.stop()
    found = [json.loads(line) for line in (site.folder / "server.log").read_text().splitlines()]
    assert nobody_in(found)
    assert found[0]["message"] == "ready"
    assert {line["logger"] for line in found} == {"sala", "sala.requests", "django.request", "gunicorn.error"}
    fault = next(line for line in found if "errors" in line)
    said = fault["errors"][-1]["said"]
    assert said in ("no such table: courses_topic", 'relation "courses_topic" does not exist'), "SQLite's, PostgreSQL's"
    assert fault["request_id"] == "0123456789abcdef"
