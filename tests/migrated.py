"""The database of which each process of a run takes a copy: migrated once, by a program of its own, while the tests are still collected.

What runs on a server of its own (tests/storm) is filled from its dump.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg2

from community import embedded

NAME = "migrated"
PATIENCE = 300


def begin(logs: Path) -> None:
    """Start making it beside us, on the server of DATABASE_URL; when it is there, so is the file MIGRATED."""
    compiled = os.environ | {"PYTHONDONTWRITEBYTECODE": ""}
    program = embedded.spawn([sys.executable, "-W", "ignore", "-m", __name__], signal.SIGKILL, logs / f"{NAME}.log", env=compiled)
    atexit.register(program.wait)
    atexit.register(program.kill)


def wait() -> None:
    """Wait until it can be copied. Raises RuntimeError when it could not be made. A server that was there before the run has none."""
    if "MIGRATED" not in os.environ:
        return
    done = Path(os.environ["MIGRATED"])
    deadline = time.monotonic() + PATIENCE
    while not done.exists():
        if time.monotonic() > deadline:
            raise RuntimeError(f"No database after {PATIENCE} s")
        time.sleep(0.05)
    if said := done.read_text():
        raise RuntimeError(said)


def main() -> None:
    done = Path(os.environ["MIGRATED"])
    try:
        make()
    except Exception as error:
        done.with_suffix(".said").write_text(f"The tests' database could not be migrated: {error}")
        raise
    else:
        done.with_suffix(".said").touch()
    finally:
        done.with_suffix(".said").rename(done)  # whoever waits sees it whole


def make() -> None:
    server = os.environ["DATABASE_URL"]
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {NAME}")
    connection.close()
    os.environ["DATABASE_URL"] = f"{server.rpartition('/')[0]}/{NAME}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # deferred: reads the settings
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    connections.close_all()  # nobody may be connected to what is copied
    _run("pg_dump", "--no-owner", "--file", str(_dump()), os.environ["DATABASE_URL"])


def fill(url: str) -> None:
    """Give an empty database on another server the same tables, if there is a dump of them."""
    if "MIGRATED" in os.environ:
        wait()
        _run("psql", "--quiet", "--no-psqlrc", "--set", "ON_ERROR_STOP=1", "--output", os.devnull, "--file", str(_dump()), url)


def _dump() -> Path:
    return Path(os.environ["MIGRATED"]).with_suffix(".sql")


def _run(program: str, *arguments: str) -> None:
    binaries = embedded.postgres_binaries(Path(os.environ["MIGRATED"]).parent)
    subprocess.run([str(binaries / program), *arguments], check=True, capture_output=True, text=True)


if __name__ == "__main__":
    main()
