"""A file that does not say how long it is, sent to the server as it runs.

Django would read such a request as empty. gunicorn sends the answer, takes a little more off the line and cuts it, so
that whoever goes on sending meets a cut line and finds the answer before it.
"""

import http.client
import re
from contextlib import suppress
from pathlib import Path

import pytest

MEGABYTE = b"x" * 1024 * 1024
SIGNED_IN = """
from django.test import Client
from lms.accounts.models import User
client = Client()
client.force_login(User.objects.get(username="nok"))
print(client.cookies["sessionid"].value)
"""


@pytest.mark.slow
def test_a_hundred_megabytes_in_pieces_are_answered_clearly(live_site):
    """To a caretaker, to a visitor and to a program, to whom the answer is a problem; and the server serves on."""
    caretaker = {"Cookie": f"sessionid={live_site.shell(SIGNED_IN).strip()}"}
    assert send(live_site, "GET", "/desk/import/", **caretaker)[0] == 200
    for headers in (caretaker, {}):
        status, _type, text = send(live_site, "POST", "/desk/import/", hundred(), **headers)
        assert status == 411
        assert "ยังไม่มีอะไรเปลี่ยน" in text
    status, kind, text = send(live_site, "POST", "/api/v1/events/", hundred())
    assert (status, kind) == (411, "application/problem+json")
    assert "Content-Length" in text
    assert send(live_site, "GET", "/healthz")[0] == 200
    assert most_memory(live_site) < 250


def send(site, method, path, body=None, **headers):
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    headers |= {"Content-Type": "multipart/form-data; boundary=edge"} if body else {}
    with suppress(BrokenPipeError, ConnectionResetError):
        line.request(method, path, body, headers, encode_chunked=bool(body))
    answer = line.getresponse()
    status, kind, text = answer.status, answer.getheader("Content-Type"), answer.read().decode()
    line.close()
    return status, kind, text


def hundred():
    return (MEGABYTE for _ in range(100))


def most_memory(site):
    """The most megabytes that a worker ever held."""
    workers = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()
    held = [re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text()) for pid in workers]
    return max(int(each[1]) for each in held) / 1024
