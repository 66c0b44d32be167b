import socket
import time

import pytest

from foundation.breaker import Breaker
from foundation.cache import ForgivingRedisCache


@pytest.fixture
def frozen():
    """A server whose sockets accept, as the kernel does for a stopped process, and which never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        cache = ForgivingRedisCache(
            f"redis://127.0.0.1:{listening.getsockname()[1]}", {"OPTIONS": {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}}
        )
        yield cache
        cache.close()


def test_frozen_cache_costs_one_wait_however_often_it_is_asked(frozen):
    begun = time.monotonic()
    answers = [frozen.get("a", "none"), frozen.add("a", 1), frozen.incr("a", 3), frozen.get_many(["a"]), frozen.delete("a")]
    answers += [frozen.get("a") for _ in range(20)]

    assert time.monotonic() - begun < 0.8  # one wait of 0.2 s; without the breaker, 25 of them
    assert answers == ["none", True, 3, {}, False, *[None] * 20]


def test_cache_that_is_back_is_used_again(settings):
    back = ForgivingRedisCache(settings.REDIS_URL, {})
    back.breaker = Breaker(pause=0.05)
    back.breaker.failed()

    assert back.get("test-cache-back", "not asked") == "not asked"
    time.sleep(0.06)
    back.set("test-cache-back", 1, 60)

    assert back.get("test-cache-back") == 1
    back.close()


def test_one_caller_finds_out_for_all_whether_the_service_is_back():
    breaker = Breaker(pause=0.05)
    breaker.failed()
    asked_at_once = breaker.worth_asking()
    time.sleep(0.06)

    assert (asked_at_once, breaker.worth_asking(), breaker.worth_asking()) == (False, True, False)
    breaker.answered()
    assert (breaker.worth_asking(), breaker.worth_asking()) == (True, True)
