"""Services of its own and gunicorn for a benchmark, in a temporary folder."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from community import embedded


@contextmanager
def surroundings() -> Iterator[dict[str, str]]:
    """PostgreSQL and Valkey, empty, and the environment that leads to them."""
    root = Path(tempfile.mkdtemp(prefix="concentric-bench-"))
    root.chmod(0o755)
    services = [
        embedded.start_postgres(root, log=root / "log" / "postgres.log"),
        embedded.start_valkey(root, log=root / "log" / "valkey.log"),
    ]
    try:
        yield os.environ | {
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "DEMO": "1",
            "VAR_DIR": str(root / "var"),
            "SECRET_KEY": secrets.token_urlsafe(60),
            "DATABASE_URL": services[0].url,
            "REDIS_URL": services[1].url,
            "EMAIL_URL": f"maildir://{root}/mail",
            "SITE_URL": f"http://localhost:{embedded.free_port()}",
        }
    finally:
        for service in reversed(services):
            service.stop()
        shutil.rmtree(root, ignore_errors=True)


def port_of(environment: dict[str, str]) -> int:
    """Where the site of these surroundings listens."""
    return int(environment["SITE_URL"].rpartition(":")[2])


def manage(environment: dict[str, str], *commands: list[str]) -> None:
    """Run management commands in these surroundings, one after the other."""
    for command in commands:
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True, stdout=subprocess.DEVNULL)


def told_by(environment: dict[str, str], module: str, *arguments: str) -> str:
    """What a module of the benchmarks prints, run in these surroundings."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


@contextmanager
def gunicorn(environment: dict[str, str]) -> Iterator[int]:
    """The site with two workers; the port that it answers on."""
    port = port_of(environment)
    command = ["gunicorn", "community.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "--log-level", "warning"]
    server = subprocess.Popen([sys.executable, "-m", *command], env=environment)
    try:
        yield port
    finally:
        server.terminate()
        server.wait(20)
