"""Whatever is sent to whichever address: a clear answer, never a fault of ours, never the insides of the program."""

import json

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import path
from django.views.decorators.http import require_safe

import lms.urls
from lms.accounts.models import User
from lms.watching.middleware import INSIDE
from tests.addresses import WHOLES, routes
from tests.test_access_matrix import rows

__all__ = ["rows"]  # a fixture

PART = b'--x\r\nContent-Disposition: form-data; name="answer"\r\n'
MULTIPART = "multipart/form-data; boundary=x"
NULS = "&".join(
    f"{name}=a%00b"
    for name in [
        "q",
        "page",
        "centre",
        "topic",
        "next",
        "by",
        "from",
        "to",
        "region",
        "province",
        "course",
        "cursor",
        "show",
        "kind",
        "state",
        "limit",
    ]
)
COOKIES = ("sessionid", "sala_device", "csrftoken", "messages", "letters", "theme")
ODD = {
    "a codec that is none for text": {"content_type": "text/plain; charset=hex", "query": "q=%41"},
    "a form in a codec that is none": {
        "content_type": f"{MULTIPART}; charset=rot13",
        "data": PART + b"\r\n1\r\n--x--\r\n",
    },
    "parts that are none": {"content_type": MULTIPART, "data": b"nonsense"},
    "parts without a boundary": {"content_type": "multipart/form-data", "data": b"nonsense"},
    "parts cut off": {"content_type": MULTIPART, "data": PART},
    "parts that are no base64": {
        "content_type": MULTIPART,
        "data": PART + b"Content-Transfer-Encoding: base64\r\n\r\nb\r\n--x--\r\n",
    },
    "a NUL in every question": {"query": NULS},
    "a NUL in every field": {"data": NULS.encode()},
    "letters that are no UTF-8": {"query": "q=%ff%fe&page=%ff", "data": b"answer=%ff&q=\xff"},
    "no such page": {"query": "page=99999999999999999999999999"},
    "a page before the first": {"query": "page=-1"},
    "a page in words": {"query": "page=one"},
    "NULs in cookies": {"headers": {"Cookie": "; ".join(f'{name}="aaaaaaaaaaaa\\000"' for name in COOKIES)}},
    "cookies of nonsense": {"headers": {"Cookie": '=;;; a; "=\\"; sessionid=' + "x" * 4000}},
    "languages of nonsense": {"headers": {"Accept-Language": "x" * 5000 + ",;;q=nan"}},
    "media types of nonsense": {"headers": {"Accept": 'x/y;q="', "Content-Type": "x" * 500}},
    "another site's name": {"headers": {"Host": "evil.example"}, "statuses": {400}},
    "no site's name": {"headers": {"Host": "a b\\:99999"}, "statuses": {400}},
    "too many fields": {"data": b"a=1&" * 6000},
    "too large a form": {"data": b"a=" + b"x" * 3_000_000},
    "a length that is none": {"data": b"a=1", "CONTENT_LENGTH": ""},
    "a coding that is none": {"headers": {"Content-Encoding": "\xff\xfe"}},
    "a token that is none": {"headers": {"Authorization": "Bearer \xff\x00"}},
    "a sign-in that is none": {"headers": {"Authorization": "Basic !!!"}},
    "JSON that is none": {"content_type": "application/json", "data": b"{"},
    "ranges and dates that are none": {
        "headers": {"Range": "bytes=zz", "If-Modified-Since": "x", "If-None-Match": '"'}
    },
}


LAST = ("sign-out/", "phone/<str:text>/", "together/<uuid:session>/end/")  # after which there is less to try


@pytest.fixture
def addresses(rows):
    """Every address of the site, filled in with rows of the centre that are there."""
    own, _the_others = rows
    found = [own(route) for route in sorted(routes(), key=lambda route: route in LAST)]
    assert not [address for address in found if "<" in address]
    return found


def browsers(somsri, nok, device, **options):
    """A visitor at the centre's machine, a learner and a caretaker."""
    for user in (None, somsri, nok):
        client = Client(raise_request_exception=False, **options)
        if user:
            client.force_login(user)
        else:
            client.cookies["sala_device"] = device.cookie
        yield client


def is_clear(answer, address):
    """Something to read, and for programs a problem that says its status."""
    if answer.status_code >= 400 and address.startswith("/api/"):
        assert answer["Content-Type"] == "application/problem+json", address
        assert answer.json()["status"] == answer.status_code
    assert b"Traceback" not in answer.content if not answer.streaming else True


@pytest.mark.slow
@pytest.mark.parametrize("turn, odd", enumerate(ODD.values()), ids=ODD)
def test_odd_requests_are_never_our_fault(turn, odd, addresses, somsri, nok, device):
    """Each address gets each of them, from the three people in turn."""
    odd = {"content_type": "application/x-www-form-urlencoded"} | odd
    query, statuses, data = odd.pop("query", ""), odd.pop("statuses", None), odd.pop("data", b"")
    for place, client in enumerate(browsers(somsri, nok, device), start=turn):
        for address in addresses[place % 3 :: 3]:
            for method in ("GET", "POST"):
                body = data if method == "POST" else b""
                answer = client.generic(method, f"{address}?{query}", body, **odd)
                assert answer.status_code < 500, (method, address)
                if statuses and address not in INSIDE:
                    assert answer.status_code in statuses, (method, address)
                is_clear(answer, address)


UUID = "86cb3335-9282-4cb6-bf47-06a9e39cb1b7"
BOX = '{"boxes": [{"id": "%s", "learner": "%s", "place": "%s", "box": "%s"}]}'
HANDED_IN = {
    "nothing": b"",
    "too much": b'{"boxes": [' + b" " * 3_000_000,
    "JSON without a bottom": b"[" * 1_000_000,
    "a number without an end": b'{"boxes": ' + b"9" * 100_000 + b"}",
    "letters that are no UTF-8": b'{"boxes": ["\xff"]}',
    "a form": b"boxes=1",
    "a box of nonsense": (BOX % (UUID, UUID, UUID, "\\u0000%%%")).encode(),
    "an empty box": (BOX % (UUID, UUID, UUID, "")).encode(),
}


@pytest.mark.parametrize("body", HANDED_IN.values(), ids=HANDED_IN)
def test_what_no_script_of_ours_hands_in_is_answered_clearly(body, device):
    client = Client()
    client.cookies["sala_device"] = device.cookie
    answer = client.post("/outbox/", body, "application/json")
    assert answer["Content-Type"].startswith(("application/json", "application/problem+json"))
    assert answer.status_code in ([200] if b"box" in body and b"place" in body else [400, 413])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE"])
def test_methods_that_nothing_here_has_are_refused_clearly(method, addresses, somsri, nok, device):
    for client in browsers(somsri, nok, device):
        for address in addresses:
            answer = client.generic(method, address)
            assert answer.status_code < 500, address
            is_clear(answer, address)
            if answer.status_code == 405:
                assert answer["Allow"], address
                assert answer.content or answer.streaming, address


@pytest.mark.parametrize("address", ["/sign-in/", "/outbox/", "/api/v1/events/"])
def test_what_does_not_say_how_long_it_is_is_refused_clearly(address, db):
    """As a server hands it on: without a length."""
    answer = Client().post(address, b"a=1", "text/plain", headers={"Transfer-Encoding": "chunked"}, CONTENT_LENGTH="")
    assert answer.status_code == 411
    is_clear(answer, address)


def test_a_refused_method_has_a_page_that_says_so(client, db):
    answer = client.put("/en/sign-in/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"
    assert "Nothing was changed" in answer.content.decode()
    assert "405" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/media/" + "x" * 300,
        "/media/%00",
        "/media/..%2f..%2fmanage.py",
        "/media/%2e%2e/%2e%2e/manage.py",
        "/media//etc/passwd",
        "/media/",
        "/documents/99999999999999999999999/x.pdf",
        "/documents/authenticate_with_password/999999999999999999999999/",
        "/" + "x/" * 3000,
        "/%ff/",
        "/en/%00/",
        "/courses/%00/",
        "/_util/authenticate_with_password/999999999999999999999999/999999999999999999999999/",
        "/studio/pages/999999999999999999999999/edit/",
    ],
)
def test_addresses_of_nothing_are_not_found(address, shelf):
    """For a superuser, before whom no other door stands."""
    root = Client(raise_request_exception=False)
    root.force_login(User.objects.create_superuser("root", "password-of-root"))
    assert root.get(address).status_code in (400, 404)


@pytest.mark.parametrize("name", ["x.svg", "x.html", "x.xml"])
def test_a_script_in_an_uploaded_file_can_do_nothing(name, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / name).write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    answer = client.get(f"/media/{name}")
    assert answer.status_code == 200
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_folder_of_uploaded_files_is_not_listed(client, settings, tmp_path, db, shelf):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "documents").mkdir()
    assert client.get("/media/documents/").status_code == 404


# --- A fault of ours, with the settings of production: see the urlconf at the end of this page.


@pytest.fixture
def breaking(settings, db):
    settings.ROOT_URLCONF = __name__
    settings.DEBUG = False
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("address", ["/broken/", "/en/broken/"])
def test_a_fault_shows_people_a_page_and_nothing_of_the_insides(breaking, address):
    answer = breaking.get(address, {"q": "<script>"})
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "ระบบขัดข้อง" in html
    assert not [
        word for word in ("Traceback", "secret of ours", "ImproperlyConfigured", ".py", "<script>") if word in html
    ]


def test_a_fault_is_a_problem_for_programs_and_shows_nothing_of_the_insides(breaking):
    answer = breaking.get("/api/broken/")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert json.loads(answer.content).keys() == {"type", "status", "title", "detail"}
    assert "secret of ours" not in answer.content.decode()


def test_another_sites_name_is_refused_before_anything_else_is_asked(breaking, settings):
    settings.SECURE_SSL_REDIRECT = True  # so that the first of all middlewares asks for the name
    answer = breaking.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


@require_safe
def broken(request):
    raise ImproperlyConfigured("a secret of ours")


urlpatterns = [path("broken/", broken), path("en/broken/", broken), path("api/broken/", broken), *lms.urls.urlpatterns]
handler400, handler403 = lms.urls.handler400, lms.urls.handler403
handler404, handler500 = lms.urls.handler404, lms.urls.handler500


def test_wagtails_own_addresses_are_asked_as_wholes():
    assert set(WHOLES) <= set(routes())
