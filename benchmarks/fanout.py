"""Measure what one post costs whom it reaches: telling its followers, and sending them their mails through a real SMTP server on loopback.

    python -m benchmarks.fanout [--followers 300] [--workers 4] [--kill 1]

Starts PostgreSQL and Valkey of its own. All workers are given all mails, in orders of their own, as a broker that hands each task out several
times would do. With `--kill` so many of them, one after the other, are killed with SIGKILL in the middle; others take over what they leave.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import time
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from benchmarks.digest import Counting, let_leases_run_out, until_taken
from benchmarks.surroundings import in_a_process, memory, states, times_taken, with_mail_server

context = multiprocessing.get_context("spawn")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what one post costs whom it reaches.")
    parser.add_argument("--followers", type=int, default=300)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kill", type=int, default=0, help="how many workers to kill in the middle")
    options = parser.parse_args()
    with with_mail_server() as taken:
        in_a_process(tell, options.followers)
        measure(options.followers, options.workers, options.kill, taken)
        print(f"mails a follower has got: {times_taken(taken)}; {states()}")


def tell(number: int) -> None:
    """One post in a topic that so many follow; and its mails in the outbox."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from ambassadors.models import Ambassador, User
    from correspondence import outbox
    from discussions.following import fanout
    from discussions.models import Follow, Post, Space, Thread
    from foundation.models import Community

    call_command("migrate", verbosity=0)
    Community.objects.create(pk=1, name="Riverside Circle", mail_delay=0)
    people = User.objects.bulk_create(User(name=f"Person {n}", email=f"person{n}@people.example.org") for n in range(number + 1))
    now = timezone.now()
    Ambassador.objects.bulk_create(Ambassador(user=one, slug=f"person-{one.pk}", status="active", joined_at=now) for one in people)
    space = Space.objects.create(name="Everyday questions", slug="everyday", purpose="To ask.", kind="topic", openness="open")
    thread = Thread.objects.create(space=space, subject="What worked", started_by=people[0], last_number=1, last_post_at=now)
    post = Post.objects.create(thread=thread, number=1, author=people[0], body=f"<p>{'Some words on it. ' * 20}</p>")
    Follow.objects.bulk_create(Follow(person=one, thread=thread) for one in people[1:])
    outbox.tell_workers = lambda pks: None
    queries, began = Counting(), time.perf_counter()
    with connection.execute_wrapper(queries):
        told = fanout.tell(post.pk)
    print(f"told {told} followers of one post in {time.perf_counter() - began:.2f} s with {queries.number} queries", flush=True)


def measure(number: int, workers: int, kills: int, taken: Path) -> None:
    figures = context.SimpleQueue()
    began = time.perf_counter()
    share = [started(place, figures) for place in range(workers)]
    for one in range(kills):
        until_taken(taken, number * (one + 1) // (kills + 2))
        share[one].kill()
        share[one].join()
        in_a_process(let_leases_run_out)
        share[one] = started(workers + one, figures)
    for process in share:
        process.join()
    seconds = time.perf_counter() - began
    told = [figures.get() for _process in share]
    sent = sum(figure["sent"] for figure in told)
    print(
        f"{number} mails through {workers} workers in {seconds:.1f} s ({number / seconds:.0f} a second), "
        f"{sum(figure['queries'] for figure in told) / max(sent, 1):.1f} queries a mail, tries to take one that another had included; "
        f"{max(figure['memory'] for figure in told)} MB at most a worker; {sum(figure['lost'] for figure in told)} tries in vain"
    )


def started(place: int, figures: Any) -> BaseProcess:
    process = context.Process(target=send, args=(place, figures))
    process.start()
    return process


def send(place: int, figures: Any) -> None:
    """Take whatever nobody else has, until nothing is left."""
    import django

    django.setup()
    from django.db import connection

    from correspondence import outbox
    from correspondence.models import OutgoingMail

    pks = list(OutgoingMail.objects.values_list("pk", flat=True))
    random.Random(place).shuffle(pks)  # noqa: S311  an order, no secret
    queries, lost, sent = Counting(), 0, 0
    with connection.execute_wrapper(queries):
        for pk in pks:
            mail = OutgoingMail.objects.claim(pk, lease=outbox.LEASE)
            if mail is None:
                lost += 1
                continue
            outbox.hand_over(mail)
            sent += 1
    figures.put({"queries": queries.number, "sent": sent, "lost": lost, "memory": memory()})


if __name__ == "__main__":
    main()
