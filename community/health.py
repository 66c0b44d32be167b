"""Whether the services that the site stands on answer. Bounded: a frozen service is found out within about two seconds."""

from __future__ import annotations

import redis
from django.conf import settings
from django.db import Error, connection
from redis.exceptions import RedisError


def ailing() -> list[str]:
    """Return the names of the services that do not answer, which is an empty list on a good day."""
    checks = {"database": _database_answers, "broker": _broker_answers}
    return [name for name, answers in checks.items() if not answers()]


def _database_answers() -> bool:
    """Ask on a connection of its own: only connecting has a time limit which a frozen server cannot stretch."""
    fresh = connection.copy()
    try:
        fresh.ensure_connection()
    except Error:
        return False
    else:
        return True
    finally:
        fresh.close()


def _broker_answers() -> bool:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)
    try:
        return bool(client.ping())
    except RedisError:
        return False
    finally:
        client.close()
