"""Measure a public page from the page cache against a static string of its size, and a spike of visitors as its entry ends.

    python -m benchmarks.page_cache [--seconds 4] [--rounds 3] [--page /community/]

Starts PostgreSQL, Valkey and gunicorn (2 workers) of its own. The static string is answered by the first middleware: no session, no
address, no cache. Budget (DESIGN.md, section 8): at least 60 % of its requests a second.
"""

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.load import Load, run
from benchmarks.pages import body_of, wait_for
from community import embedded


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the page cache.")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--page", default="/community/")
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="concentric-bench-"))
    root.chmod(0o755)
    services = [
        embedded.start_postgres(root, log=root / "log" / "postgres.log"),
        embedded.start_valkey(root, log=root / "log" / "valkey.log"),
    ]
    port = embedded.free_port()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        "DEMO": "1",
        "VAR_DIR": str(root / "var"),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DATABASE_URL": services[0].url,
        "REDIS_URL": services[1].url,
        "EMAIL_URL": f"maildir://{root}/mail",
        "SITE_URL": f"http://localhost:{port}",
    }
    try:
        measure(environment, port, options)
    finally:
        for service in reversed(services):
            service.stop()
        shutil.rmtree(root, ignore_errors=True)


def measure(environment: dict[str, str], port: int, options: argparse.Namespace) -> None:
    founding = ["found", "--name", "Tidemark", "--staff", "amina@tidemark.example"]
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], founding):
        subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    gunicorn = ["gunicorn", "community.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "--log-level", "warning"]
    server = subprocess.Popen([sys.executable, "-m", *gunicorn], env=environment)
    try:
        wait_for(port)
        size = len(body_of(port, options.page, {}))
        compare(port, options, size)
    finally:
        server.terminate()
        server.wait(20)


def compare(port: int, options: argparse.Namespace, size: int) -> None:
    rounds = [
        {
            name: run(port, path, seconds=options.seconds, headers=headers)
            for name, path, headers in (
                ("static string", f"/static-string/{size}/", {}),
                ("from the cache", options.page, {}),
                ("confirmed (304)", options.page, {"If-None-Match": "*"}),
                ("rendered (bypass)", f"{options.page}?anything=1", {}),
            )
        }
        for _ in range(options.rounds)
    ]
    print(f"{options.page}, {size} bytes, {options.rounds} rounds of {options.seconds} s, 4 connections, 2 workers")
    for name in rounds[0]:
        rate = statistics.median(one[name].rate for one in rounds)
        share = statistics.median(one[name].rate / one["static string"].rate for one in rounds)
        loads: list[Load] = [one[name] for one in rounds]
        p95 = statistics.median(load.p95 for load in loads)
        print(f"  {name:18} {rate:7.1f} requests/s  {share:6.1%} of the static string  p95 {p95:5.1f} ms", flush=True)


if __name__ == "__main__":
    main()
