"""Which database a report reads, and what happens when one fails; real ones are in tests/faults/test_replicas.py."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connections
from django.http import HttpResponse, StreamingHttpResponse

from lms.accounts import replicas
from lms.accounts.models import ApiToken, User
from lms.accounts.own_writes import COOKIE
from lms.centres.models import Centre, MinistryPost

A_MOMENT_AGO = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
router = replicas.Router()


class Server:
    """A replica as its connection shows it; `fails` makes it refuse."""

    in_atomic_block = False

    def __init__(self):
        self.fails, self.asked, self.closed = False, 0, 0

    def close(self):
        self.closed += 1


@pytest.fixture
def servers(monkeypatch):
    """Two replicas beside a primary that is in no transaction."""
    servers = {"default": Server(), "replica1": Server(), "replica2": Server()}

    def followed_until(alias):
        servers[alias].asked += 1
        if servers[alias].fails:
            raise OperationalError("the database system is starting up")
        return A_MOMENT_AGO

    monkeypatch.setattr(replicas, "connections", servers)
    monkeypatch.setattr(replicas, "_followed_until", followed_until)
    monkeypatch.setattr(replicas, "_left_out", {})
    monkeypatch.setattr(replicas._here, "wrote", False)
    return servers


def read_from(model=Centre):
    return router.db_for_read(model)


@replicas.reads_a_replica
def report(request):
    return HttpResponse(read_from())


def test_without_replicas_everything_is_read_from_the_primary(rf):
    with replicas.reading() as alias:
        assert (alias, read_from()) == (None, "default")
    assert report(rf.get("/")).content == b"default"
    assert datetime.now(UTC) - replicas.true_at() < timedelta(seconds=5)


def test_only_what_asks_for_it_reads_replicas_and_they_take_turns(servers):
    assert read_from() == "default"
    found = set()
    for _ in range(2):
        with replicas.reading() as alias:
            assert read_from() == alias
            assert replicas.true_at() == A_MOMENT_AGO
            found.add(alias)
    assert found == {"replica1", "replica2"}
    assert read_from() == "default"


def test_who_asks_and_as_what_is_never_read_from_a_replica(servers):
    with replicas.reading():
        assert {read_from(model) for model in (User, ApiToken, MinistryPost)} == {"default"}


def test_writes_go_to_the_primary_and_are_read_there_for_the_rest_of_the_request(servers):
    with replicas.reading():
        assert router.db_for_write(User) == "default"
        assert read_from() != "default", "a note of who asks changes no report"
        assert router.db_for_write(Centre) == "default"
        assert read_from() == "default"
    with replicas.reading() as alias:
        assert alias is None


def test_the_next_request_begins_with_nothing_written(servers, rf):
    router.db_for_write(Centre)
    middleware = replicas.OwnWritesMiddleware(report)
    assert middleware(rf.get("/")).content.startswith(b"replica")


def test_within_a_transaction_everything_is_read_where_it_is(servers):
    with replicas.reading():
        servers["default"].in_atomic_block = True
        assert read_from() == "default"


def test_who_has_just_written_is_answered_by_the_primary_for_longer_than_a_replica_may_be_behind(servers, rf, settings):
    middleware = replicas.OwnWritesMiddleware(lambda request: HttpResponse())
    cookie = middleware(rf.post("/")).cookies[COOKIE]
    assert cookie["max-age"] > settings.SALA_REPLICA_LAG
    request = rf.get("/")
    assert report(request).content.startswith(b"replica")
    request.COOKIES[COOKIE] = cookie.value
    assert report(request).content == b"default"
    assert COOKIE not in middleware(rf.get("/")).cookies


def test_a_program_that_has_just_written_too_and_another_one_does_not(servers, rf):
    mine, anothers = {"HTTP_AUTHORIZATION": "Bearer sala_mine"}, {"HTTP_AUTHORIZATION": "Bearer sala_anothers"}
    replicas.OwnWritesMiddleware(lambda request: HttpResponse())(rf.post("/", **mine))
    assert report(rf.get("/", **mine)).content == b"default"
    assert report(rf.get("/", **anothers)).content.startswith(b"replica")


def test_a_replica_that_refuses_is_left_out_and_after_a_while_tried_again(servers, monkeypatch):
    servers["replica1"].fails = True
    for _ in range(6):
        with replicas.reading() as alias:
            assert alias == "replica2"
    assert (servers["replica1"].asked, servers["replica1"].closed) == (1, 1)
    servers["replica1"].fails = False
    later = time.monotonic() + replicas.LEFT_OUT + 1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    found = set()
    for _ in range(2):
        with replicas.reading() as alias:
            found.add(alias)
    assert found == {"replica1", "replica2"}


def test_where_no_replica_is_fit_the_primary_is_read(servers):
    servers["replica1"].fails = servers["replica2"].fails = True
    with replicas.reading() as alias:
        assert (alias, read_from()) == (None, "default")


def test_what_fails_on_a_replica_is_done_again_by_the_primary(servers, rf):
    tried = []

    @replicas.reads_a_replica
    def breaks(request):
        tried.append(read_from())
        if tried[-1] != "default":
            raise OperationalError("terminating connection due to administrator command")
        return HttpResponse("read")

    assert breaks(rf.get("/")).content == b"read"
    assert tried[1:] == ["default"]
    assert servers[tried[0]].closed == 1
    with replicas.reading() as alias:
        assert alias not in (None, tried[0])


def test_what_fails_on_the_primary_is_not_hidden(servers, rf):
    @replicas.reads_a_replica
    def breaks(request):
        raise OperationalError("the primary is gone too")

    with pytest.raises(OperationalError):
        breaks(rf.get("/"))


def test_only_reading_reads_replicas(servers, rf):
    assert report(rf.post("/")).content == b"default"


def test_a_file_is_read_to_its_end_where_its_beginning_was(servers, rf):
    @replicas.reads_a_replica
    def rows(request):
        return StreamingHttpResponse(read_from() for _ in range(3))

    answer = rows(rf.get("/"))
    found = []
    for piece in answer:
        assert read_from() == "default", "between two pieces others may use the thread"
        found.append(piece)
    assert len(found) == 3
    assert len(set(found)) == 1
    assert found[0].startswith(b"replica")


def test_tables_are_made_on_the_primary_only_and_rows_of_both_go_together():
    assert router.allow_migrate("default", "centres")
    assert not router.allow_migrate("replica1", "centres")
    assert router.allow_relation(Centre(), Centre())
    assert list(connections) == ["default"]
