"""ffmpeg reads what strangers sent with little of everything, and leaves nothing behind."""

import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cms import ffmpeg
from cms.ffmpeg import NoFfmpegError, UnreadableError, converted, kind_of
from tests.photos import sent

SOUNDS = Path(__file__).parents[1] / "courses" / "sounds"
ENDLESS = ("-af", "aloop=loop=-1:size=20000")
SPOKEN = "spoken.ogg"


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    yield tmp_path
    assert list(tmp_path.iterdir()) == [], "something was left behind"


def sound(name=SPOKEN):
    return sent((SOUNDS / name).read_bytes(), name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("spoken.ogg", "ogg"), ("spoken.mp3", "mp3"), ("bare.mp3", "mp3"), ("spoken.m4a", "mp4"), ("spoken.wav", "wav")],
)
def test_a_sound_is_known_by_its_first_bytes(name, kind):
    assert kind_of((SOUNDS / name).read_bytes()[:64]) == kind


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"#EXTM3U\n",
        b"ffconcat version 1.0\n",
        b"<?xml version='1.0'?><MPD/>",
        b"v=0\r\no=- 0 0 IN IP4",
        b"file:/etc/passwd",
        b"[playlist]",
        b"\xff\xd8\xff",
        b"RIFF\0\0\0\0AVI ",
        b"G@\0\x10",
    ],
)
def test_lists_of_other_files_and_all_else_are_never_opened(head):
    assert kind_of(head) is None
    with pytest.raises(UnreadableError):
        converted(sent(head + bytes(200), "x.mp4"), ("-c", "copy"), ".mp4", seconds=5)


@pytest.fixture
def neighbour():
    """Another server of the machine's network, and what it was asked for."""
    asked = []

    class Server(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", asked
    server.shutdown()
    server.server_close()


def test_even_a_list_that_was_read_would_reach_no_address(monkeypatch, neighbour):
    """As if a hole in one of ffmpeg's readers brought it there."""
    url, asked = neighbour
    monkeypatch.setitem(ffmpeg.READERS, "hls", "hls")
    monkeypatch.setattr(ffmpeg, "kind_of", lambda head: "hls")
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{url}a.ts\n#EXT-X-ENDLIST\n"
    with pytest.raises(UnreadableError, match="whitelist"):
        converted(sent(playlist.encode(), "x.ogg"), ("-c", "copy"), ".mp4", seconds=20)
    assert asked == []


def test_it_says_how_long_a_sound_lasts():
    _made, lasts = converted(sound(), ("-c:a", "aac"), ".m4a", seconds=20)
    assert 0.2 < lasts < 3


def test_what_takes_too_long_is_ended():
    began = time.monotonic()
    with pytest.raises(UnreadableError):
        converted(sound(), (*ENDLESS, "-f", "null"), ".null", seconds=1)
    assert time.monotonic() - began < 60


def test_what_grows_too_large_is_ended():
    with pytest.raises(UnreadableError):
        converted(sound(), (*ENDLESS, "-c:a", "pcm_s16le"), ".wav", seconds=30, largest=1)


def test_what_needs_too_much_memory_is_ended():
    with pytest.raises(UnreadableError):
        converted(sound(), ("-c", "copy"), ".ogg", seconds=20, megabytes=40)


def test_nothing_of_the_sites_secrets_reaches_it(monkeypatch, scratch):
    seen = {}

    def run(_command, **kwargs):
        seen.update(kwargs["env"])
        raise UnreadableError("enough")

    monkeypatch.setenv("SALA_SECRET_KEY", "secret")
    monkeypatch.setattr(ffmpeg.subprocess, "run", run)
    with pytest.raises(UnreadableError):
        converted(sound(), ("-c", "copy"), ".ogg", seconds=5)
    assert set(seen) == {"PATH", "HOME", "LC_ALL"}


def test_a_machine_without_it_is_told_from_a_file_that_cannot_be_read(settings):
    settings.SALA_FFMPEG = "/nowhere/ffmpeg"
    with pytest.raises(NoFfmpegError):
        converted(sound(), ("-c", "copy"), ".ogg", seconds=5)
