"""A cache that may go away: a failure reads as a miss, because a page without its cache is slower, not broken.

Signing in asks the cache some twenty times. Were each of them to wait for a frozen server, the page would take ten seconds:
so the first failure of a process speaks for the seconds that follow.
"""

from __future__ import annotations

import logging
from typing import Any, ClassVar

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import ConnectionError as NoConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as NoAnswerError

from foundation.breaker import Breaker

logger = logging.getLogger(__name__)


class LastingClient(RedisCacheClient):
    """Django's client makes a new one of redis' with each question, which costs more than the question; the pool behind it is one anyway."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._made: dict[int, Any] = {}

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        pool = self._get_connection_pool(write)  # type: ignore[attr-defined]
        if id(pool) not in self._made:
            self._made[id(pool)] = self._client(connection_pool=pool)  # type: ignore[attr-defined]
        return self._made[id(pool)]


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache, in which a server that is gone or frozen looks empty."""

    # Django makes one cache a thread; what they know of their server, they share.
    _breakers: ClassVar[dict[str, Breaker]] = {}
    _unsure: ClassVar[dict[str, set[Any]]] = {}

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = LastingClient
        self.breaker = self._breakers.setdefault(server, Breaker())
        self.unsure = self._unsure.setdefault(server, set())

    def add(self, key: Any, value: Any, timeout: Any = None, version: Any = None) -> bool:
        return bool(self._or_else(True, "add", key, value, timeout, version))

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        return self._or_else(default, "get", key, default, version)

    def set(self, key: Any, value: Any, timeout: Any = None, version: Any = None) -> None:
        self._or_else(None, "set", key, value, timeout, version)

    def touch(self, key: Any, timeout: Any = None, version: Any = None) -> bool:
        return bool(self._or_else(False, "touch", key, timeout, version))

    def delete(self, key: Any, version: Any = None) -> bool:
        return bool(self._or_else(False, "delete", key, version))

    def get_many(self, keys: Any, version: Any = None) -> dict[Any, Any]:
        return dict(self._or_else({}, "get_many", keys, version))

    def has_key(self, key: Any, version: Any = None) -> bool:
        return bool(self._or_else(False, "has_key", key, version))

    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        return int(self._or_else(delta, "incr", key, delta, version))

    def set_many(self, data: Any, timeout: Any = None, version: Any = None) -> list[Any]:
        return list(self._or_else(list(data), "set_many", data, timeout, version))

    def delete_many(self, keys: Any, version: Any = None) -> None:
        self._or_else(None, "delete_many", keys, version)

    def _or_else(self, fallback: Any, method: str, *args: Any) -> Any:
        if not self.breaker.worth_asking():
            return fallback
        try:
            result = getattr(super(), method)(*args)
        except RedisError as error:
            if isinstance(error, NoConnectionError | NoAnswerError):
                self.breaker.failed()
                self.unsure.update(args[:1] if method == "add" else ())
            logger.warning("The cache does not answer (%s: %s); going on without it.", method, type(error).__name__)
            return fallback
        self.breaker.answered()
        self._let_go_of_locks()
        return result

    def _let_go_of_locks(self) -> None:
        """A frozen server does what it was asked when it thaws: a lock would be taken then, whose holder has long gone on without."""
        while self.unsure:
            self._or_else(None, "delete", self.unsure.pop())
