"""Measure how fast mail that comes in is taken apart and posted, and how much memory that takes.

    python -m benchmarks.inbound [--mails 1000]

Starts PostgreSQL and Valkey of its own. The mails are those of tests/correspondence/corpus/, in turn, as two hundred people send them
into a hundred conversations; each goes through `receive`, as the pipe of the mail server hands it over.
"""

from __future__ import annotations

import argparse
import os
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from benchmarks.surroundings import manage, surroundings

CORPUS = Path(__file__).parent.parent / "tests" / "correspondence" / "corpus" / "messages"
PEOPLE, THREADS = 200, 100
REPLACED = re.compile(rb"^(?:From|Message-ID|In-Reply-To): .*(?:\r?\n[ \t].*)*\r?\n", re.MULTILINE | re.IGNORECASE)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast mail comes in.")
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--inside", action="store_true", help="the services are there already")
    options = parser.parse_args()
    if options.inside:
        measure(options.mails)
        return
    with surroundings() as environment:
        manage(environment, ["migrate", "-v0"])
        command = [sys.executable, "-m", "benchmarks.inbound", "--inside", f"--mails={options.mails}"]
        subprocess.run(command, env=environment, check=True)


def measure(mails: int) -> None:
    import django

    django.setup()
    from correspondence.inbound.receiving import receive

    addresses = prepare()
    shapes = [path.read_bytes() for path in sorted(CORPUS.rglob("*.eml"))]
    letters = [as_sent(shapes[n % len(shapes)], n, addresses[n % len(addresses)][0]) for n in range(mails)]
    began, outcomes, slowest = time.perf_counter(), Counter[str](), 0.0
    for number, raw in enumerate(letters):
        before = time.perf_counter()
        mail = receive(raw, addresses[number % len(addresses)][1])
        outcomes[f"{mail.outcome} {mail.reason}".strip()] += 1
        slowest = max(slowest, time.perf_counter() - before)
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{mails} mails of {len(shapes)} shapes, {sum(map(len, letters)) / mails / 1024:.0f} kB each: {seconds:.1f} s, "
          f"{mails / seconds:.0f} a second, the slowest {slowest * 1000:.0f} ms, {memory:.0f} MB at most; {dict(outcomes)}")  # fmt: skip


def prepare() -> list[tuple[str, str]]:
    """Make the people and their conversations; return pairs of who sends, and where to."""
    from allauth.account.models import EmailAddress
    from django.conf import settings
    from django.utils import timezone

    from ambassadors.models import Ambassador, User
    from correspondence.models import ReplyAddress
    from discussions import workflow
    from discussions.spaces.workflow import start_space

    staff = User.objects.create(name="Sam Staff", email="sam@harbour.example", is_staff=True)
    people = User.objects.bulk_create(User(name=f"Person {n}", email=f"person{n}@harbour.example") for n in range(PEOPLE))
    now = timezone.now()
    Ambassador.objects.bulk_create(Ambassador(user=one, slug=f"p-{one.pk}", status="active", joined_at=now) for one in people)
    EmailAddress.objects.bulk_create(EmailAddress(user=one, email=one.email, verified=True, primary=True) for one in people)
    space = start_space(by=staff, name="Mail", purpose="To measure.", kind="topic")
    threads = [workflow.start_thread(space, by=staff, subject=f"Matter {n}", body="What do you think?") for n in range(THREADS)]
    pairs = [(people[n % PEOPLE], threads[(n * 7 + n // PEOPLE) % THREADS]) for n in range(PEOPLE * 5)]
    return [
        (person.email, f"{ReplyAddress.objects.of('reply', person, thread).local_part}@{settings.MAIL_DOMAIN}")
        for person, thread in pairs
    ]


def as_sent(raw: bytes, number: int, sender: str) -> bytes:
    """A message of the corpus as if this person had just sent it, as an answer."""
    head, _blank, _body = raw.replace(b"\r\n", b"\n").partition(b"\n\n")
    ours = f"From: {sender}\nMessage-ID: <{number}.{os.getpid()}@harbour.example>\nIn-Reply-To: <post-1@harbour.example>\n"
    return ours.encode() + REPLACED.sub(b"", head + b"\n") + b"\n" + _body


if __name__ == "__main__":
    main()
