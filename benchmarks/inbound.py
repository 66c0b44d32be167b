"""Measure how fast mail that comes in is taken apart and posted, and how much memory that takes.

    python -m benchmarks.inbound [--mails 1000] [--files 5]

Starts PostgreSQL and Valkey of its own. The mails are those of tests/correspondence/corpus/, in turn, as two hundred people send them
into a hundred conversations; each goes through `receive`, as the pipe of the mail server hands it over. Of `--files` mails one brings
files: in turn a photograph of twelve million pixels, a document of 400 kB, and three pictures of a screen.
"""

from __future__ import annotations

import argparse
import io
import os
import random
import re
import resource
import subprocess
import sys
import time
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

from PIL import Image

from benchmarks.surroundings import document_of, manage, surroundings

CORPUS = Path(__file__).parent.parent / "tests" / "correspondence" / "corpus" / "messages"
PEOPLE, THREADS = 200, 100
REPLACED = re.compile(rb"^(?:From|Message-ID|In-Reply-To): .*(?:\r?\n[ \t].*)*\r?\n", re.MULTILINE | re.IGNORECASE)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast mail comes in.")
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--files", type=int, default=5, help="one of so many mails brings files; 0: none")
    parser.add_argument("--inside", action="store_true", help="the services are there already")
    options = parser.parse_args()
    if options.inside:
        measure(options.mails, options.files)
        return
    with surroundings() as environment:
        manage(environment, ["migrate", "-v0"])
        kept = Path(environment["VAR_DIR"], "parcels")  # made here, so that their making is not measured
        kept.mkdir(parents=True)
        for number, raw in enumerate(parcels()):
            (kept / f"{number}.eml").write_bytes(raw)
        command = [sys.executable, "-m", "benchmarks.inbound", "--inside"]
        command += [f"--mails={options.mails}", f"--files={options.files}"]
        subprocess.run(command, env=environment, check=True)


def measure(mails: int, with_files: int) -> None:
    import django

    django.setup()
    from correspondence.inbound.receiving import receive
    from foundation.models import Upload

    addresses = prepare()
    shapes = [path.read_bytes() for path in sorted(CORPUS.rglob("*.eml"))]
    loads = [path.read_bytes() for path in sorted(Path(os.environ["VAR_DIR"], "parcels").glob("*.eml"))]
    seconds = slowest = size = work = 0.0
    outcomes = Counter[str]()
    for number in range(mails):
        brings = with_files and number % with_files == 0
        shape = loads[number // with_files % len(loads)] if brings else shapes[number % len(shapes)]
        sender, address = addresses[number % len(addresses)]
        raw = as_sent(shape, number, sender)
        before, worked = time.perf_counter(), time.process_time()
        mail = receive(raw, address)
        took, work = time.perf_counter() - before, work + time.process_time() - worked
        seconds, slowest, size = seconds + took, max(slowest, took), size + len(raw)
        outcomes[f"{mail.outcome} {mail.reason}".strip()] += 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{mails} mails of {len(shapes)} shapes, {size / mails / 1024:.0f} kB each: {seconds:.1f} s, "
          f"{mails / seconds:.0f} a second, {work:.1f} s of our own work, the slowest {slowest * 1000:.0f} ms, {memory:.0f} MB at most; {Upload.objects.count()} files kept; {dict(outcomes)}")  # fmt: skip


def parcels() -> list[bytes]:
    """Make mails with files as people send them."""
    photo = Image.effect_noise((1000, 750), 40).resize((4000, 3000)).convert("RGB")
    screen = Image.linear_gradient("L").resize((1440, 900)).convert("RGB")
    document = document_of(random.Random(7).randbytes(400_000))  # noqa: S311  nobody guesses at it
    screens = [(content_of(screen.rotate(turn), "PNG"), f"screen {turn}.png") for turn in (0, 90, 180)]
    return [parcel((content_of(photo, "JPEG"), "IMG_2041.jpg")), parcel((document, "plan.pdf")), parcel(*screens)]


def content_of(picture: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, quality=85)
    return file.getvalue()


def parcel(*files: tuple[bytes, str]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "x@harbour.example", "Re: Matter", "<0@harbour.example>"
    mail.set_content(f"Here is what you asked for, as far as we have it: {len(files)} of them.\n\nBest, Maya\n")
    for content, name in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


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
