"""Measure how fast the outbox empties into a real SMTP server on loopback.

    python -m benchmarks.outbox [--mails 1000] [--workers 2]

Starts PostgreSQL and Valkey of its own, posts the mails in one go (as a fan-out does), and has worker processes deliver them. The
mail server takes everything at once, so the figure is ours: claim, allowance, rendering, hand-over, result, each in its own commit.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time

from benchmarks.surroundings import states, times_taken, with_mail_server


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast the outbox empties.")
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with with_mail_server() as taken:
        measure(options.mails, options.workers)
        print(f"mails a recipient has got: {times_taken(taken)}")


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


if __name__ == "__main__":
    main()
