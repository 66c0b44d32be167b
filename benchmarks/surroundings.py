"""Services of its own, a mail server and gunicorn for a benchmark, in a temporary folder."""

from __future__ import annotations

import io
import multiprocessing
import os
import resource
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pikepdf import Pdf

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


@contextmanager
def with_mail_server() -> Iterator[Path]:
    """The same for this process and its children, with a mail server that takes everything; it writes each recipient into the file."""
    port = embedded.free_port()
    with surroundings() as environment:
        settings = {"DJANGO_SETTINGS_MODULE": "community.settings", "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        os.environ.update(environment | settings)
        taken, ready = Path(environment["VAR_DIR"]).parent / "taken", multiprocessing.Event()
        server = multiprocessing.Process(target=_take_mail, args=(port, taken, ready), daemon=True)
        server.start()
        try:
            ready.wait(20)
            yield taken
        finally:
            server.terminate()


def _take_mail(port: int, taken: Path, ready: Any) -> None:
    import logging

    from aiosmtpd.controller import Controller

    class Sink:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  its name there
            file.write(f"{envelope.rcpt_tos[0]}\n")
            return "250 taken"

    logging.getLogger("mail.log").setLevel(logging.ERROR)
    with taken.open("a", buffering=1) as file:
        Controller(Sink(), hostname="127.0.0.1", port=port).start()
        ready.set()
        while True:
            time.sleep(60)


def times_taken(taken: Path) -> dict[int, int]:
    """How many recipients have got one mail, how many two, and so on."""
    return dict(Counter(Counter(taken.read_text().split()).values()))


def in_a_process(work: Callable[..., None], *arguments: Any) -> None:
    """Do it in a process of its own, so that what it holds in memory is counted for nobody else."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{work.__name__} ended with {process.exitcode}")


def memory() -> int:
    """The most that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def states() -> dict[str, int]:
    """How the mails of the outbox stand."""
    import django

    django.setup()
    from correspondence.models import OutgoingMail

    return dict(Counter(OutgoingMail.objects.values_list("state", flat=True)))


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


def document_of(content: bytes) -> bytes:
    """Return a PDF that carries so much."""
    file = io.BytesIO()
    with Pdf.new() as made:
        made.add_blank_page()
        made.Root.Carried = made.make_stream(content)
        made.save(file, static_id=True, compress_streams=False)
    return file.getvalue()
