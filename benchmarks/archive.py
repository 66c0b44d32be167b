"""Measure how long the archive of a mailing list takes to come in, and how much memory.

    python -m benchmarks.archive [--megabytes 500] [--letters-only] [--dry-run]

Starts PostgreSQL and Valkey of its own and writes an archive: letters of three kB in conversations of eight, every twentieth with a document
of 400 kB, every two thousandth with one of nine MB; `--letters-only` leaves the documents out, which makes ten times as many messages.
"""

from __future__ import annotations

import argparse
import base64
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.surroundings import document_of, manage, surroundings

MB = 1024 * 1024
BEGAN = datetime(2015, 1, 5, 8, tzinfo=UTC)
SENTENCE = "the tide table hangs beside the harbour clock where everybody who goes out early can read it before the kettle boils"
WORDS = SENTENCE.split()
SPACE = """
import django; django.setup()
from ambassadors.models import User
from discussions.spaces.workflow import start_space
staff = User.objects.create(name="Sam Staff", email="sam@harbour.example", is_staff=True)
print(start_space(by=staff, name="Archive", purpose="To measure.", kind="topic").slug)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the import of an archive.")
    parser.add_argument("--megabytes", type=int, default=500)
    parser.add_argument("--letters-only", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    options = parser.parse_args()
    with surroundings() as environment, tempfile.TemporaryDirectory(prefix="concentric-archive-") as folder:
        archive = Path(folder) / "list.mbox"
        messages = write(archive, options.megabytes * MB, letters_only=options.letters_only)
        print(f"{messages} messages, {archive.stat().st_size / MB:.0f} MB", flush=True)
        manage(environment, ["migrate", "-v0"])
        slug = subprocess.run([sys.executable, "-c", SPACE], env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
        command = ["import_archive", str(archive), "--space", slug.strip(), *(["--dry-run"] if options.dry_run else [])]
        seconds, memory = measured([sys.executable, "manage.py", *command], environment)
        print(f"{seconds:.0f} s, {messages / seconds:.0f} messages a second, {memory:.0f} MB at most")


def write(path: Path, size: int, *, letters_only: bool) -> int:
    """Write an archive of about that size, and return how many messages it holds."""
    number, chance = 0, random.Random(1)  # noqa: S311  the same archive each time
    with path.open("wb") as file:
        while file.tell() < size:
            number += 1
            file.writelines(message(number, chance, letters_only=letters_only))
    return number


def message(number: int, chance: random.Random, *, letters_only: bool) -> Iterator[bytes]:
    conversation, place = divmod(number, 8)
    at = BEGAN + timedelta(minutes=10 * number)
    answers = (
        f"In-Reply-To: <m{number - 1}@mail.example>\nReferences: <m{conversation * 8}@mail.example> <m{number - 1}@mail.example>\n"
    )
    yield (
        f"From {number}@xxx {at:%a %b %d %H:%M:%S} +0000 {at:%Y}\nMessage-ID: <m{number}@mail.example>\n{answers if place else ''}"
        f"Date: {at:%a, %d %b %Y %H:%M:%S} +0000\nFrom: Writer {number % 300} <writer{number % 300}@harbour.example>\n"
        f"To: harbour@lists.example\nSubject: {'Re: ' if place else ''}[harbour] Matter {conversation}\nMIME-Version: 1.0\n"
    ).encode()
    size = 0 if letters_only or number % 20 else 9 * MB if number % 2000 == 0 else 400_000
    words = "\n\n".join(" ".join(chance.choices(WORDS, k=90)) for _ in range(3))
    quoted = "\n".join(f"> {' '.join(chance.choices(WORDS, k=12))}" for _ in range(20))
    text = f"Content-Type: text/plain; charset=utf-8\n\n{words}\n\nOn {at:%d %b %Y}, Writer wrote:\n{quoted}\n"
    if not size:
        yield f"{text}\n".encode()
        return
    yield f'Content-Type: multipart/mixed; boundary="b"\n\n--b\n{text}--b\nContent-Type: application/pdf; name="plan.pdf"\n'.encode()
    yield b'Content-Disposition: attachment; filename="plan.pdf"\nContent-Transfer-Encoding: base64\n\n'
    yield base64.encodebytes(document_of(chance.randbytes(size * 3 // 4)))
    yield b"--b--\n\n"


def measured(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run a command to its end; return its seconds, and the most memory (MB) that it held."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment)
    _pid, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return time.perf_counter() - began, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
