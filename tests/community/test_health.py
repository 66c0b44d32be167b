"""/healthz and /readyz: what a supervisor and a load balancer ask."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection

from community import embedded


@pytest.fixture
def valkey(tmp_path, settings):
    """A broker of this test's own, so that it may be frozen and killed."""
    service = embedded.start_valkey(tmp_path, log=tmp_path / "valkey.log")
    settings.REDIS_URL = service.url
    yield service
    service.process.send_signal(signal.SIGCONT)
    service.stop()


def ask(client) -> tuple[int, str, bool]:
    began = time.monotonic()
    response = client.get("/readyz", headers={"host": "10.0.0.7"})
    return response.status_code, response.content.decode(), time.monotonic() - began < 3


def test_alive_whatever_the_host(client):
    response = client.get("/healthz", headers={"host": "10.0.0.7"})

    assert (response.status_code, response.content, dict(response.cookies)) == (200, b"alive\n", {})


def test_ready_when_database_and_broker_answer(client, db):
    response = client.get("/readyz", headers={"host": "10.0.0.7"})

    assert (response.status_code, response.content, response["Cache-Control"]) == (200, b"ready\n", "no-store")


@pytest.mark.services
def test_a_frozen_broker_is_named_in_time(client, db, valkey):
    assert ask(client) == (200, "ready\n", True)

    valkey.process.send_signal(signal.SIGSTOP)
    assert ask(client) == (503, "not answering: broker\n", True)

    valkey.process.send_signal(signal.SIGCONT)
    assert ask(client) == (200, "ready\n", True)


@pytest.mark.services
def test_a_killed_broker_is_named(client, db, valkey):
    valkey.stop()

    assert ask(client) == (503, "not answering: broker\n", True)


@pytest.fixture
def frozen_postgres():
    """The socket's folder of a database which accepts connections and never says a word."""
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="concentric-test-")))
        root.chmod(0o755)
        service = embedded.start_postgres(root, log=root / "postgres.log", durable=False)
        stack.callback(service.stop)
        stack.callback(os.killpg, service.process.pid, signal.SIGCONT)
        os.killpg(service.process.pid, signal.SIGSTOP)
        yield str(root / "run")


@pytest.mark.services
def test_a_frozen_database_is_named_in_time(client, db, frozen_postgres, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", frozen_postgres)

    assert ask(client) == (503, "not answering: database\n", True)
