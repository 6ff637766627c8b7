"""A file that does not say how long it is, sent to the server as it runs."""

import http.client

import pytest

MEGABYTE = b"x" * 1024 * 1024


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/desk/import/", "/api/v1/events/"])
def test_a_hundred_megabytes_in_pieces_are_answered_clearly(live_site, path):
    """By an answer or by a line that is cut, soon; and the server serves on."""
    line = http.client.HTTPConnection("127.0.0.1", live_site.port, timeout=60)
    status = None
    try:
        line.request("POST", path, (MEGABYTE for _ in range(100)), encode_chunked=True, headers=pieces())
        status = line.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        status = answered(line)
    line.close()
    assert status in (None, 302, 400, 401, 403, 413), status
    line = http.client.HTTPConnection("127.0.0.1", live_site.port, timeout=60)
    line.request("GET", "/healthz")
    assert line.getresponse().status == 200


def pieces():
    return {"Transfer-Encoding": "chunked", "Content-Type": "multipart/form-data; boundary=edge"}


def answered(line):
    """What the server had said before it cut the line."""
    try:
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
