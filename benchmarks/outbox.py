"""Measure how fast the outbox empties into a real SMTP server on loopback.

    python -m benchmarks.outbox [--mails 1000] [--workers 2]

Starts PostgreSQL and Valkey of its own, posts the mails in one go (as a fan-out does), and has worker processes deliver them. The
mail server takes everything at once, so the figure is ours: claim, allowance, rendering, hand-over, result, each in its own commit.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any

from community import embedded


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast the outbox empties.")
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="concentric-bench-"))
    root.chmod(0o755)
    postgres = embedded.start_postgres(root, log=root / "log" / "postgres.log")
    valkey = embedded.start_valkey(root, log=root / "log" / "valkey.log")
    port = embedded.free_port()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "community.settings",
        "DEMO": "1",
        "VAR_DIR": str(root / "var"),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DATABASE_URL": postgres.url,
        "REDIS_URL": valkey.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    ready = multiprocessing.Event()
    server = multiprocessing.Process(target=serve, args=(port, ready), daemon=True)
    server.start()
    try:
        ready.wait(20)
        measure(options.mails, options.workers)
    finally:
        server.terminate()
        valkey.stop()
        postgres.stop()
        shutil.rmtree(root, ignore_errors=True)


def serve(port: int, ready: Any) -> None:
    import logging

    from aiosmtpd.controller import Controller

    class Sink:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  its name there
            return "250 taken"

    logging.getLogger("mail.log").setLevel(logging.ERROR)
    Controller(Sink(), hostname="127.0.0.1", port=port).start()
    ready.set()
    while True:
        time.sleep(60)


def measure(mails: int, workers: int) -> None:
    pks = prepare(mails)
    began = time.perf_counter()
    share = [multiprocessing.Process(target=deliver, args=(pks[number::workers],)) for number in range(workers)]
    for process in share:
        process.start()
    for process in share:
        process.join()
    seconds = time.perf_counter() - began
    print(f"{mails} mails, {workers} workers: {seconds:.1f} s, {mails / seconds:.0f} mails a second; states: {states()}")


def prepare(mails: int) -> list[int]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from ambassadors.models import Ambassador, User
    from correspondence import outbox
    from correspondence.models import OutgoingMail

    call_command("migrate", verbosity=0)
    people = User.objects.bulk_create(User(name=f"Person {n}", email=f"person{n}@people.example.org") for n in range(mails))
    ambassadors = Ambassador.objects.bulk_create(
        Ambassador(user=user, slug=f"person-{user.pk}", status="active", joined_at=user.date_joined) for user in people
    )
    outbox.tell_workers = lambda pks: None
    began = time.perf_counter()
    outbox.post_many("waiting", [user.pk for user in people], key="fan-out")
    print(f"posted {mails} mails to {mails} people in {time.perf_counter() - began:.2f} s")
    OutgoingMail.objects.all().delete()
    rows = [
        OutgoingMail(kind="invited_to_sign_in", person=one.user, key=f"mail {one.pk}", about={"ambassador": one.pk})
        for one in ambassadors
    ]
    pks = [row.pk for row in OutgoingMail.objects.bulk_create(rows)]
    connection.close()
    return pks


def deliver(pks: list[int]) -> None:
    from correspondence import outbox

    for pk in pks:
        outbox.deliver(pk)


def states() -> dict[str, int]:
    from collections import Counter

    from correspondence.models import OutgoingMail

    return dict(Counter(OutgoingMail.objects.values_list("state", flat=True)))


if __name__ == "__main__":
    main()
