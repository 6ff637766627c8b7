"""A cache that all processes share counts once for all of them; when it is gone, the site goes on."""

import pytest
from django.core.cache import cache

from lms.accounts import shared_cache, tokens
from lms.accounts.shared_cache import SharedCache
from tests.hub import Person, as_hub
from tests.servers import Redis

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("redis")]


@pytest.fixture(scope="module")
def redis():
    with Redis() as server:
        yield server


@pytest.fixture
def process_of(redis, monkeypatch):
    """The cache as another process has it."""
    monkeypatch.setattr(SharedCache, "alone_until", None)

    def make():
        return SharedCache(redis.url, {"KEY_PREFIX": "sala"})

    make().clear()
    return make


def test_all_processes_count_the_calls_of_a_token_together(process_of, monkeypatch):
    one, two = process_of(), process_of()
    counts = []
    for process in (one, two, one, two):
        monkeypatch.setattr(tokens, "cache", process)
        counts.append(tokens._counted("token-rate:1"))
    assert counts == [1, 2, 3, 4]


def test_what_one_process_keeps_or_drops_the_others_see(process_of):
    one, two = process_of(), process_of()
    one.set_many({"ก": {"คำ": ["ผ้าไหม"]}, "ข": 2})
    assert two.get_many(["ก", "ข", "ค"]) == {"ก": {"คำ": ["ผ้าไหม"]}, "ข": 2}
    assert two.add("ก", "อื่น") is False
    two.delete("ก")
    assert one.get("ก", "nothing") == "nothing"
    assert (one.has_key("ข"), one.touch("ข", 100), one.get_or_set("ง", lambda: 4), two.get("ง")) == (True, True, 4, 4)


def test_while_it_is_gone_each_process_counts_by_itself_and_afterwards_together_again(process_of, redis, monkeypatch):
    one = process_of()
    one.set("ก", "shared")
    monkeypatch.setattr(tokens, "cache", one)
    assert tokens._counted("token-rate:1") == 1
    redis.stop()
    try:
        assert [tokens._counted("token-rate:1") for _ in range(3)] == [1, 2, 3]
        assert one.get_or_set("ก", lambda: "own") == "own"
    finally:
        redis.start()
    assert tokens._counted("token-rate:1") == 4, "nobody asks a server again that has just failed"
    monkeypatch.setattr(SharedCache, "alone_until", 0)
    assert tokens._counted("token-rate:1") == 1, "the server that was started again knows nothing"
    assert (one.get("ก"), process_of().alone_until) == (None, None)


def test_a_server_that_was_started_again_between_two_requests_is_not_even_noticed(process_of, redis):
    one = process_of()
    one.set("ก", 1)
    redis.stop()
    redis.start()
    one.set("ก", 2)
    assert process_of().get("ก") == 2
    assert one.alone_until is None


def test_pages_come_while_the_shared_cache_is_gone(prepared_site, tmp_path, redis):
    site = as_hub(prepared_site.copy_to(tmp_path / "site"), SALA_CACHE_URL=redis.url, SALA_WORKERS=2).start()
    try:
        nok = Person(site, "nok")
        pages = ["/", "/courses/", "/desk/", "/api/v1/learners/"]
        assert {nok.see(page).status_code for page in pages} == {200}
        redis.stop()
        assert {nok.see(page).status_code for page in pages * 2} == {200}
        assert {Person(site, "nok").see(page).status_code for page in pages} == {200}
        assert "The shared cache is gone" in (site.folder / "server.log").read_text()
    finally:
        site.stop()
        redis.start()


def test_without_its_address_there_is_none():
    assert not isinstance(cache, SharedCache)
    assert shared_cache.LEFT_ALONE < tokens.WINDOW
