"""Uploaded files piece by piece, as phones ask for sound."""

import pytest

WORDS = bytes(range(256)) * 600  # more than is read at once


@pytest.fixture
def ask(client, settings, tmp_path):
    """Ask for a range of an uploaded file: ask("bytes=0-1")."""
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a.mp3").write_bytes(WORDS)

    def make(wanted=None):
        return client.get("/media/a.mp3", headers={"Range": wanted} if wanted else {})

    return make


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=100-", 100, len(WORDS) - 1),
        ("bytes=10-99999999", 10, len(WORDS) - 1),
        ("bytes=-5", len(WORDS) - 5, len(WORDS) - 1),
        ("bytes=-99999999", 0, len(WORDS) - 1),
    ],
)
def test_a_piece_is_what_was_asked_for(ask, wanted, first, last):
    answer = ask(wanted)
    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(WORDS)}"
    assert int(answer["Content-Length"]) == last - first + 1
    assert answer["Content-Type"] == "audio/mpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == WORDS[first : last + 1]


@pytest.mark.parametrize("wanted", [None, "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=๑-๒", "x" * 5000])
def test_what_is_no_one_range_brings_the_whole(ask, wanted):
    answer = ask(wanted)
    assert answer.status_code == 200
    assert answer["Accept-Ranges"] == "bytes"
    assert b"".join(answer.streaming_content) == WORDS


def test_what_is_packed_already_is_not_packed_again(client, ask):
    ask()
    answer = client.get("/media/a.mp3", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer
    assert int(answer["Content-Length"]) == len(WORDS)


@pytest.mark.parametrize("wanted", [f"bytes={len(WORDS)}-", "bytes=9-3", "bytes=-0"])
def test_a_piece_that_is_not_there_is_refused(ask, wanted):
    answer = ask(wanted)
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(WORDS)}"
