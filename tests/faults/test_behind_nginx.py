"""A hub as people reach it: nginx with deploy/nginx.conf before two web servers, which Prometheus reads."""

import http.client
import re
import ssl
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psutil
import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from tests.hub import as_hub
from tests.sending import SET_UP, STORED, Sender, Unanswered
from tests.servers import Nginx

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("nginx")]

WORD = "a-word-for-prometheus-" * 3
USED_FROM = "from lms.accounts.models import ApiToken; print(ApiToken.objects.latest('created_at').last_used_from)"
SOUND = bytes(range(256)) * 1000
TOO_LARGE = 35 * 1024 * 1024


@pytest.fixture(scope="module")
def sites(prepared_site, tmp_path_factory):
    """Two web servers on one database, and with one folder of uploads."""
    one = prepared_site.copy_to(tmp_path_factory.mktemp("one"))
    two = prepared_site.copy_to(tmp_path_factory.mktemp("two"), database=one.environment["DATABASE_URL"])
    for site in (one, two):
        media = one.environment["SALA_MEDIA_ROOT"]
        as_hub(site, SALA_HTTPS="yes", SALA_WORKERS=2, SALA_METRICS=WORD, SALA_MEDIA_ROOT=media)
        site.start()
    yield one, two
    for site in (one, two):
        site.stop()


@pytest.fixture(scope="module")
def nginx(sites):
    with Nginx(*sites) as server:
        yield server


@pytest.fixture(scope="module")
def visitor(nginx):
    trusted = str(nginx.certificate)
    with requests.Session() as browser:
        yield lambda path, **headers: browser.get(nginx.url + path, headers=headers, timeout=30, verify=trusted)


def figures(site):
    """{(name, labels): value} as Prometheus reads them."""
    answer = requests.get(f"{site.url}/metrics", headers={"Authorization": f"Bearer {WORD}"}, timeout=10)
    assert answer.status_code == 200
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_files_come_packed_and_are_kept_and_pages_say_their_number(visitor, nginx, sites):
    page = visitor("/notice/")
    assert page.status_code == 200
    number = page.headers["X-Request-ID"]
    assert nginx.says(request_id=number)
    assert number in (sites[0].folder / "server.log").read_text() + (sites[1].folder / "server.log").read_text()
    sheet = re.search(r'href="(/static/css/sala\.[0-9a-f]{12}\.css)"', page.text)[1]
    whole = visitor(sheet, **{"Accept-Encoding": "identity"})
    for packing in ("br", "gzip"):
        packed = visitor(sheet, **{"Accept-Encoding": packing})
        assert packed.headers["Content-Encoding"] == packing
        assert int(packed.headers["Content-Length"]) < len(whole.content) / 2
        assert "immutable" in packed.headers["Cache-Control"]
        assert packed.headers["Vary"] == "Accept-Encoding"
        assert packed.headers["Content-Type"] == "text/css; charset=utf-8"
        assert packed.headers["X-Content-Type-Options"] == "nosniff"
    assert visitor("/static/css/sala.css").headers["Cache-Control"] == "max-age=60, public"
    assert visitor("/static/nothing.css").status_code == 404
    plain = requests.get(f"http://127.0.0.1:{nginx.plain}/notice/", allow_redirects=False, timeout=10)
    assert (plain.status_code, plain.headers["Location"]) == (308, "https://sala.example.go.th/notice/")


def test_sound_comes_piece_by_piece_from_what_nginx_keeps(visitor, nginx, sites):
    media = sites[0].folder / "media"
    media.mkdir(exist_ok=True)
    (media / "a.mp3").write_bytes(SOUND)
    for kept in ("MISS", "HIT"):
        piece = visitor("/media/a.mp3", Range="bytes=100-299")
        assert (piece.status_code, piece.content) == (206, SOUND[100:300])
        assert piece.headers["Content-Range"] == f"bytes 100-299/{len(SOUND)}"
        assert "sandbox" in piece.headers["Content-Security-Policy"]
        assert nginx.says(cache=kept)
    assert visitor("/media/a.mp3").content == SOUND


def test_what_is_too_large_is_refused_in_words(nginx):
    for path, kind, said in (
        ("/desk/import/", "text/html; charset=utf-8", "ไฟล์ใหญ่เกินไป"),
        ("/api/v1/events/", "application/problem+json", '"status":413'),
    ):
        line = http.client.HTTPSConnection("127.0.0.1", nginx.port, timeout=20, context=trusting(nginx))
        with suppress(BrokenPipeError, ConnectionResetError):
            line.request("POST", path, b"x" * TOO_LARGE)
        answer = line.getresponse()
        assert (answer.status, answer.getheader("Content-Type")) == (413, kind)
        assert said in answer.read().decode()


def test_the_zip_of_a_course_may_be_large(nginx):
    """It reaches Sala, which knows nobody here; and what is larger still does not."""
    for megabytes, status in ((40, 403), (320, 413)):
        line = http.client.HTTPSConnection("127.0.0.1", nginx.port, timeout=60, context=trusting(nginx))
        size = {"Content-Length": str(megabytes * 2**20)}
        with suppress(BrokenPipeError, ConnectionResetError):
            line.request("POST", "/studio/import-course/", (b"x" * 2**20 for _ in range(megabytes)), size)
        assert line.getresponse().status == status


def test_figures_of_all_processes_add_up_and_only_their_reader_sees_them(visitor, sites):
    site = sites[0]
    before = figures(site)
    direct = {"X-Forwarded-Proto": "https"}
    with ThreadPoolExecutor(8) as clients:
        paths = ["/notice/", "/notice/?name=somsri"] * 20 + ["/nowhere/somsri/"] * 8
        found = list(clients.map(lambda path: requests.get(site.url + path, headers=direct, timeout=10), paths))
    assert Counter(answer.status_code for answer in found) == {200: 40, 404: 8}
    for worker in range(6):  # whichever process answers
        after = figures(site)
        assert grown(before, after, "sala_requests_total", "2xx", "GET", "notice") == 40, worker
        assert grown(before, after, "sala_request_seconds_count", "notice") == 40
        assert grown(before, after, "sala_request_seconds_bucket", "+Inf", "notice") == 40
    assert after["sala_requests_running",] == 1, "the one that asks"
    assert not any("somsri" in str(name) for name in after)
    assert len(after) < 2000
    for word in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {WORD[:-1]}"}):
        assert requests.get(f"{site.url}/metrics", headers=word, timeout=10).status_code == 404
    assert visitor("/metrics", Authorization=f"Bearer {WORD}").status_code == 404
    assert visitor("/readyz").status_code == 404


def grown(before, after, name, *labels):
    key = (name, *sorted(labels))
    return after[key] - before.get(key, 0)


def trusting(nginx):
    return ssl.create_default_context(cafile=nginx.certificate)


class Stubborn(Sender):
    """What is not answered is sent again, as every program and page does, until it has sent enough."""

    def __init__(self, nginx, *named):
        super().__init__(nginx.port, *named)
        self.nginx, self.trouble = nginx, 0

    def line(self):
        headers = {"X-Forwarded-For": "6.6.6.6"}  # what somebody pretends
        line = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=trusting(self.nginx))
        request = line.request
        line.request = lambda method, path, body, given: request(method, path, body, given | headers)
        return line

    def run(self):
        line, until = self.line(), time.monotonic() + 3
        while time.monotonic() < until:
            events = [self.event() for _ in range(5)]
            while not self._is_taken(line, events):
                self.trouble += 1

    def _is_taken(self, line, events):
        try:
            self.send(line, events)
        except (Unanswered, OSError, http.client.HTTPException):
            line.close()
            return False
        return True


def test_one_web_server_dies_and_nobody_notices(visitor, nginx, sites):
    one, two = sites
    token, learner, lesson = one.shell(SET_UP).split()
    before = figures(one)
    senders = [Stubborn(nginx, token, learner, lesson) for _ in range(2)]
    for sender in senders:
        sender.start()
    time.sleep(1)
    two.kill()
    until, pages = time.monotonic() + 6, set()  # after 5 seconds nginx tries the dead one again
    while time.monotonic() < until:
        pages.add(visitor("/notice/").status_code)
    for sender in senders:
        sender.join(30)
    assert pages == {200}
    sent = [event["id"] for sender in senders for event in sender.sent]
    assert len(set(sent)) > 50
    assert set(sent) <= set(one.shell(STORED).split())
    assert one.shell(USED_FROM).strip() == "127.0.0.1"
    assert sum(sender.trouble for sender in senders) <= 2, "at most what was on its way when the server died"
    after = figures(one)
    assert grown(before, after, "sala_events_total", "accepted") >= len(set(sent)) / 3
    worker, _other = psutil.Process(one.process.pid).children()
    worker.kill()
    one.wait_until_up()
    assert figures(one)["sala_events_total", "accepted"] == after["sala_events_total", "accepted"]

    one.kill()
    away = visitor("/notice/")
    assert (away.status_code, away.headers["Retry-After"]) == (503, "30")
    assert "ลองอีกครั้ง" in away.text
    program = visitor("/api/v1/courses/")
    assert (program.status_code, program.headers["Content-Type"]) == (503, "application/problem+json")
    said = "".join(path.read_text() for path in (nginx.folder / "logs").iterdir())
    assert "6.6.6.6" not in said and "notice" not in said
