"""Measure what digests cost: putting them into the outbox, and reading, rendering and sending them to a real SMTP server on loopback.

    python -m benchmarks.digest [--people 300] [--send 300] [--workers 2] [--kill 2]

Starts PostgreSQL and Valkey of its own. Everybody is in one of twenty spaces, and in the week before each space had forty posts in ten threads; each
person has read a third of them and was mailed another third. Queries and peak memory are those of one process. With `--kill` so many workers,
one after the other, are killed with SIGKILL in the middle of their work, and others take over what they leave.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from benchmarks.surroundings import in_a_process, memory, states, times_taken, with_mail_server

SPACES, THREADS, POSTS = 20, 10, 4
context = multiprocessing.get_context("spawn")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what digests cost.")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--send", type=int, default=0, help="how many of them to send; all, unless given")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill", type=int, default=0, help="how many workers to kill in the middle")
    options = parser.parse_args()
    with with_mail_server() as taken:
        in_a_process(prepare, options.people)
        in_a_process(post)
        measure(options.send or options.people, options.workers, options.kill, taken)
        print(f"digests a recipient has got: {times_taken(taken)}; {states()}")


def prepare(number: int) -> None:
    """The people, what was said, what they have read and what they were mailed, in bulk."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from ambassadors.models import Ambassador, User
    from correspondence.models import DigestChoice
    from discussions.models import Post, Space, SpaceRole, Thread
    from foundation.models import Community

    call_command("migrate", verbosity=0)
    Community.objects.create(pk=1, name="Riverside Circle")
    now, then = timezone.now(), timezone.now() - timedelta(days=7)
    names = [f"Person {n}" for n in range(number)]
    people = User.objects.bulk_create(
        (User(name=name, email=f"{name.replace(' ', '')}@people.example.org") for name in names), batch_size=2000
    )
    Ambassador.objects.bulk_create(
        (Ambassador(user=one, slug=f"person-{one.pk}", status="active", joined_at=then - timedelta(days=90)) for one in people),
        batch_size=2000,
    )
    spaces = Space.objects.bulk_create(
        Space(name=f"Space {n}", slug=f"space-{n}", purpose="To learn.", kind="micro-community", openness="closed", status="active")
        for n in range(SPACES)
    )
    SpaceRole.objects.bulk_create(
        (SpaceRole(space=spaces[place % SPACES], person=one) for place, one in enumerate(people)), batch_size=2000
    )
    threads = Thread.objects.bulk_create(
        Thread(
            space=space,
            subject=f"Conversation {n} in {space.name}",
            started_by=people[0],
            started_at=then,
            last_number=POSTS,
            last_post_at=now,
        )
        for space in spaces
        for n in range(THREADS)
    )
    Post.objects.bulk_create(
        Post(
            thread=thread,
            number=n + 1,
            author=people[n],
            body=f"<p>{'Some words on it. ' * 20}</p>",
            posted_at=then + timedelta(hours=n + 1),
            told_at=now,
        )
        for thread in threads
        for n in range(POSTS)
    )
    DigestChoice.objects.bulk_create(
        (DigestChoice(person=one, zone="UTC", next_due_at=now, told_until=then) for one in people), batch_size=2000
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO discussions_readmark (thread_id, person_id, number, read_at)
            SELECT thread.id, role.person_id, 4, now() FROM discussions_thread thread
            JOIN discussions_spacerole role ON role.space_id = thread.space_id WHERE thread.id % 3 = 0"""
        )
        cursor.execute(
            """INSERT INTO correspondence_outgoingmail (kind, person_id, address, key, about, nonce, state, attempts, due_at, claim, created_at, answer)
            SELECT 'thread_post', role.person_id, '', 'told:' || post.id || ':' || role.person_id, json_build_object('post', post.id), '', 'sent',
            1, now(), '', now() - interval '3 days', '' FROM discussions_post post JOIN discussions_thread thread ON thread.id = post.thread_id
            JOIN discussions_spacerole role ON role.space_id = thread.space_id WHERE thread.id % 3 = 1"""
        )
        cursor.execute("ANALYZE")


def post() -> None:
    """Put all digests into the outbox, in one turn of the clock."""
    import django

    django.setup()
    from django.db import connection

    from correspondence import outbox
    from correspondence.digests import posting

    outbox.tell_workers = lambda pks: None
    queries = Counting()
    began = time.perf_counter()
    with connection.execute_wrapper(queries):
        posted = posting.post_due()
    seconds = time.perf_counter() - began
    idle, around = (seconds_of(look) for look in (posting.post_due, posting.look_around))
    print(f"posted {posted} digests in {seconds:.1f} s, {queries.number} queries, {memory()} MB at most; a look at the clock when nothing "
          f"is due: {idle * 1000:.0f} ms, the hourly look through all people: {around * 1000:.0f} ms", flush=True)  # fmt: skip


def seconds_of(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(number: int, workers: int, kills: int, taken: Path) -> None:
    told = context.SimpleQueue()
    began = time.perf_counter()
    share = [started(place, workers, number, told) for place in range(workers)]
    for one in range(kills):
        until_taken(taken, number * (one + 1) // (kills + 2))
        share[one % workers] = killed(share[one % workers], one % workers, workers, number, told)
    for process in share:
        process.join()
    seconds = time.perf_counter() - began
    figures = [told.get() for _process in share]
    read, reading, queries = (sum(figure[name] for figure in figures) for name in ("read", "reading", "queries"))
    print(
        f"{number} digests through {workers} workers in {seconds:.1f} s ({number / seconds:.0f} a second): at most "
        f"{max(figure['most'] for figure in figures)} queries to read one, {queries / read:.1f} for its whole road, {reading / read * 1000:.1f} ms to read "
        f"one; {max(figure['memory'] for figure in figures)} MB at most a worker"
    )


def started(place: int, workers: int, number: int, told: Any) -> BaseProcess:
    process = context.Process(target=send, args=(place, workers, number, told))
    process.start()
    return process


def until_taken(taken: Path, number: int) -> None:
    """Wait until the mail server has taken so many."""
    while not taken.exists() or taken.read_bytes().count(b"\n") < number:
        time.sleep(0.05)


def killed(process: BaseProcess, place: int, workers: int, number: int, told: Any) -> BaseProcess:
    """Kill one worker as it goes, let its leases run out, and start another in its place."""
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    in_a_process(let_leases_run_out)
    return started(place, workers, number, told)


def let_leases_run_out() -> None:
    """What the sweep does six minutes after a worker is gone, at once; a mail that another holds at this moment is swept, too."""
    import django

    django.setup()
    from django.utils import timezone

    from correspondence import delivery
    from correspondence.models import OutgoingMail

    OutgoingMail.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now() - timedelta(seconds=1))
    delivery.sweep()


def send(place: int, workers: int, number: int, told: Any) -> None:
    """Deliver one worker's share; what reading the contents costs is counted apart."""
    import django

    django.setup()
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    from correspondence import outbox
    from correspondence.digests import contents
    from correspondence.models import OutgoingMail
    from discussions.models import Post, Thread

    ContentType.objects.get_for_models(Post, Thread)  # read once a process, and counted for no digest
    figures = {"read": 0, "reading": 0.0, "queries": 0, "most": 0}
    everything, read = Counting(), contents.read

    def counted(mail: Any) -> contents.Contents:
        before, began = everything.number, time.perf_counter()
        found = read(mail)
        figures["read"] += 1
        figures["reading"] += time.perf_counter() - began
        figures["most"] = max(figures["most"], everything.number - before)
        return found

    contents.read = counted
    pks = OutgoingMail.objects.filter(kind="digest").order_by("pk").values_list("pk", flat=True)[place:number:workers]
    with connection.execute_wrapper(everything):
        for pk in list(pks):
            outbox.deliver(pk)
    told.put(figures | {"queries": everything.number, "memory": memory()})


class Counting:
    """Counts the statements of a connection."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.number += 1
        return execute(*arguments)


if __name__ == "__main__":
    main()
